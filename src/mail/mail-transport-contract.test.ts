import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFakeMailTransport } from './fake-mail-transport.ts'
import type { MailTransport, OutgoingMessage } from './mail-transport.ts'
import { listOutbox, openOutbox } from './outbox-transport.ts'
import { startScriptedSmtpServer } from './scripted-smtp-server.ts'
import { createSmtpTransport, SMTP_DEFAULTS } from './smtp-transport.ts'

/** A transport and what lies at its other end, by Message-ID. */
type Bench = AsyncDisposable & {
  transport: MailTransport
  /** Raw messages taken so far, in no certain order. */
  taken: () => Promise<string[]>
}

async function fakeBench(): Promise<Bench> {
  const transport = createFakeMailTransport()
  return {
    transport,
    taken: async () => transport.accepted.map(({ raw }) => Buffer.from(raw).toString('latin1')),
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  }
}

async function outboxBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'outbox-'))
  const transport = await openOutbox(folder)
  return {
    transport,
    async taken() {
      const names = await listOutbox(folder)
      return await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))
    },
    async [Symbol.asyncDispose]() {
      await transport[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
}

async function smtpBench(): Promise<Bench> {
  const server = await startScriptedSmtpServer()
  const transport = createSmtpTransport({
    ...SMTP_DEFAULTS,
    host: '127.0.0.1',
    port: server.port,
    tls: 'none',
  })
  return {
    transport,
    taken: async () => server.messages.map(({ raw }) => raw),
    async [Symbol.asyncDispose]() {
      await transport[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

function message(n: number, raw = `Subject: ${n}\r\n\r\n.tide ${n}\r\n`): OutgoingMessage {
  return {
    envelopeFrom: '',
    to: 'ada@reader.example',
    raw: Buffer.from(raw, 'latin1'),
    messageId: `<id${n}.d@murmurcast.example>`,
  }
}

describe.each([
  ['fake', fakeBench],
  ['outbox', outboxBench],
  ['smtp', smtpBench],
])('every transport: %s', (_name, open) => {
  it('takes a message and keeps its bytes', async () => {
    await using bench = await open()
    const outcome = await bench.transport.send(message(1))
    expect(outcome).toMatchObject({ outcome: 'accepted', answer: expect.stringMatching(/./) })
    expect(await bench.taken()).toEqual(['Subject: 1\r\n\r\n.tide 1\r\n'])
  })

  it('takes many at a time, each once', async () => {
    await using bench = await open()
    const messages = Array.from({ length: 25 }, (_, n) => message(n))
    const outcomes = await Promise.all(messages.map((m) => bench.transport.send(m)))
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']))
    const expected = messages.map(({ raw }) => Buffer.from(raw).toString('latin1'))
    expect((await bench.taken()).sort()).toEqual(expected.sort())
  })

  it('takes the bytes of every value that mail may hold', async () => {
    await using bench = await open()
    const bytes = Array.from({ length: 256 }, (_, i) => i)
    const body = bytes.filter((i) => i !== 10 && i !== 13 && i !== 0)
    const raw = `Subject: x\r\n\r\n${body.map((i) => String.fromCharCode(i)).join('')}\r\n`
    await bench.transport.send(message(1, raw))
    expect(await bench.taken()).toEqual([raw])
  })
})
