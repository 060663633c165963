import { simpleParser } from 'mailparser'

/** A mail as its reader's program sees it. */
export type ReadMail = {
  from: string
  to: string
  subject: string
  messageId: string | null
  html: string
  text: string
  /** Targets of all links in the HTML, in order, each once. */
  links: string[]
  /** Header lines as they stand in the message, unfolded, names in lower case. */
  headers: { name: string; value: string }[]
}

/** Parses RFC 5322 bytes with a parser that is none of ours. */
export async function readMail(raw: Uint8Array): Promise<ReadMail> {
  const mail = await simpleParser(Buffer.from(raw), { skipTextToHtml: true })
  const html = typeof mail.html === 'string' ? mail.html : ''
  const to = Array.isArray(mail.to) ? mail.to[0] : mail.to
  return {
    from: mail.from?.text ?? '',
    to: to?.text ?? '',
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? null,
    html,
    text: mail.text ?? '',
    links: readLinks(html),
    headers: readHeaders(raw),
  }
}

/** Targets of all links in an HTML document, in order, each once. */
export function readLinks(html: string): string[] {
  const hrefs = [...html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)].map((match) => match[1] ?? '')
  return [...new Set(hrefs.map((href) => href.replaceAll('&amp;', '&').replaceAll('&#39;', "'")))]
}

/** The header block by its raw bytes: what a server acts on, before anybody decodes it. */
export function readHeaders(raw: Uint8Array): { name: string; value: string }[] {
  const bytes = Buffer.from(raw)
  const head = bytes.subarray(0, bytes.indexOf('\r\n\r\n')).toString('latin1')
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() }
    })
}
