import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createGuardedFetch } from './guarded-fetch.ts'
import {
  codeOf,
  expectClosed,
  failureOf,
  PUBLIC,
  readCode,
  startRawAnswer,
  startRawSink,
  startSink,
} from './test-sinks.ts'

/** The bombs of the suite are 200 MB unpacked; `MURMURCAST_LARGE_BOMBS=1` makes them 10 GB. */
const BOMB_BYTES = process.env.MURMURCAST_LARGE_BOMBS === '1' ? 10_000_000_000 : 200_000_000
const MB = 1_000_000
const PIECE = Buffer.alloc(10 * MB)

/** Small packed pieces of 10 MB each: gzip members and zstd frames may simply follow each other. */
function* repeatPacked(packed: Buffer): Generator<Buffer> {
  for (let sent = 0; sent < BOMB_BYTES; sent += PIECE.length) yield packed
}

function* repeatForEver(piece: Buffer): Generator<Buffer> {
  for (;;) yield piece
}

function* zeros(): Generator<Buffer> {
  for (let sent = 0; sent < BOMB_BYTES; sent += PIECE.length) yield PIECE
}

const BOMBS: Record<string, () => Readable> = {
  gzip: () => Readable.from(repeatPacked(gzipSync(PIECE))),
  zstd: () => Readable.from(repeatPacked(zstdCompressSync(PIECE))),
  br: () =>
    Readable.from(zeros()).pipe(
      createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
    ),
}

const startBomb = (coding: string) =>
  startSink((_request, response) => {
    response.setHeader('content-encoding', coding)
    BOMBS[coding]?.()
      .on('error', () => {})
      .pipe(response)
  })

/** How far memory rose above its start while `work` ran, in MB. */
async function measureGrowth(work: () => Promise<unknown>): Promise<number> {
  const start = process.memoryUsage.rss()
  let peak = start
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 5)
  await work().finally(() => clearInterval(timer))
  return (Math.max(peak, process.memoryUsage.rss()) - start) / MB
}

