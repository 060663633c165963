// Made from digest.mjml by `npm run generate`. Change the .mjml files, not this one.
import type { Part } from './fill-part.ts'

export const carriedPart: Part<'text'> = {
  text: [
    "<p class=\"acc\" style=\"font-size:13px;line-height:20px;color:#98361b\">",
    "</p>"
  ],
  slots: ["text"],
}

export const descriptionPart: Part<'text'> = {
  text: [
    "<p style=\"margin:8px 0 0\">",
    "</p>"
  ],
  slots: ["text"],
}

export const differencePart: Part<'heading' | 'sides'> = {
  text: [
    "<h3 style=\"margin:18px 0 0;font-size:15px;line-height:22px\">",
    "</h3>",
    ""
  ],
  slots: ["heading","sides"],
}

export const emptyPart: Part<never> = {
  text: [
    "<tr><td align=\"left\" class=\"px\" style=\"font-size:0px;padding:30px 20px 0;word-break:break-word\"><div style=\"font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#211e1a\"><p class=\"serif\" style=\"font:19px/29px Georgia,serif\">Nothing new today from what you follow.</p></div></td></tr>"
  ],
  slots: [],
}

export const framePart: Part<'language' | 'title' | 'edition' | 'date' | 'facts' | 'body' | 'reason' | 'ways'> = {
  text: [
    "<!doctype html><html lang=\"",
    "\" dir=\"ltr\" xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><title>",
    "</title><!--[if !mso]><!--><meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge\"><!--<![endif]--><meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style type=\"text/css\">#outlook a{padding:0;}body{margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%;}table,td{border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt;}img{border:0;height:auto;line-height:100%;outline:none;text-decoration:none;-ms-interpolation-mode:bicubic;}p{display:block;margin:13px 0;}</style><!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]--><!--[if lte mso 11]><style type=\"text/css\">.mj-outlook-group-fix{width:100% !important;}</style><![endif]--><style type=\"text/css\">@media only screen and (min-width:480px){.mj-column-per-100{width:100% !important;max-width:100%;}}</style><style media=\"screen and (min-width:480px)\">.moz-text-html .mj-column-per-100{width:100% !important;max-width:100%;}</style><style type=\"text/css\"> :root{color-scheme:light dark;supported-color-schemes:light dark;}body,.pg{background:#f3efe6;}a{color:#98361b;}h1,h2,h3,p,blockquote{margin:0;}@media (min-width:560px){.px{padding-left:48px !important;padding-right:48px !important;}.h1{font-size:38px !important;line-height:44px !important;}.h2{font-size:25px !important;line-height:32px !important;}}@media (prefers-color-scheme:dark){body,.pg,.pg>div{background:#131211 !important;}.sh,.sh>table{background:#1c1a18 !important;background-color:#1c1a18 !important;}.px,.px>div,.ink{color:#ece7de !important;}.mut{color:#b3aca0 !important;}a,.acc{color:#f2a184 !important;}a.ink{color:#f6f2ea !important;}.tint{background:#27231f !important;}.rule{border-color:#3d3832 !important;}.heavy{border-color:#ece7de !important;}.q{border-color:#5b4438 !important;}.s0{background:#4a443c !important;}.s1{background:#f2a184 !important;}.gap{border-color:#1c1a18 !important;}}[data-ogsc] .mut{color:#b3aca0 !important;}[data-ogsc] a,[data-ogsc] .acc{color:#f2a184 !important;}</style><meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\"><meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no,url=no\"><!--[if mso]><style>h1,h2,.serif{font-family:Georgia,serif !important}</style><![endif]--></head><body class=\"pg\" style=\"word-spacing:normal;background-color:#f3efe6\"><div aria-label=\"",
    "\" aria-roledescription=\"email\" role=\"article\" lang=\"",
    "\" dir=\"ltr\" style=\"word-spacing:normal;background-color:#f3efe6\"><!--[if mso | IE]><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" class=\"sh-outlook\" role=\"presentation\" style=\"width:660px\" width=\"660\" bgcolor=\"#fffdf8\"><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly\"><![endif]--><div class=\"sh\" style=\"background:#fffdf8;background-color:#fffdf8;margin:0px auto;max-width:660px\"><table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"background:#fffdf8;background-color:#fffdf8;width:100%\"><tbody><tr><td style=\"direction:ltr;font-size:0px;padding:0;text-align:center\"><!--[if mso | IE]><table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td class=\"\" style=\"vertical-align:top;width:660px\"><![endif]--><div class=\"mj-column-per-100 mj-outlook-group-fix\" style=\"font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"vertical-align:top\" width=\"100%\"><tbody><tr><td align=\"left\" class=\"px\" style=\"font-size:0px;padding:28px 20px 0;word-break:break-word\"><div style=\"font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#211e1a\"><p class=\"acc\" style=\"font:bold 15px/24px Georgia,serif;color:#98361b\">murmurcast<span class=\"mut\" style=\"font-weight:normal;color:#655d52\"> · ",
    "</span></p><h1 class=\"h1\" style=\"margin:2px 0 0;font:bold 30px/36px Georgia,serif\">",
    "</h1><p class=\"mut\" style=\"margin:8px 0 0;font-size:15px;color:#655d52\">",
    "</p></div></td></tr><tr><td class=\"px\" style=\"padding:18px 20px 0\"><div class=\"heavy\" style=\"border-top:3px solid #211e1a;border-bottom:1px solid #211e1a;height:3px;line-height:3px;font-size:1px\">&#8202;</div></td></tr>",
    "<tr><td class=\"px\" style=\"padding:36px 20px 0\"><div class=\"heavy\" style=\"border-top:1px solid #211e1a;height:1px;line-height:1px;font-size:1px\">&#8202;</div></td></tr><tr><td align=\"left\" class=\"px foot\" style=\"font-size:0px;padding:14px 20px 36px;word-break:break-word\"><div style=\"font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:24px;text-align:left;color:#655d52\"><p class=\"mut\">Quotes are word for word; each time opens the page at that moment.",
    "</p>",
    "</div></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></div></body></html>"
  ],
  slots: ["language","title","title","language","edition","date","facts","body","reason","ways"],
}

