import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { parseMailAddress } from './mail-address.ts'
import type { MailTransport, OutgoingMessage, SendOutcome } from './mail-transport.ts'

export type SmtpOptions = {
  host: string
  port: number
  /** `implicit`: TLS from the first byte. `required`: STARTTLS or nothing. `opportunistic`. `none`. */
  tls: 'implicit' | 'required' | 'opportunistic' | 'none'
  /** PEM of the authority that signed the server's certificate, when it is not a public one. */
  ca: string | null
  auth: { user: string; password: string } | null
  /** Name for EHLO; null for the machine's own. */
  name: string | null
  connectTimeoutMs: number
  /**
   * How long the server may stay silent, the wait for its answer to the last byte included. RFC
   * 5321 4.5.3.2.6 asks for 10 minutes or more there: a server that is slow is not one that failed.
   */
  answerTimeoutMs: number
}

export const SMTP_DEFAULTS = {
  ca: null,
  auth: null,
  name: null,
  connectTimeoutMs: 60_000,
  answerTimeoutMs: 10 * 60_000,
} as const

/**
 * Sends by SMTP: a connection per message, one recipient per transaction, one attempt. Nothing is
 * retried and nothing is raced against a timer here, so what it says of an attempt stays true.
 */
export function createSmtpTransport(options: SmtpOptions): MailTransport {
  const underWay = new Set<Promise<SendOutcome>>()
  return {
    async send(message) {
      const attempt = sendOnce(options, { envelope: checkEnvelope(message), raw: message.raw })
      underWay.add(attempt)
      return await attempt.finally(() => underWay.delete(attempt))
    },
    // Cutting a transaction would make its outcome uncertain, so closing waits for it.
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(underWay)
    },
  }
}

type Envelope = { from: string; to: string; size: number }

function checkEnvelope(message: OutgoingMessage): Envelope {
  return {
    from: message.envelopeFrom === '' ? '' : parseMailAddress(message.envelopeFrom),
    to: parseMailAddress(message.to),
    size: message.raw.length,
  }
}

function toConnectionOptions(options: SmtpOptions) {
  return {
    host: options.host,
    port: options.port,
    secure: options.tls === 'implicit',
    requireTLS: options.tls === 'required',
    ignoreTLS: options.tls === 'none',
    // A server whose certificate fails is refused, not spoken to in the clear.
    opportunisticTLS: false,
    ...(options.name === null ? {} : { name: options.name }),
    tls: { minVersion: 'TLSv1.2' as const, ...(options.ca === null ? {} : { ca: options.ca }) },
    connectionTimeout: options.connectTimeoutMs,
    greetingTimeout: options.connectTimeoutMs,
    socketTimeout: options.answerTimeoutMs,
    socketCloseTimeout: 1_000,
  }
}

type SmtpError = Error & { response?: string | undefined }

type Transmission = { envelope: Envelope; raw: Uint8Array }

async function sendOnce(options: SmtpOptions, message: Transmission): Promise<SendOutcome> {
  const connection = new SMTPConnection(toConnectionOptions(options))
  // The connection calls back with its errors too; unheard, the event would end the process.
  connection.on('error', () => undefined)
  try {
    await prepare(connection, options.auth)
  } catch (error) {
    connection.close()
    return { outcome: 'not-sent', reason: describe(error as SmtpError) }
  }
  const outcome = await transmit(connection, message)
  // A QUIT in the middle of a message would be read as part of it.
  if (outcome.outcome === 'accepted') connection.quit()
  else connection.close()
  return outcome
}

function prepare(connection: SMTPConnection, auth: SmtpOptions['auth']): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.once('end', () => setImmediate(reject, new Error('The connection closed')))
    connection.connect((error) => {
      if (error) return reject(error)
      if (auth === null) return resolve()
      const credentials = { user: auth.user, pass: auth.password }
      connection.login({ credentials }, (loginError) =>
        loginError ? reject(loginError) : resolve(),
      )
    })
  })
}

/**
 * One MAIL, RCPT, DATA. The stream that the connection reads from is ours, and the connection reads
 * from it only after the server has said go (354) and writes the ending dot only after the stream
 * has ended. So while the end has not been given out, no server can have taken the message.
 */
function transmit(
  connection: SMTPConnection,
  { envelope, raw }: Transmission,
): Promise<SendOutcome> {
  const body = new BodyStream(raw)
  return new Promise((resolve) => {
    const settle = (error: SmtpError | null, answer: string) => {
      // From here on the end cannot be given out any more.
      body.destroy()
      resolve(judge({ error, answer, endGiven: body.endGiven }))
    }
    // A connection that is torn down between two events forgets to call back.
    connection.once('end', () => setImmediate(settle, new Error('The connection closed'), ''))
    const { from, to, size } = envelope
    connection.send({ from, to: [to], size }, body, (error: SmtpError | null, info) => {
      settle(error, (error ? error.response : info.response) ?? '')
    })
  })
}

/** Gives a message out in slices and remembers whether its end was given out. */
class BodyStream extends Readable {
  endGiven = false
  #offset = 0
  readonly #raw: Uint8Array

  constructor(raw: Uint8Array) {
    super({ highWaterMark: SLICE_BYTES })
    this.#raw = raw
  }

  override _read(): void {
    if (this.#offset < this.#raw.length) {
      const slice = this.#raw.subarray(this.#offset, this.#offset + SLICE_BYTES)
      this.#offset += slice.length
      this.push(slice)
      return
    }
    // A cut that the socket already knows of is seen before the end is given out.
    setImmediate(() => {
      if (this.destroyed) return
      this.endGiven = true
      this.push(null)
    })
  }
}

const SLICE_BYTES = 16 * 1024

/** A complete reply line (RFC 5321 4.2): three digits, then a space, a hyphen or nothing. */
const REPLY = /^([2-5])\d\d(?:[ -]|$)/

function judge(end: { error: SmtpError | null; answer: string; endGiven: boolean }): SendOutcome {
  const { answer } = end
  const kind = REPLY.exec(answer)?.[1]
  if (end.error === null && kind === '2' && end.endGiven) return { outcome: 'accepted', answer }
  if (end.error !== null && (kind === '4' || kind === '5')) {
    const code = Number(answer.slice(0, 3))
    // A server that wants a password says nothing about this message or its recipient.
    if (LOGIN_CODES.has(code)) return { outcome: 'not-sent', reason: describe(end.error) }
    return { outcome: 'refused', code, answer: cleanAnswer(answer), permanent: kind === '5' }
  }
  const reason =
    end.error === null ? `Unexpected answer: ${cleanAnswer(answer)}` : describe(end.error)
  return { outcome: end.endGiven ? 'uncertain' : 'not-sent', reason }
}

/** RFC 4954 6: authentication required, mechanism too weak, credentials invalid, encryption needed. */
const LOGIN_CODES = new Set([530, 534, 535, 538])

function describe(error: SmtpError): string {
  return cleanAnswer(error.message)
}

/** A server's words as one short line for the log and the page. */
function cleanAnswer(answer: string): string {
  return answer
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)
}
