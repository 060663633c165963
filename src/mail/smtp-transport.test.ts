import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { OutgoingMessage, SendOutcome } from './mail-transport.ts'
import { type SmtpScript, startScriptedSmtpServer } from './scripted-smtp-server.ts'
import { createSmtpTransport, SMTP_DEFAULTS, type SmtpOptions } from './smtp-transport.ts'

const BODY = 'Subject: tide\r\n\r\n.dot at the start\r\n..two\r\nend\r\n'

function message(raw: string | Uint8Array = BODY): OutgoingMessage {
  return {
    envelopeFrom: 'digest@murmurcast.example',
    to: 'ada@reader.example',
    raw: typeof raw === 'string' ? Buffer.from(raw) : raw,
    messageId: '<a.d@murmurcast.example>',
  }
}

function transportTo(port: number, options: Partial<SmtpOptions> = {}) {
  return createSmtpTransport({
    ...SMTP_DEFAULTS,
    host: '127.0.0.1',
    port,
    tls: 'none',
    connectTimeoutMs: 500,
    answerTimeoutMs: 2_000,
    ...options,
  })
}

async function sendTo(
  script: SmtpScript,
  options: Partial<SmtpOptions> = {},
  outgoing = message(),
): Promise<{ outcome: SendOutcome; complete: number }> {
  await using server = await startScriptedSmtpServer(script)
  await using transport = transportTo(server.port, options)
  const outcome = await transport.send(outgoing)
  // What the server will have read by the time the client has gone.
  await sleep(20)
  return { outcome, complete: server.messages.length }
}

const REFUSED = (code: number, permanent: boolean) => ({ outcome: 'refused', code, permanent })

const CASES: [name: string, script: SmtpScript, expected: object][] = [
  ['an ordinary server', {}, { outcome: 'accepted', answer: '250 2.0.0 taken as 42' }],
  ['pipelining', { capabilities: ['PIPELINING'] }, { outcome: 'accepted' }],
  ['250 late', { dot: { afterMs: 300, reply: '250 at last' } }, { outcome: 'accepted' }],
  ['multi-line 250', { dot: '250-first\r\n250 second' }, { outcome: 'accepted' }],

  ['drop before the greeting', { greeting: 'drop' }, { outcome: 'not-sent' }],
  ['421 for a greeting', { greeting: '421 busy' }, { outcome: 'not-sent' }],
  ['554 for a greeting', { greeting: '554 no service' }, { outcome: 'not-sent' }],
  ['garbage for a greeting', { greeting: '\0\xff<html>' }, { outcome: 'not-sent' }],
  ['drop at EHLO', { EHLO: 'drop' }, { outcome: 'not-sent' }],
  ['drop at MAIL', { MAIL: 'drop' }, { outcome: 'not-sent' }],
  ['drop at RCPT', { RCPT: 'drop' }, { outcome: 'not-sent' }],
  ['drop before 354', { DATA: 'drop' }, { outcome: 'not-sent' }],
  ['silence before 354', { DATA: 'silence' }, { outcome: 'not-sent' }],
  ['garbage for 354', { DATA: 'what?' }, { outcome: 'not-sent' }],
  ['password wanted at MAIL', { MAIL: '530 5.7.0 log in first' }, { outcome: 'not-sent' }],

  ['421 at MAIL', { MAIL: '421 4.3.2 closing' }, REFUSED(421, false)],
  ['451 at RCPT', { RCPT: '451 4.7.1 greylisted' }, REFUSED(451, false)],
  ['452 at RCPT', { RCPT: '452 4.2.2 full' }, REFUSED(452, false)],
  ['550 at RCPT', { RCPT: '550 5.1.1 nobody' }, REFUSED(550, true)],
  [
    '550 at RCPT, pipelined',
    { RCPT: '550 5.1.1 nobody', capabilities: ['PIPELINING'], DATA: '554 no valid recipients' },
    REFUSED(550, true),
  ],
  [
    '550 at RCPT, pipelined, DATA taken',
    { RCPT: '550 5.1.1 nobody', capabilities: ['PIPELINING'] },
    REFUSED(550, true),
  ],
  ['451 at DATA', { DATA: '451 later' }, REFUSED(451, false)],
  ['421 after the dot', { dot: '421 closing' }, REFUSED(421, false)],
  ['451 after the dot', { dot: '451 4.3.0 try later' }, REFUSED(451, false)],
  ['452 after the dot', { dot: '452 4.3.1 no space' }, REFUSED(452, false)],
  ['550 after the dot', { dot: '550-5.7.515\r\n550 policy' }, REFUSED(550, true)],

  ['drop after the dot', { dot: 'drop' }, { outcome: 'uncertain' }],
  ['silence after the dot', { dot: 'silence' }, { outcome: 'uncertain' }],
  ['garbage after the dot', { dot: 'hello there' }, { outcome: 'uncertain' }],
  ['354 after the dot', { dot: '354 more?' }, { outcome: 'uncertain' }],
  ['a digit of 2 that is no reply', { dot: '2 many cooks' }, { outcome: 'uncertain' }],
]