export const itemPart: Part<'lang' | 'carried' | 'show' | 'facts' | 'url' | 'title' | 'description' | 'verdict' | 'moments' | 'strip' | 'origin'> = {
  text: [
    "<tr><td align=\"left\" class=\"px\" style=\"font-size:0px;padding:30px 20px 0;word-break:break-word\"><div style=\"font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#211e1a\"><div lang=\"",
    "\" dir=\"auto\">",
    "<p class=\"mut\" style=\"margin:0;font-size:14px;line-height:21px;color:#655d52\"><b class=\"acc\" style=\"color:#98361b\">",
    "</b>",
    "</p><h2 class=\"h2\" style=\"margin:4px 0 0;font:bold 22px/29px Georgia,serif\"><a class=\"ink\" href=\"",
    "\" style=\"color:#211e1a;text-decoration:none\">",
    "</a></h2>",
    "",
    "",
    "",
    "<p class=\"mut\" style=\"margin:10px 0 0;font-size:13px;line-height:20px;color:#655d52\">",
    "</p></div></div></td></tr><tr><td class=\"px\" style=\"padding:30px 20px 0\"><div class=\"rule\" style=\"border-top:1px solid #ddd5c5;height:1px;line-height:1px;font-size:1px\">&#8202;</div></td></tr>"
  ],
  slots: ["lang","carried","show","facts","url","title","description","verdict","moments","strip","origin"],
}

export const labelPart: Part<'text'> = {
  text: [
    "<p style=\"margin:0 0 2px;font-size:14px;line-height:21px;font-weight:bold\">",
    "</p>"
  ],
  slots: ["text"],
}

export const linePart: Part<'lang' | 'carried' | 'url' | 'title' | 'show' | 'facts'> = {
  text: [
    "<tr><td align=\"left\" class=\"px\" style=\"font-size:0px;padding:14px 20px 0;word-break:break-word\"><div style=\"font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#211e1a\"><div lang=\"",
    "\" dir=\"auto\">",
    "<p style=\"margin:0;font:bold 17px/24px Georgia,serif\"><a class=\"ink\" href=\"",
    "\" style=\"color:#211e1a;text-decoration:none\">",
    "</a></p><p class=\"mut\" style=\"margin:0;font-size:14px;line-height:21px;color:#655d52\"><b class=\"acc\" style=\"color:#98361b\">",
    "</b>",
    "</p></div></div></td></tr>"
  ],
  slots: ["lang","carried","url","title","show","facts"],
}

export const linesHeadPart: Part<never> = {
  text: [
    "<tr><td align=\"left\" class=\"px\" style=\"font-size:0px;padding:30px 20px 4px;word-break:break-word\"><div style=\"font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#211e1a\"><h2 style=\"font:bold 20px/28px Georgia,serif\">Also new</h2></div></td></tr>"
  ],
  slots: [],
}

export const missingPart: Part<'rows'> = {
  text: [
    "<tr><td align=\"left\" class=\"px\" style=\"font-size:0px;padding:30px 20px 0;word-break:break-word\"><div style=\"font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#211e1a\"><h2 style=\"font:bold 20px/28px Georgia,serif\">Missing today, and why</h2>",
    "</div></td></tr>"
  ],
  slots: ["rows"],
}

