import { createHash } from 'node:crypto'
import { type FileHandle, open, readFile } from 'node:fs/promises'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

/**
 * What the sink does with a message. `drop` names the moment at which the connection is reset:
 * after RCPT, in the middle of the message, or after the last byte with the message kept
 * (`after-dot-kept`) or thrown away (`after-dot-lost`).
 */
export type SinkBehaviour =
  | { kind: 'accept' }
  | { kind: 'delay'; ms: number }
  | { kind: 'refuse'; at: 'rcpt' | 'dot'; code: number; text: string }
  | { kind: 'drop'; at: 'rcpt' | 'mid-data' | 'after-dot-kept' | 'after-dot-lost' }

/** A message that the sink has taken responsibility for. */
export type SinkMessage = {
  from: string
  /** Every recipient of the transaction. */
  to: string[]
  messageId: string | null
  raw: Buffer
}

export type SmtpSink = AsyncDisposable & {
  host: string
  port: number
  /** Messages accepted, in order of acceptance. */
  readonly messages: SinkMessage[]
  /** MAIL commands seen, accepted or not. */
  readonly attempts: number
  /** Decides by recipient; replace it at any time. */
  behave: (recipient: string) => SinkBehaviour
}

export type LedgerLine = { messageId: string | null; to: string[]; sha256: string; at: string }

/**
 * An SMTP server on 127.0.0.1 that takes what is sent to it. With a `ledgerPath`, each message it
 * accepts is a synced line of that file before the 250 goes out: what a test may count on after
 * any kill.
 */
export async function startSmtpSink({
  ledgerPath,
  port = 0,
  tls = null,
  login = null,
}: {
  ledgerPath?: string
  port?: number
  /** Speaks TLS from the first byte, or offers STARTTLS. */
  tls?: { key: string; cert: string; implicit: boolean } | null
  /** Takes mail only after this login. */
  login?: { user: string; password: string } | null
} = {}): Promise<SmtpSink> {
  const ledger = ledgerPath === undefined ? null : await open(ledgerPath, 'a', 0o600)
  const messages: SinkMessage[] = []
  const sockets = new Map<number, Socket>()
  let attempts = 0

  const cut = (session: SMTPServerSession) => sockets.get(session.remotePort)?.resetAndDestroy()
  const server = new SMTPServer({
    authOptional: login === null,
    disabledCommands: tls === null ? ['STARTTLS'] : [],
    allowInsecureAuth: tls === null,
    ...(tls === null ? {} : { secure: tls.implicit, key: tls.key, cert: tls.cert }),
    onAuth({ username, password }, _session, callback) {
      if (username === login?.user && password === login?.password)
        callback(null, { user: username })
      else callback(new Error('5.7.8 wrong name or password'))
    },
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 500,
    onMailFrom(_address, _session, callback) {
      attempts++
      callback()
    },
    onRcptTo(address, session, callback) {
      const behaviour = sink.behave(address.address)
      if (behaviour.kind === 'drop' && behaviour.at === 'rcpt') return cut(session)
      if (behaviour.kind === 'refuse' && behaviour.at === 'rcpt')
        return callback(toError(behaviour))
      callback()
    },
    onData(stream, session, callback) {
      receive(stream, session).then((error) => callback(error), callback)
    },
  })

  async function receive(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
  ): Promise<Error | null> {
    const to = session.envelope.rcptTo.map((recipient) => recipient.address)
    const behaviour = sink.behave(to[0] ?? '')
    const chunks: Buffer[] = []
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer)
      if (behaviour.kind === 'drop' && behaviour.at === 'mid-data') cut(session)
    }
    if (behaviour.kind === 'refuse') return toError(behaviour)
    if (behaviour.kind === 'drop' && behaviour.at !== 'after-dot-kept') {
      cut(session)
      return new Error('dropped')
    }
    if (behaviour.kind === 'delay') await sleep(behaviour.ms)
    const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
    await keep({ from, to, ...readMessageId(Buffer.concat(chunks)) })
    if (behaviour.kind === 'drop') cut(session)
    return null
  }

  async function keep(message: SinkMessage): Promise<void> {
    if (ledger !== null) await writeLedger(ledger, message)
    messages.push(message)
  }

  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    const remotePort = socket.remotePort ?? 0
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.delete(remotePort))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  const sink: SmtpSink = {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    messages,
    get attempts() {
      return attempts
    },
    behave: () => ({ kind: 'accept' }),
    async [Symbol.asyncDispose]() {
      // Destroying a socket under its TLS layer brings Node down; the server ends those itself.
      if (tls === null) for (const socket of sockets.values()) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await ledger?.close()
    },
  }
  return sink
}

/** The ledger's lines; a torn last line is no acceptance, for its 250 was never sent. */
export async function readLedger(path: string): Promise<LedgerLine[]> {
  const text = await readFile(path, 'utf8')
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as LedgerLine)
}

async function writeLedger(ledger: FileHandle, message: SinkMessage): Promise<void> {
  const line: LedgerLine = {
    messageId: message.messageId,
    to: message.to,
    sha256: createHash('sha256').update(message.raw).digest('hex'),
    at: new Date().toISOString(),
  }
  await ledger.appendFile(`${JSON.stringify(line)}\n`)
  await ledger.datasync()
}

function readMessageId(raw: Buffer): Pick<SinkMessage, 'raw' | 'messageId'> {
  const head = raw.subarray(0, Math.max(0, raw.indexOf('\r\n\r\n'))).toString('latin1')
  return { raw, messageId: /^message-id:\s*(<[^>]+>)/im.exec(head)?.[1] ?? null }
}

function toError({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code })
}
