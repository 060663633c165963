import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createFakeGuardedFetch, type FakeAnswer, type FakeServer } from './fake-guarded-fetch.ts'
import { findPermanentUrl } from './follow-redirects.ts'
import { createGuardedFetch, type GuardedFetch } from './guarded-fetch.ts'
import { failureOf, PUBLIC, startSink } from './test-sinks.ts'

/** What the server of these tests says, path by path. */
const SCRIPT: Record<string, FakeAnswer> = {
  '/hello': { headers: { 'content-type': 'text/plain', etag: '"v1"' }, body: 'hello' },
  '/missing': { status: 404, body: 'no such page' },
  '/bytes': { body: new Uint8Array([0, 255, 1]) },
  '/large': { body: 'x'.repeat(200_000) },
  '/empty': { status: 204 },
  '/moved': { status: 301, headers: { location: '/moved-again' } },
  '/moved-again': { status: 308, headers: { location: 'hello?a=1' } },
  '/hello?a=1': { body: 'hello again' },
  '/for-now': { status: 302, headers: { location: '/moved' } },
  '/see-other': { status: 303, headers: { location: '/bytes' } },
  '/same-method': { status: 307, headers: { location: '/missing' } },
  '/nowhere': { status: 301, body: 'no location' },
  '/loop': { status: 302, headers: { location: '/loop' } },
  '/utf-8': { status: 302, headers: { location: Buffer.from('/grün', 'utf8').toString('latin1') } },
  '/gr%C3%BCn': { body: 'green' },
}

interface Seen {
  readonly method: string
  readonly body: string
  readonly contentType: string | null
}

interface World extends AsyncDisposable {
  readonly fetch: GuardedFetch
  readonly seen: Seen[]
  url(path: string): string
}

async function createReal(): Promise<World> {
  const seen: Seen[] = []
  const answerOne = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const contentType = request.headers['content-type'] ?? null
    seen.push({ method: request.method ?? '', body: Buffer.concat(chunks).toString(), contentType })
    const answer = SCRIPT[request.url ?? ''] ?? { status: 404 }
    if ('failure' in answer) throw new Error('a real server has no failures to script')
    const etag = answer.headers?.etag
    const isUnchanged = etag !== undefined && request.headers['if-none-match'] === etag
    response.writeHead(isUnchanged ? 304 : (answer.status ?? 200), answer.headers)
    response.end(isUnchanged ? undefined : answer.body)
  }
  const sink = await startSink((request, response) => void answerOne(request, response))
  const fetch = createGuardedFetch(PUBLIC)
  return {
    fetch,
    seen,
    url: (path) => sink.url(path),
    async [Symbol.asyncDispose]() {
      await fetch[Symbol.asyncDispose]()
      await sink[Symbol.asyncDispose]()
    },
  }
}