export const missingMorePart: Part<'url' | 'text'> = {
  text: [
    "<p style=\"margin:12px 0 0;font-size:15px;line-height:22px\"><a href=\"",
    "\" style=\"color:#98361b\">",
    "</a></p>"
  ],
  slots: ["url","text"],
}

export const missingRowPart: Part<'what' | 'reason'> = {
  text: [
    "<p style=\"margin:12px 0 0;font-size:15px;line-height:22px\"><b>",
    "</b><br><span class=\"mut\" style=\"color:#655d52\">",
    "</span></p>"
  ],
  slots: ["what","reason"],
}

export const momentPart: Part<'label' | 'quote' | 'speaker' | 'url' | 'place'> = {
  text: [
    "<blockquote class=\"q\" style=\"margin:18px 0 0;padding:0 0 0 16px;border-left:3px solid #e3c8b8\">",
    "<p class=\"serif\" style=\"margin:0;font:17px/26px Georgia,serif\">“",
    "”</p><p class=\"mut\" style=\"margin:2px 0 0;font-size:14px;line-height:24px;color:#655d52\">",
    "<a href=\"",
    "\" style=\"color:#98361b\">",
    "</a></p></blockquote>"
  ],
  slots: ["label","quote","speaker","url","place"],
}

export const morePart: Part<'url' | 'text'> = {
  text: [
    "<tr><td align=\"left\" class=\"px\" style=\"font-size:0px;padding:26px 20px 0;word-break:break-word\"><div style=\"font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#211e1a\"><p style=\"font-size:17px;line-height:26px\"><a href=\"",
    "\" style=\"color:#98361b;font-weight:bold\">",
    "</a></p></div></td></tr>"
  ],
  slots: ["url","text"],
}

export const moreHerePart: Part<'text'> = {
  text: [
    "<tr><td align=\"left\" class=\"px\" style=\"font-size:0px;padding:26px 20px 0;word-break:break-word\"><div style=\"font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:left;color:#211e1a\"><p style=\"font-size:17px;line-height:26px\"><b>",
    "</b></p></div></td></tr>"
  ],
  slots: ["text"],
}

export const sidePart: Part<'show' | 'quote' | 'speaker' | 'url' | 'place'> = {
  text: [
    "<blockquote class=\"q\" style=\"margin:12px 0 0;padding:0 0 0 16px;border-left:3px solid #d9a98f\"><p style=\"margin:0;font-size:14px;line-height:21px\"><b>",
    "</b></p><p class=\"serif\" style=\"margin:0;font:17px/26px Georgia,serif\">“",
    "”</p><p class=\"mut\" style=\"margin:2px 0 0;font-size:14px;line-height:24px;color:#655d52\">",
    "<a href=\"",
    "\" style=\"color:#98361b\">",
    "</a></p></blockquote>"
  ],
  slots: ["show","quote","speaker","url","place"],
}

export const storyPart: Part<'kicker' | 'title' | 'tellers' | 'differences'> = {
  text: [
    "<tr><td class=\"px\" style=\"padding:30px 20px 0;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;color:#211e1a\"><div class=\"tint\" style=\"padding:20px 20px 22px;background:#f6eee2\"><p class=\"acc\" style=\"font-size:14px;line-height:21px;font-weight:bold;color:#98361b\">",
    "</p><h2 class=\"h2\" style=\"margin:4px 0 0;font:bold 22px/29px Georgia,serif\">",
    "</h2><p class=\"mut\" style=\"margin:6px 0 0;font-size:15px;line-height:22px;color:#655d52\">",
    "</p>",
    "</div></td></tr>"
  ],
  slots: ["kicker","title","tellers","differences"],
}

export const stripPart: Part<'cells'> = {
  text: [
    "<table role=\"presentation\" aria-hidden=\"true\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" style=\"margin:22px 0 0;table-layout:fixed;font-size:1px;line-height:7px\"><tr height=\"7\">",
    "</tr></table>"
  ],
  slots: ["cells"],
}

export const verdictPart: Part<'advice' | 'because'> = {
  text: [
    "<p style=\"margin:10px 0 0;font-size:15px;line-height:22px\"><b>",
    "</b><span class=\"mut\" style=\"color:#655d52\"> · ",
    "</span></p>"
  ],
  slots: ["advice","because"],
}

export const waysPart: Part<'webView' | 'settings' | 'unsubscribe'> = {
  text: [
    "<p style=\"margin:10px 0 0\"><a href=\"",
    "\" style=\"color:#98361b\">Read on the web</a><span class=\"mut\"> &nbsp;·&nbsp; </span><a href=\"",
    "\" style=\"color:#98361b\">Settings</a><span class=\"mut\"> &nbsp;·&nbsp; </span><a href=\"",
    "\" style=\"color:#98361b\">Unsubscribe</a></p>"
  ],
  slots: ["webView","settings","unsubscribe"],
}
