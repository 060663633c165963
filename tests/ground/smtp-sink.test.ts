import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { composeMessage } from '../../src/mail/compose-message.ts'
import {
  createSmtpTransport,
  SMTP_DEFAULTS,
  type SmtpOptions,
} from '../../src/mail/smtp-transport.ts'
import { readMail } from './read-mail.ts'
import { makeSelfSigned } from './self-signed.ts'
import { readLedger, type SinkBehaviour, startSmtpSink } from './smtp-sink.ts'

const compose = (to: string) =>
  composeMessage({
    from: { name: 'murmurcast', address: 'digest@murmurcast.example' },
    to,
    replyTo: null,
    subject: 'The tide – 潮',
    html: '<p>See <a href="https://murmurcast.example/e/1?a=1&amp;b=2">this</a></p>',
    text: 'See https://murmurcast.example/e/1?a=1&b=2\n',
    messageId: '<abc.d@murmurcast.example>',
    date: new Date('2026-11-23T07:00:00Z'),
    list: null,
  })

const CASES: [SinkBehaviour, outcome: string, held: number][] = [
  [{ kind: 'accept' }, 'accepted', 1],
  [{ kind: 'delay', ms: 300 }, 'accepted', 1],
  [{ kind: 'refuse', at: 'rcpt', code: 550, text: '5.1.1 nobody' }, 'refused', 0],
  [{ kind: 'refuse', at: 'dot', code: 451, text: '4.3.0 later' }, 'refused', 0],
  [{ kind: 'drop', at: 'rcpt' }, 'not-sent', 0],
  [{ kind: 'drop', at: 'after-dot-kept' }, 'uncertain', 1],
  [{ kind: 'drop', at: 'after-dot-lost' }, 'uncertain', 0],
]

describe('the sink and the SMTP transport', () => {
  it.each(CASES)('%j', async (behaviour, outcome, held) => {
    const folder = await mkdtemp(join(tmpdir(), 'sink-'))
    const ledgerPath = join(folder, 'ledger.jsonl')
    await using sink = await startSmtpSink({ ledgerPath })
    sink.behave = (recipient) =>
      recipient === 'ada@reader.example' ? behaviour : { kind: 'accept' }
    await using transport = createSmtpTransport({
      ...SMTP_DEFAULTS,
      host: sink.host,
      port: sink.port,
      tls: 'none',
    })
    const to = 'ada@reader.example'
    const raw = await compose(to)
    const message = { envelopeFrom: '', to, raw, messageId: '<abc.d@murmurcast.example>' }
    expect(await transport.send(message)).toMatchObject({ outcome })
    expect(sink.messages).toHaveLength(held)
    expect(sink.attempts).toBe(1)
    const ledger = await readLedger(ledgerPath)
    expect(ledger).toHaveLength(held)
    if (held === 1) {
      expect(ledger[0]).toMatchObject({ to: [to], messageId: '<abc.d@murmurcast.example>' })
      const mail = await readMail(sink.messages[0]?.raw ?? Buffer.alloc(0))
      expect(mail.subject).toBe('The tide – 潮')
      expect(mail.links).toEqual(['https://murmurcast.example/e/1?a=1&b=2'])
      expect(Buffer.from(sink.messages[0]?.raw ?? '')).toEqual(Buffer.from(raw))
    }
    await rm(folder, { recursive: true })
  })
})

describe('TLS and login', () => {
  const { key, cert } = makeSelfSigned()
  const login = { user: 'murmurcast', password: 'a pass phrase' }

  async function send(implicit: boolean, options: Partial<SmtpOptions>) {
    await using sink = await startSmtpSink({ tls: { key, cert, implicit }, login })
    await using transport = createSmtpTransport({
      ...SMTP_DEFAULTS,
      host: 'localhost',
      port: sink.port,
      tls: implicit ? 'implicit' : 'required',
      auth: login,
      ca: cert,
      ...options,
    })
    const to = 'ada@reader.example'
    const raw = await compose(to)
    const outcome = await transport.send({ envelopeFrom: '', to, raw, messageId: '<abc.d@m>' })
    return { outcome: outcome.outcome, held: sink.messages.length }
  }

  it.each([
    ['implicit TLS', true, {}, 'accepted'],
    ['STARTTLS', false, {}, 'accepted'],
    ['STARTTLS where it is offered', false, { tls: 'opportunistic' }, 'accepted'],
    ['a certificate of an unknown authority', true, { ca: null }, 'not-sent'],
    ['the same with STARTTLS', false, { ca: null }, 'not-sent'],
    ['the same, opportunistic', false, { ca: null, tls: 'opportunistic' }, 'not-sent'],
    ['a certificate of another name', true, { host: '127.0.0.1' }, 'not-sent'],
    ['a wrong password', true, { auth: { ...login, password: 'guess' } }, 'not-sent'],
    ['no password', true, { auth: null }, 'not-sent'],
    ['plain speech to a TLS port', true, { tls: 'none', connectTimeoutMs: 300 }, 'not-sent'],
  ] as [string, boolean, Partial<SmtpOptions>, string][])(
    '%s',
    async (_name, implicit, options, outcome) => {
      const held = outcome === 'accepted' ? 1 : 0
      expect(await send(implicit, options)).toEqual({ outcome, held })
    },
  )
})