describe('an attempt', () => {
  it.each(CASES)('%s', async (_name, script, expected) => {
    const options = JSON.stringify(script).includes('silence') ? { answerTimeoutMs: 300 } : {}
    const { outcome, complete } = await sendTo(script, options)
    expect(outcome).toMatchObject(expected)
    // The promise behind the word: not sent means that no server has the whole message.
    if (outcome.outcome === 'not-sent') expect(complete).toBe(0)
  })

  it('is not sent when the server stops reading in the middle and cuts', async () => {
    const large = Buffer.alloc(64 * 1024 * 1024, 'line of text\r\n')
    const { outcome, complete } = await sendTo(
      { stopReading: true },
      { answerTimeoutMs: 400 },
      message(large),
    )
    expect(outcome.outcome).toBe('not-sent')
    expect(complete).toBe(0)
  })

  it('never says that a message is not sent which a server holds', async () => {
    for (const size of [10, 15_000, 16_384, 40_000, 100_000, 300_000]) {
      const raw = Buffer.alloc(size, 'x\r\n')
      const { outcome, complete } = await sendTo({ body: 'drop' }, {}, message(raw))
      expect(['not-sent', 'uncertain']).toContain(outcome.outcome)
      if (outcome.outcome === 'not-sent') expect(complete).toBe(0)
    }
  })

  it('is refused when the server objects in the middle, and the message stays incomplete', async () => {
    const { outcome } = await sendTo(
      { body: '552 5.3.4 too big' },
      {},
      message(Buffer.alloc(2e6, 'x\r\n')),
    )
    expect(outcome).toMatchObject({ outcome: 'refused', code: 552, permanent: true })
  })

  it('does not take a 250 before the dot for acceptance', async () => {
    const { outcome } = await sendTo(
      { body: '250 thank you', stopReading: false },
      {},
      message(Buffer.alloc(64 * 1024 * 1024, 'x\r\n')),
    )
    expect(outcome.outcome).not.toBe('accepted')
  })

  it('is not sent when nobody listens or the name is unknown', async () => {
    const server = await startScriptedSmtpServer()
    await server[Symbol.asyncDispose]()
    await using closed = transportTo(server.port)
    expect((await closed.send(message())).outcome).toBe('not-sent')
    await using unknown = transportTo(25, { host: 'mail.invalid' })
    expect((await unknown.send(message())).outcome).toBe('not-sent')
  })
})

describe('on the wire', () => {
  it('stands one recipient, and the bytes as they are with dots kept', async () => {
    await using server = await startScriptedSmtpServer()
    await using transport = transportTo(server.port)
    await transport.send(message())
    expect(server.messages).toEqual([
      { from: 'digest@murmurcast.example', to: ['ada@reader.example'], raw: BODY },
    ])
    expect(server.commands.filter((c) => c.startsWith('RCPT'))).toHaveLength(1)
  })

  it('refuses an envelope that would hold a second command or recipient', async () => {
    await using transport = transportTo(9)
    for (const to of ['a@b.c\r\nRCPT TO:<x@y.z>', 'a@b.c, x@y.z', 'a@b.c> <x@y.z', '']) {
      await expect(transport.send({ ...message(), to })).rejects.toMatchObject({
        code: 'mail-address-invalid',
      })
    }
  })

  it('speaks TLS or not at all when TLS is required', async () => {
    const plain = await sendTo({}, { tls: 'required' })
    expect(plain).toMatchObject({ outcome: { outcome: 'not-sent' }, complete: 0 })
    const capabilities = ['STARTTLS']
    const cuts: SmtpScript[] = [
      { capabilities },
      { capabilities, STARTTLS: 'drop' },
      { capabilities, STARTTLS: '220 go\r\nthis is no handshake' },
    ]
    for (const script of cuts) {
      const cut = await sendTo(script, { tls: 'opportunistic' })
      expect(cut).toMatchObject({ outcome: { outcome: 'not-sent' }, complete: 0 })
    }
  })

  it('waits for attempts under way when it is closed', async () => {
    await using server = await startScriptedSmtpServer({ dot: { afterMs: 200, reply: '250 ok' } })
    const transport = transportTo(server.port)
    const attempt = transport.send(message())
    await transport[Symbol.asyncDispose]()
    expect((await attempt).outcome).toBe('accepted')
  })
})
