/** A message as mail programs get it: styled inline, in tables. */
export const FAKE_MAIL_HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Your digest</title><style>a{color:#a8381c}@media (prefers-color-scheme: dark){body{background:#171412!important;color:#ece5da!important}}</style></head><body style="margin:0;background:#faf7f2;color:#1f1b16;font-family:Georgia,serif"><table role="presentation" width="100%"><tr><td style="padding:24px"><h1 style="font-size:24px">Monday 23 November 2026</h1><p>Three items, 110 minutes to hear, 9 minutes to read.</p><h2 style="font-size:19px"><a href="https://murmur.example/episodes/1">The night train that paid for itself</a></h2><p><i>“Track charges at night are, in most countries, the same as at noon.”</i><br>Tobias Achterberg, 8:49</p></td></tr></table></body></html>`

export const FAKE_MAIL_TEXT = `Monday 23 November 2026
Three items, 110 minutes to hear, 9 minutes to read.

THE NIGHT TRAIN THAT PAID FOR ITSELF
The Slow Lane, 41 min

"Track charges at night are, in most countries, the same as at noon."
Tobias Achterberg, 8:49
https://murmur.example/episodes/1?at=529
`