describe('packed bodies', () => {
  it.each(['gzip', 'br', 'zstd'])('rows 19 and 20: a %s bomb ends at the cap', async (coding) => {
    await using sink = await startBomb(coding)
    await using fetch = createGuardedFetch(PUBLIC)
    const startedAt = performance.now()
    const growth = await measureGrowth(async () => {
      expect(await readCode(fetch, { url: sink.url() })).toBe('response-too-large')
    })
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    expect(growth).toBeLessThan(64)
  })

  it.each(['gzip', 'br', 'zstd'])(
    'rows 19 and 20: %s is streamed with memory flat',
    async (coding) => {
      await using sink = await startBomb(coding)
      await using fetch = createGuardedFetch(PUBLIC)
      let total = 0
      const growth = await measureGrowth(async () => {
        const response = await fetch({ url: sink.url(), maxBytes: BOMB_BYTES })
        for await (const chunk of response.stream()) total += chunk.byteLength
      })
      expect(total).toBe(BOMB_BYTES)
      expect(growth).toBeLessThan(64)
    },
    120_000,
  )

  it('are known by their bytes as they were sent, and decoded when asked', async () => {
    const packed = gzipSync('hello')
    await using sink = await startSink((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed)
    })
    await using fetch = createGuardedFetch(PUBLIC)
    const response = await fetch({ url: sink.url() })
    const body = await response.readEncoded()
    expect(Buffer.from(body.bytes)).toEqual(packed)
    expect(Buffer.from(await body.decode()).toString()).toBe('hello')
    await expect(response.read()).rejects.toMatchObject({ code: 'body-used' })
  })

  it.each(['gzip', 'br', 'zstd'])('row 19: a %s bomb ends when it is decoded', async (coding) => {
    await using sink = await startBomb(coding)
    await using fetch = createGuardedFetch({ ...PUBLIC, maxBytes: 5 * MB })
    const response = await fetch({ url: sink.url() })
    const read = response.readEncoded().then((body) => body.decode())
    expect(await failureOf(read)).toMatchObject({ code: 'response-too-large' })
  })

  it('row 20: a zstd frame may not claim a window over 8 MB', async () => {
    const params = {
      [constants.ZSTD_c_windowLog]: 27,
      [constants.ZSTD_c_enableLongDistanceMatching]: 1,
    }
    const packed = zstdCompressSync(PIECE, { params, pledgedSrcSize: undefined })
    await using sink = await startSink((_request, response) => {
      response.setHeader('content-encoding', 'zstd').end(packed)
    })
    await using fetch = createGuardedFetch(PUBLIC)
    expect(await readCode(fetch, { url: sink.url() })).toBe('response-damaged')
  })

  it.each([
    ['two layers', 'gzip, br'],
    ['the same layer twice', 'gzip, gzip'],
    ['5,000 layers', Array(5_000).fill('gzip').join(', ')],
    ['two layers in two headers', ['gzip', 'gzip']],
  ])('row 21: %s are refused', async (_title, coding) => {
    await using sink = await startSink((_request, response) => {
      response.setHeader('content-encoding', coding).end(gzipSync(gzipSync('x')))
    })
    await using fetch = createGuardedFetch(PUBLIC)
    expect(await readCode(fetch, { url: sink.url() })).toBe('too-many-encodings')
  })

  it.each([
    ['gzip', gzipSync('hello')],
    ['x-gzip', gzipSync('hello')],
    ['GZIP', gzipSync('hello')],
    ['identity, gzip', gzipSync('hello')],
    ['deflate', deflateSync('hello')],
    ['br', brotliCompressSync('hello')],
    ['zstd', zstdCompressSync(Buffer.from('hello'))],
    ['identity', Buffer.from('hello')],
    ['utf-8', Buffer.from('hello')],
    ['constructor', Buffer.from('hello')],
    ['', Buffer.from('hello')],
  ])('unpacks %j', async (coding, body) => {
    await using sink = await startSink((_request, response) => {
      response.setHeader('content-encoding', coding).end(body)
    })
    await using fetch = createGuardedFetch(PUBLIC)
    const response = await fetch({ url: sink.url() })
    expect(Buffer.from(await response.read()).toString()).toBe('hello')
    expect(sink.requests[0]?.headers['accept-encoding']).toBe('gzip, br, zstd')
  })

  it.each([
    ['is not what it claims', Buffer.from('hello')],
    ['ends too early', gzipSync(Buffer.alloc(100_000, 'ab')).subarray(0, 40)],
  ])('a packed body that %s is damaged', async (_title, body) => {
    await using sink = await startSink((_request, response) => {
      response.setHeader('content-encoding', 'gzip').end(body)
    })
    await using fetch = createGuardedFetch(PUBLIC)
    expect(await readCode(fetch, { url: sink.url() })).toBe('response-damaged')
  })

  it('asks for a part unpacked', async () => {
    await using sink = await startSink((_request, response) => response.writeHead(206).end('part'))
    await using fetch = createGuardedFetch(PUBLIC)
    await fetch({ url: sink.url(), headers: { Range: 'bytes=10-', 'accept-encoding': 'gzip' } })
    expect(sink.requests[0]?.headers).toMatchObject({
      range: 'bytes=10-',
      'accept-encoding': 'identity',
    })
  })
})

