import { createHash } from 'node:crypto'
import MimeNode from 'nodemailer/lib/mime-node'
import { Failure } from '../model/failure.ts'
import { cleanPhrase, encodeHeaderText } from './header-text.ts'
import { parseMailAddress } from './mail-address.ts'

/** A message for one recipient, before it becomes bytes. */
export type MessageToCompose = {
  from: { name: string; address: string }
  to: string
  /** Where answers go, when not to `from`. */
  replyTo: string | null
  subject: string
  html: string
  text: string
  /** With its angle brackets, as `createMessageId` gives it. */
  messageId: string
  date: Date
  /** Set for digests; null for mail that one person asked for, such as a sign-in link. */
  list: ListHeaders | null
}

export type ListHeaders = {
  /** Names the stream for filters (RFC 2919), such as `daily.digest.example.org`. */
  id: string
  /** Tells recipient and list by itself. Over https it gets one-click as well (RFC 8058). */
  unsubscribeUrl: string
  /** The page that explains or changes what is sent (RFC 2369). */
  helpUrl: string | null
  /** `campaign:…:…:SenderId` for complaint reports; the same for all mail of one stream. */
  feedbackId: string | null
}

/** RFC 5322 allows 998 characters to a line; a URL cannot be folded. */
const MAX_URL = 900

/**
 * The message as RFC 5322 bytes: multipart/alternative of text and HTML, every line CRLF-ended and
 * under 998 characters, ASCII only. The same input gives the same bytes, so a retry sends exactly
 * what was sent before.
 *
 * Text in headers is made to stand on one line and encoded where it must be (RFC 2047); nothing
 * in it can add a header. `Auto-Submitted: auto-generated` says what RFC 3834 5 asks of periodic
 * mail and, with List-Id, keeps out-of-office answers away. `Precedence` is left out: it is no
 * standard (RFC 2076), and what it is used for those two headers already do.
 *
 * Throws `mail-address-invalid`, or `mail-header-invalid` for an id or URL that cannot stand in a
 * header.
 */
export async function composeMessage(message: MessageToCompose): Promise<Uint8Array> {
  const root = new MimeNode('multipart/alternative', {
    baseBoundary: createHash('sha256').update(message.messageId).digest('hex').slice(0, 24),
    boundaryPrefix: '=_mc',
    disableFileAccess: true,
    disableUrlAccess: true,
    hostname: 'localhost',
  })
  setAddresses(root, message)
  root.setHeader('Date', message.date)
  for (const [key, value] of composeHeaders(message)) {
    root.setHeader(key, { prepared: true, foldLines: key !== 'List-Unsubscribe', value })
  }
  addTextPart(root, 'text/plain; charset=utf-8', message.text)
  addTextPart(root, 'text/html; charset=utf-8', message.html)
  return await root.build()
}

function setAddresses(root: MimeNode, { from, to, replyTo }: MessageToCompose): void {
  const sender = { name: cleanPhrase(from.name), address: parseMailAddress(from.address) }
  root.setHeader('From', [sender])
  root.setHeader('To', [{ address: parseMailAddress(to) }])
  if (replyTo !== null) root.setHeader('Reply-To', [{ address: parseMailAddress(replyTo) }])
}

function composeHeaders(message: MessageToCompose): [string, string][] {
  return [
    ['Subject', encodeHeaderText(message.subject)],
    ['Message-ID', checkToken(message.messageId, /^<[a-z0-9.]+@[a-z0-9.-]+>$/i, 'Message-ID')],
    ['MIME-Version', '1.0'],
    ['Auto-Submitted', 'auto-generated'],
    ...(message.list === null ? [] : composeListHeaders(message.list)),
  ]
}

function composeListHeaders(list: ListHeaders): [string, string][] {
  const unsubscribe = checkUrl(list.unsubscribeUrl, 'List-Unsubscribe')
  const headers: [string, string][] = [
    ['List-Id', `<${checkToken(list.id, /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i, 'List-Id')}>`],
    ['List-Unsubscribe', `<${unsubscribe}>`],
  ]
  // RFC 8058 3.1: one-click wants an https URI; over http a mailbox provider ignores it.
  if (unsubscribe.startsWith('https:')) {
    headers.push(['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'])
  }
  if (list.helpUrl !== null) headers.push(['List-Help', `<${checkUrl(list.helpUrl, 'List-Help')}>`])
  if (list.feedbackId !== null) {
    const pattern = /^[a-z0-9_.-]*(?::[a-z0-9_.-]*){0,2}:[a-z0-9_.-]{5,15}$/i
    headers.push(['Feedback-ID', checkToken(list.feedbackId, pattern, 'Feedback-ID')])
  }
  return headers
}

function checkToken(value: string, pattern: RegExp, header: string): string {
  if (pattern.test(value) && value.length <= 255) return value
  throw invalidHeader(header, value)
}

function checkUrl(value: string, header: string): string {
  const url = URL.parse(value)
  const isSound =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.href.length <= MAX_URL &&
    /^[!-;=?-~]+$/.test(url.href)
  if (isSound) return url.href
  throw invalidHeader(header, value)
}

function invalidHeader(header: string, value: string): Failure {
  const shown = JSON.stringify(value.slice(0, 80))
  return new Failure(
    'mail-header-invalid',
    'us',
    `The message was not composed: ${shown} cannot stand in the header ${header}.`,
  )
}

function addTextPart(root: MimeNode, contentType: string, content: string): void {
  const crlf = content.replace(/\r\n?|\n/g, '\r\n')
  const part = root.createChild(contentType)
  part.setHeader('Content-Transfer-Encoding', chooseEncoding(crlf))
  part.setContent(Buffer.from(crlf, 'utf8'))
}

/** Whichever is shorter on the wire; 7bit is left out because it forbids long lines. */
function chooseEncoding(content: string): 'quoted-printable' | 'base64' {
  const bytes = Buffer.byteLength(content)
  const escaped = (content.match(/=/g)?.length ?? 0) + (bytes - content.length)
  return bytes + 2 * escaped < bytes * 1.3 ? 'quoted-printable' : 'base64'
}
