import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createGuardedFetch } from './guarded-fetch.ts'
import {
  codeOf,
  expectClosed,
  failureOf,
  PUBLIC,
  startRawAnswer,
  startRawSink,
  startSink,
} from './test-sinks.ts'

const MB = 1_000_000

describe('time', () => {
  it('row 23: 500 slow headers end at their deadline, and a good server is not delayed', async () => {
    await using slow = await startRawSink((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-slow: ')
      const timer = setInterval(() => socket.write('a'), 100)
      socket.on('close', () => clearInterval(timer))
    })
    await using good = await startSink((_request, response) => response.end('good'))
    await using fetch = createGuardedFetch({ ...PUBLIC, headersTimeoutMs: 900 })
    const startedAt = performance.now()
    const codes = Promise.all(Array.from({ length: 500 }, () => codeOf(fetch, slow.url())))
    await expect.poll(() => slow.connections.open, { timeout: 5_000 }).toBeGreaterThan(100)
    const goodStartedAt = performance.now()
    expect((await fetch({ url: good.url() })).status).toBe(200)
    expect(performance.now() - goodStartedAt).toBeLessThan(1_500)
    expect(new Set(await codes)).toEqual(new Set(['timed-out']))
    expect(performance.now() - startedAt).toBeLessThan(8_000)
    await expectClosed(slow)
  })

  it('row 23: interim answers do not hold the headers up for ever', async () => {
    await using sink = await startRawSink((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5)
      socket.on('close', () => clearInterval(timer))
    })
    await using fetch = createGuardedFetch({ ...PUBLIC, headersTimeoutMs: 500 })
    expect(await codeOf(fetch, sink.url())).toBe('response-invalid')
    await expectClosed(sink)
  })

  it('row 24: a drip inside the idle limit ends with the total time', async () => {
    await using sink = await startSink((_request, response) => {
      const timer = setInterval(() => response.write('x'), 40)
      response.on('close', () => clearInterval(timer))
    })
    await using fetch = createGuardedFetch({ ...PUBLIC, idleTimeoutMs: 300, totalTimeoutMs: 700 })
    const startedAt = performance.now()
    const failure = await failureOf(fetch({ url: sink.url() }).then((answer) => answer.read()))
    expect(failure.code).toBe('timed-out')
    expect(failure.message).toContain('took longer than 700 milliseconds in all')
    expect(performance.now() - startedAt).toBeGreaterThan(650)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    await expectClosed(sink)
  })

  it('row 24: silence inside the body ends at the idle limit', async () => {
    await using sink = await startSink((_request, response) => response.write('x'))
    await using fetch = createGuardedFetch({ ...PUBLIC, idleTimeoutMs: 300 })
    const failure = await failureOf(fetch({ url: sink.url() }).then((answer) => answer.read()))
    expect(failure).toMatchObject({ code: 'timed-out' })
    expect(failure.message).toContain('fell silent for 300 milliseconds')
  })

  it.each([
    ['a name that is never answered', 'http://feed.test/'],
    ['a handshake that is never answered', null],
  ])('the connection deadline ends %s', async (_title, url) => {
    await using silent = await startRawSink(() => {})
    const resolve = () => new Promise<never>(() => {})
    await using fetch = createGuardedFetch({ ...PUBLIC, resolve, connectTimeoutMs: 300 })
    const failure = await failureOf(fetch({ url: url ?? `https://127.0.0.1:${silent.port}/` }))
    expect(failure.code).toBe('timed-out')
    expect(failure.message).toContain('did not accept a connection within 300 milliseconds')
  })

  it('the total time also ends a connection that is still being made', async () => {
    const resolve = () => new Promise<never>(() => {})
    await using fetch = createGuardedFetch({ ...PUBLIC, resolve, totalTimeoutMs: 100 })
    const startedAt = performance.now()
    expect(await codeOf(fetch, 'http://feed.test/')).toBe('timed-out')
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })

  it('a slow reader is not taken for a silent server', async () => {
    await using sink = await startSink((_request, response) => response.end(Buffer.alloc(3 * MB)))
    await using fetch = createGuardedFetch({ ...PUBLIC, idleTimeoutMs: 100 })
    let total = 0
    const response = await fetch({ url: sink.url() })
    for await (const chunk of response.stream()) {
      if (total < 400_000) await sleep(150)
      total += chunk.byteLength
    }
    expect(total).toBe(3 * MB)
  })
})

describe('broken servers', () => {
  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.7\r\n', 'response-invalid'],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx',
      'response-cut-short',
    ],
    ['a NUL in a header', 'HTTP/1.1 200 OK\r\nx-a: \0\r\n\r\n', 'response-invalid'],
  ])('%s: %j', async (_title, bytes, code) => {
    await using sink = await startRawAnswer(bytes)
    await using fetch = createGuardedFetch(PUBLIC)
    expect(await codeOf(fetch, sink.url())).toBe(code)
  })

  it('a server that closes at once, one that refuses, and a name that is unknown', async () => {
    await using closing = await startRawSink((socket) => socket.end())
    await using fetch = createGuardedFetch(PUBLIC)
    expect(await codeOf(fetch, closing.url())).toBe('response-cut-short')
    const gone = await startRawSink(() => {})
    await gone[Symbol.asyncDispose]()
    expect(await codeOf(fetch, gone.url())).toBe('connection-failed')
    expect(await codeOf(fetch, 'http://does-not-exist.invalid/')).toBe('dns-failed')
  })
})

describe('closing', () => {
  it('ends what is under way and refuses what comes later', async () => {
    await using sink = await startSink((_request, response) => response.write('x'))
    const fetch = createGuardedFetch(PUBLIC)
    const reading = failureOf(fetch({ url: sink.url() }).then((answer) => answer.read()))
    await expect.poll(() => sink.connections.open).toBe(1)
    await fetch[Symbol.asyncDispose]()
    expect((await reading).code).toBe('fetch-closed')
    expect(await codeOf(fetch, sink.url())).toBe('fetch-closed')
    await expectClosed(sink)
  })

  it('an answer that is cancelled gives its connection up', async () => {
    await using sink = await startSink((_request, response) => response.write('x'))
    await using fetch = createGuardedFetch(PUBLIC)
    const response = await fetch({ url: sink.url() })
    response.cancel()
    await expectClosed(sink)
    expect((await failureOf(response.read())).code).toBe('body-used')
  })
})