describe('size', () => {
  it.each([
    ['endless chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', 'ffff\r\n'],
    ['no Content-Length at all', 'HTTP/1.1 200 OK\r\n\r\n', ''],
  ])('row 22: %s end at the cap', async (_title, head, chunkHead) => {
    const chunk = Buffer.concat([
      Buffer.from(chunkHead),
      Buffer.alloc(65_535),
      Buffer.from(chunkHead && '\r\n'),
    ])
    const pour = (socket: Socket) => {
      while (!socket.destroyed && socket.write(chunk));
      socket.once('drain', () => pour(socket))
    }
    await using sink = await startRawSink((socket) => {
      socket.once('data', () => {
        socket.write(head)
        pour(socket)
      })
    })
    await using fetch = createGuardedFetch(PUBLIC)
    const growth = await measureGrowth(async () => {
      expect(await readCode(fetch, { url: sink.url(), maxBytes: 5 * MB })).toBe(
        'response-too-large',
      )
    })
    expect(growth).toBeLessThan(64)
    await expectClosed(sink)
  })

  it('row 22: a Content-Length over the cap is believed before anything is read', async () => {
    await using sink = await startRawAnswer('HTTP/1.1 200 OK\r\ncontent-length: 99000000\r\n\r\n')
    await using fetch = createGuardedFetch(PUBLIC)
    const failure = await failureOf(fetch({ url: sink.url() }).then((answer) => answer.read()))
    expect(failure.code).toBe('response-too-large')
    expect(failure.message).toContain('larger than 20 MB')
    await expectClosed(sink)
  })

  it('row 22: a body shorter than its Content-Length was cut short', async () => {
    await using sink = await startRawSink((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'))
    })
    await using fetch = createGuardedFetch(PUBLIC)
    expect(await readCode(fetch, { url: sink.url() })).toBe('response-cut-short')
  })

  it('row 22: a body longer than its Content-Length ends where it said', async () => {
    await using sink = await startRawAnswer(
      'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\nsmuggled',
    )
    await using fetch = createGuardedFetch(PUBLIC)
    const response = await fetch({ url: sink.url() })
    expect(Buffer.from(await response.read()).toString()).toBe('hello')
    await expectClosed(sink)
  })

  it.each([
    ['gzip', gzipSync(PIECE)],
    ['identity', PIECE],
  ])(
    'row 22: an endless %s stream that is left early closes its connection',
    async (coding, piece) => {
      await using sink = await startSink((_request, response) => {
        response.setHeader('content-encoding', coding)
        Readable.from(repeatForEver(piece)).pipe(response)
      })
      await using fetch = createGuardedFetch(PUBLIC)
      const response = await fetch({ url: sink.url() })
      for await (const chunk of response.stream()) {
        expect(chunk.byteLength).toBeGreaterThan(0)
        break
      }
      await expectClosed(sink)
    },
  )

  it('a body exactly as large as its cap is read', async () => {
    await using sink = await startSink((_request, response) => response.end(Buffer.alloc(1_000)))
    await using fetch = createGuardedFetch(PUBLIC)
    const response = await fetch({ url: sink.url(), maxBytes: 1_000 })
    expect(await response.read()).toHaveLength(1_000)
    expect(await readCode(fetch, { url: sink.url(), maxBytes: 999 })).toBe('response-too-large')
  })
})

describe('headers', () => {
  it.each([
    ['one header of 70 KB', `x-large: ${'a'.repeat(70_000)}\r\n`],
    ['10,000 cookies', 'set-cookie: a=b; path=/\r\n'.repeat(10_000)],
    ['300 small headers', 'x-a: b\r\n'.repeat(300)],
    ['a header that never ends', `x-endless: ${'a'.repeat(5 * MB)}`],
  ])('row 25: %s are refused', async (_title, lines) => {
    await using sink = await startRawAnswer(`HTTP/1.1 200 OK\r\n${lines}\r\n`)
    await using fetch = createGuardedFetch(PUBLIC)
    expect(await codeOf(fetch, sink.url())).toBe('headers-too-large')
    await expectClosed(sink)
  })

  it('row 25: 60 KB of headers pass', async () => {
    await using sink = await startRawAnswer(
      `HTTP/1.1 200 OK\r\nx-large: ${'a'.repeat(60_000)}\r\ncontent-length: 0\r\n\r\n`,
    )
    await using fetch = createGuardedFetch(PUBLIC)
    expect((await fetch({ url: sink.url() })).headers.get('x-large')).toHaveLength(60_000)
  })
})
