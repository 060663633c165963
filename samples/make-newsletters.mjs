/**
 * Writes the newsletter issues as `.eml` files: `node samples/make-newsletters.mjs`.
 * The words stand in `low-water/issues/*.txt` (a few marks of Markdown); the message has a plain
 * part and a table-layout HTML part, with the pixel, preheader and links that real senders add.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

const here = new URL('.', import.meta.url).pathname
const show = JSON.parse(readFileSync(`${here}low-water/show.json`, 'utf8'))

for (const issue of show.issues) {
  const path = `${here}low-water/issues/${issue.number}`
  const words = readFileSync(`${path}.txt`, 'utf8')
  const message = renderMessage(issue, words)
  writeFileSync(`${path}.eml`, message)
  console.log(`low-water ${issue.number}: ${words.split(/\s+/).length} words, ${message.length} bytes`)
}

function renderMessage(issue, words) {
  const code = createHash('sha256').update(`low-water ${issue.number}`).digest('hex').slice(0, 20)
  const boundary = `=_low_water_${code}`
  const leave = `https://low-water.example/leave/${code}`
  const headers = [
    `Return-Path: <bounce-${issue.number}@mail.low-water.example>`,
    `Date: ${new Date(issue.published).toUTCString().replace('GMT', '+0000')}`,
    `From: ${show.sender} at ${show.title} <${show.address}>`,
    `Reply-To: ${show.address}`,
    'To: reader@inbox.example',
    `Subject: ${issue.subject}`,
    `Message-ID: <${issue.number}.${code}@mail.low-water.example>`,
    `List-Id: ${show.title} <${show.list}>`,
    `List-Unsubscribe: <${leave}>, <mailto:leave@low-water.example?subject=${code}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    `List-Archive: <https://low-water.example/issues/${issue.number}>`,
    'Precedence: bulk',
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ]
  const parts = [
    ['text/plain', renderPlain(issue, words, leave)],
    ['text/html', renderHtml({ issue, words, leave, code })],
  ].map(
    ([type, body]) =>
      `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\n` +
      `Content-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(body)}\r\n`,
  )
  return `${headers.join('\r\n')}\r\n\r\n${parts.join('')}--${boundary}--\r\n`
}

function renderPlain(issue, words, leave) {
  const body = words
    .replace(/^#+ /gm, '')
    .replace(/\*([^*]+)\*/g, '$1')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 ( $2 )')
    .trim()
  return `View in browser: https://low-water.example/issues/${issue.number}\n\n${body}\n\n--\n${show.title}, The Old Tide Mill, Port Merrow\nLeave this list: ${leave}\n`
}

function renderHtml({ issue, words, leave, code }) {
  const cell = 'font-family:Georgia,serif;font-size:17px;line-height:26px;color:#20364a;'
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(issue.subject)}</title></head>
<body style="margin:0;padding:0;background-color:#d9e6e4;">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;">${html(issue.preheader)}${'&#8199;&#847; '.repeat(30)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#d9e6e4"><tr><td align="center" style="padding:24px 12px;">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background-color:#ffffff;">
<tr><td align="right" style="padding:10px 28px;font-family:Arial,sans-serif;font-size:12px;"><a href="https://low-water.example/issues/${issue.number}?m=${code}" style="color:#5b7085;">View in browser</a></td></tr>
<tr><td style="padding:8px 28px;background-color:#3a5a78;color:#ffffff;font-family:Georgia,serif;font-size:22px;">${show.title} <span style="font-size:14px;">no. ${issue.number}</span></td></tr>
<tr><td style="padding:20px 28px;${cell}">
${renderBody(words)}
</td></tr>
<tr><td style="padding:18px 28px;background-color:#f1f5f4;font-family:Arial,sans-serif;font-size:12px;line-height:18px;color:#5b7085;">
You get this because you signed up at <a href="https://low-water.example/">https://low-water.example/</a>.<br>
${show.title}, The Old Tide Mill, Port Merrow.<br>
<a href="${leave}">Unsubscribe</a> &middot; <a href="https://low-water.example/settings/${code}">Change how often</a> &middot; <a href="https://low-water.example/issues/${issue.number}/share">Forward to a friend</a>
</td></tr>
</table>
<img src="https://open.low-water.example/o/${code}.gif" width="1" height="1" alt="" style="display:block;border:0;">
</td></tr></table>
</body></html>
`
}

function renderBody(words) {
  return words
    .trim()
    .split(/\n\n+/)
    .map((block) => {
      if (block.startsWith('# ')) return `<h1 style="font-size:28px;line-height:34px;">${inline(block.slice(2))}</h1>`
      if (block.startsWith('## ')) return `<h2 style="font-size:20px;">${inline(block.slice(3))}</h2>`
      if (block.startsWith('- ')) {
        return `<ul>\n${block.split('\n').map((line) => `<li>${inline(line.slice(2))}</li>`).join('\n')}\n</ul>`
      }
      return `<p>${inline(block).replaceAll('\n', '<br>\n')}</p>`
    })
    .join('\n')
}

function inline(text) {
  return html(text)
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')
    .replace(/"([^"]+)"/g, '“$1”')
    .replace(/'/g, '’')
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '<a href="$2" style="color:#b8452c;">$1</a>')
}

function html(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Quoted-printable of UTF-8 text: lines of at most 76 characters, CRLF between them. */
function quotedPrintable(text) {
  return text
    .split('\n')
    .map((line) => {
      const units = [...Buffer.from(line, 'utf8')].map((byte, index, bytes) =>
        needsCode(byte, index === bytes.length - 1)
          ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
          : String.fromCharCode(byte),
      )
      const rows = ['']
      for (const unit of units) {
        if (rows.at(-1).length + unit.length > 75) rows.push('')
        rows[rows.length - 1] += unit
      }
      return rows.join('=\r\n')
    })
    .join('\r\n')
}

function needsCode(byte, isLast) {
  return byte === 61 || byte > 126 || (byte < 32 && byte !== 9) || (isLast && (byte === 32 || byte === 9))
}