async function createFake(): Promise<World> {
  const seen: Seen[] = []
  const answers = Object.entries(SCRIPT).map(([path, answer]): [string, FakeServer] => [
    `http://feed.test${path}`,
    ({ method, body, headers }) => {
      const text = Buffer.from(body ?? '').toString()
      seen.push({ method, body: text, contentType: headers.get('content-type') })
      return answer
    },
  ])
  const fetch = createFakeGuardedFetch(Object.fromEntries(answers))
  return { fetch, seen, url: (path) => `http://feed.test${path}`, async [Symbol.asyncDispose]() {} }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

describe.each([
  ['the guarded fetch', createReal],
  ['its fake', createFake],
])('%s', (_name, create) => {
  it('answers with status, headers, address and body', async () => {
    await using world = await create()
    const response = await world.fetch({ url: world.url('/hello#part') })
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/plain')
    expect(response.url).toBe(world.url('/hello'))
    expect(response.redirects).toEqual([])
    expect(text(await response.read())).toBe('hello')
  })

  it.each([
    ['/missing', 404, 'no such page'],
    ['/empty', 204, ''],
    ['/nowhere', 301, 'no location'],
  ])('hands %s back whatever its status', async (path, status, body) => {
    await using world = await create()
    const response = await world.fetch({ url: world.url(path) })
    expect(response.status).toBe(status)
    expect(text(await response.read())).toBe(body)
  })

  it('keeps bytes as they are', async () => {
    await using world = await create()
    const response = await world.fetch({ url: world.url('/bytes') })
    expect([...(await response.read())]).toEqual([0, 255, 1])
  })

  it('streams a body in pieces and reads it only once', async () => {
    await using world = await create()
    const response = await world.fetch({ url: world.url('/large') })
    let total = 0
    for await (const chunk of response.stream()) total += chunk.byteLength
    expect(total).toBe(200_000)
    expect((await failureOf(response.read())).code).toBe('body-used')
  })

  it('stops at the cap', async () => {
    await using world = await create()
    const response = await world.fetch({ url: world.url('/large'), maxBytes: 1_000 })
    expect((await failureOf(response.read())).code).toBe('response-too-large')
    const headOnly = await world.fetch({
      url: world.url('/large'),
      maxBytes: 1_000,
      method: 'HEAD',
    })
    expect(await headOnly.read()).toHaveLength(0)
  })

  it('says 304 to the ETag of the copy at hand', async () => {
    await using world = await create()
    const same = await world.fetch({ url: world.url('/hello'), ifNoneMatch: '"v1"' })
    expect(same.status).toBe(304)
    expect(await same.read()).toHaveLength(0)
    const other = await world.fetch({ url: world.url('/hello'), ifNoneMatch: '"v0"' })
    expect(other.status).toBe(200)
    const broken = await world.fetch({ url: world.url('/hello'), ifNoneMatch: 'a\nb' })
    expect(broken.status).toBe(200)
  })

  it('row 9: follows redirects and tells each one', async () => {
    await using world = await create()
    const { redirects, url } = await world.fetch({ url: world.url('/moved') })
    const [first, again, end] = [
      world.url('/moved'),
      world.url('/moved-again'),
      world.url('/hello?a=1'),
    ]
    expect(url).toBe(end)
    expect(redirects).toEqual([
      { from: first, to: again, status: 301, isPermanent: true },
      { from: again, to: end, status: 308, isPermanent: true },
    ])
    expect(findPermanentUrl(redirects)).toBe(end)
    const forNow = await world.fetch({ url: world.url('/for-now') })
    expect(forNow.redirects).toHaveLength(3)
    expect(findPermanentUrl(forNow.redirects)).toBeNull()
  })

  it('understands a Location in UTF-8', async () => {
    await using world = await create()
    const response = await world.fetch({ url: world.url('/utf-8') })
    expect(text(await response.read())).toBe('green')
  })

  it('row 8: gives loops and long chains up', async () => {
    await using world = await create()
    expect((await failureOf(world.fetch({ url: world.url('/loop') }))).code).toBe('redirect-loop')
    const short = world.fetch({ url: world.url('/for-now'), maxRedirects: 2 })
    expect((await failureOf(short)).code).toBe('too-many-redirects')
  })

  it('hands the first redirect back when asked to', async () => {
    await using world = await create()
    const response = await world.fetch({ url: world.url('/moved'), redirect: 'manual' })
    expect(response.status).toBe(301)
    expect(response.headers.get('location')).toBe('/moved-again')
  })

  it.each([
    ['/see-other', 'GET', '', null],
    ['/for-now', 'GET', '', null],
    ['/same-method', 'POST', 'a=1', 'application/x-www-form-urlencoded'],
  ])('sends a body on from %s as %s', async (path, method, body, contentType) => {
    await using world = await create()
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    await world.fetch({ url: world.url(path), method: 'POST', body: 'a=1', headers })
    expect(world.seen[0]).toMatchObject({ method: 'POST', body: 'a=1' })
    expect(world.seen.at(-1)).toEqual({ method, body, contentType })
  })

  it.each([
    ['ftp://feed.test/', 'scheme-forbidden'],
    ['no address', 'url-invalid'],
  ])('refuses %s', async (url, code) => {
    await using world = await create()
    const failure = await failureOf(world.fetch({ url, purpose: 'feed' }))
    expect(failure.code).toBe(code)
    expect(failure.message).toMatch(/^The feed at /)
  })

  it('refuses a header that cannot be sent', async () => {
    await using world = await create()
    const request = { url: world.url('/hello'), headers: { 'x-a': 'a\r\nx-b: b' } }
    expect((await failureOf(world.fetch(request))).code).toBe('request-invalid')
  })

  it('throws the reason of an aborted signal as it is', async () => {
    await using world = await create()
    const reason = new Error('the reader went away')
    const early = world.fetch({ url: world.url('/hello'), signal: AbortSignal.abort(reason) })
    await expect(early).rejects.toBe(reason)
    const controller = new AbortController()
    const response = await world.fetch({ url: world.url('/large'), signal: controller.signal })
    const reading = (async () => {
      for await (const _chunk of response.stream()) controller.abort(reason)
    })()
    await expect(reading).rejects.toBe(reason)
  })
})

describe('createFakeGuardedFetch', () => {
  it('remembers what was asked, fails as scripted, and knows no other URL', async () => {
    const fetch = createFakeGuardedFetch({ 'http://a.test': { failure: 'timed-out' } })
    expect((await failureOf(fetch({ url: 'http://a.test/' }))).code).toBe('timed-out')
    expect((await failureOf(fetch({ url: 'http://b.test/' }))).code).toBe('dns-failed')
    expect(fetch.requests.map((request) => request.url)).toEqual([
      'http://a.test/',
      'http://b.test/',
    ])
    expect(fetch.hops.map((hop) => hop.method)).toEqual(['GET', 'GET'])
  })
})
