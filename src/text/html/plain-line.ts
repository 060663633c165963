import { decodeHTML } from 'entities'

const HTML_TAG =
  /<\/?(?:a|abbr|b|bdi|bdo|big|blockquote|br|center|cite|code|del|dfn|div|em|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|nobr|ol|p|q|s|samp|script|small|span|strike|strong|style|sub|sup|tt|u|ul|var|wbr)(?:[\s/][^<>]*)?>/gi
const ESCAPED_PAIR = /<(b|strong|i|em|p|span|u|a|font|div)(?:\s[^<>]*)?>[^<]*<\/\1>/i
const HIDDEN = /<(script|style)(?:\s[^<>]*)?>[^<]*<\/\1>/gi

/**
 * One line of plain text out of a title, which publishers write as text, as HTML, or as HTML that
 * was escaped once too often. Only elements of HTML count as markup: `List<String>` stays.
 * White space single, no control characters, at most `maxLength` characters.
 */
export function plainLine(raw: string, maxLength = 500): string {
  const bounded = raw.slice(0, maxLength * 8)
  const stripped = bounded.includes('<')
    ? bounded.replace(HIDDEN, '').replace(HTML_TAG, '')
    : bounded
  const decoded = stripped.includes('&') ? decodeHTML(stripped) : stripped
  // Pairs that decoding shows were escaped once too often; a single tag is spoken of.
  const line = (ESCAPED_PAIR.test(decoded) ? decoded.replace(HTML_TAG, '') : decoded)
    .replace(/(?!\s)\p{Cc}/gu, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
    .toWellFormed()
  return line.length <= maxLength
    ? line
    : `${line
        .slice(0, maxLength - 1)
        .trimEnd()
        .toWellFormed()}…`
}
