import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createFakeGuardedFetch, type FakeServer } from '../../platform/http/fake-guarded-fetch.ts'
import { FeedFailure, type FeedReading, readFeed } from './read-feed.ts'

const url = 'https://feed.example/show.xml'
const now = new Date('2026-11-23T12:00:00Z')
const BODY =
  '<rss version="2.0"><channel><title>Salt</title><item><guid>1</guid><title>One</title></item></channel></rss>'
const HASH = createHash('sha256').update(BODY).digest('hex')
const NOTHING = { etag: null, lastModified: null, bodyHash: null }

function read(server: FakeServer, more: Partial<Parameters<typeof readFeed>[0]> = {}) {
  const fetch = createFakeGuardedFetch({ [url]: server })
  return { fetch, reading: readFeed({ url, fetch, now, previous: NOTHING, ...more }) }
}

function titlesOf(reading: FeedReading) {
  return reading.outcome === 'changed' ? reading.feed.episodes.map(({ title }) => title) : null
}

describe('readFeed', () => {
  it('reads a feed and keeps its traces', async () => {
    const headers = {
      etag: '"v1"',
      'last-modified': 'Sun, 22 Nov 2026 10:00:00 GMT',
      'cache-control': 'public, max-age=600',
    }
    const { fetch, reading } = read({ headers, body: BODY })
    const result = await reading
    expect(result).toMatchObject({
      outcome: 'changed',
      etag: '"v1"',
      lastModified: 'Sun, 22 Nov 2026 10:00:00 GMT',
      bodyHash: HASH,
      freshForSeconds: 600,
      redirectedTo: null,
    })
    expect(titlesOf(result)).toEqual(['One'])
    expect(fetch.requests[0]).toMatchObject({
      purpose: 'feed',
      ifNoneMatch: null,
      ifModifiedSince: null,
    })
  })

  it('asks whether its copy is still good, and parses nothing when it is', async () => {
    const previous = { etag: '"v1"', lastModified: 'yesterday', bodyHash: 'old' }
    const { fetch, reading } = read({ headers: { etag: '"v1"' }, body: 'never read' }, { previous })
    expect(await reading).toEqual({
      outcome: 'unchanged',
      by: 'etag',
      etag: '"v1"',
      lastModified: 'yesterday',
      bodyHash: 'old',
      redirectedTo: null,
      freshForSeconds: null,
    })
    expect(fetch.requests[0]).toMatchObject({ ifNoneMatch: '"v1"', ifModifiedSince: 'yesterday' })
  })

  it('knows an unchanged body by its hash, before it is decoded or parsed', async () => {
    const garbage = 'not a feed at all'
    const bodyHash = createHash('sha256').update(garbage).digest('hex')
    const { reading } = read(
      { headers: { etag: '"v2"' }, body: garbage },
      { previous: { ...NOTHING, bodyHash } },
    )
    expect(await reading).toMatchObject({
      outcome: 'unchanged',
      by: 'body-hash',
      etag: '"v2"',
      bodyHash,
    })
  })

  it('leaves out known episodes', async () => {
    expect(titlesOf(await read({ body: BODY }, { knownGuids: new Set(['1']) }).reading)).toEqual([])
  })

  it('minds the charset of the answer', async () => {
    const body = Buffer.from(BODY.replace('One', 'Café'), 'latin1')
    const headers = { 'content-type': 'text/xml; charset=iso-8859-1' }
    expect(titlesOf(await read({ headers, body }).reading)).toEqual(['Café'])
  })

  it('tells where a feed moved for good, and nothing of a detour', async () => {
    const there = 'https://new.example/show.xml'
    const move = async (status: number) => {
      const fetch = createFakeGuardedFetch({
        [url]: { status, headers: { location: there } },
        [there]: { body: BODY },
      })
      const { redirectedTo } = await readFeed({ url, fetch, now })
      return redirectedTo
    }
    expect(await move(301)).toBe(there)
    expect(await move(308)).toBe(there)
    expect(await move(302)).toBeNull()
    expect(await move(307)).toBeNull()
  })

  it.each([
    ['no-store', null],
    ['no-cache, max-age=60', null],
    ['max-age=0', 0],
    ['max-age=999999999', 86_400],
    ['private, max-age="120"', 120],
    ['max-age=soon', null],
  ])('reads how long an answer is fresh from %j', async (header, seconds) => {
    const { freshForSeconds } = await read({ headers: { 'cache-control': header }, body: BODY })
      .reading
    expect(freshForSeconds).toBe(seconds)
  })

  it.each([
    [401, 'feed-needs-login', /user name and password/],
    [403, 'feed-forbidden', /refuses/],
    [404, 'feed-not-found', /not there/],
    [410, 'feed-gone', /for good/],
    [429, 'feed-rate-limited', /too often/],
    [500, 'feed-server-error', /trouble of its own \(500\)/],
    [503, 'feed-server-error', /trouble of its own \(503\)/],
    [204, 'feed-bad-status', /status 204/],
    [418, 'feed-bad-status', /status 418/],
  ])('says in words what %i means', async (status, code, words) => {
    const failure = await read({ status, body: 'x' }).reading.catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(FeedFailure)
    expect(failure).toMatchObject({ code, status, retryAt: null, blame: 'outside' })
    expect((failure as FeedFailure).message).toMatch(words)
    expect((failure as FeedFailure).message).toContain('https://feed.example/show.xml')
  })

  it.each([
    ['120', '2026-11-23T12:02:00.000Z'],
    ['Mon, 23 Nov 2026 13:00:00 GMT', '2026-11-23T13:00:00.000Z'],
    ['99999999', '2026-11-24T12:00:00.000Z'],
  ])('comes again when it is asked to: %s', async (header, expected) => {
    const server = { status: 429, headers: { 'retry-after': header } }
    const failure = await read(server).reading.catch((error: unknown) => error)
    expect((failure as FeedFailure).retryAt?.toISOString()).toBe(expected)
  })

  it('passes on what the fetch and the parser refuse', async () => {
    await expect(read({ failure: 'timed-out' }).reading).rejects.toMatchObject({
      code: 'timed-out',
    })
    await expect(read({ body: '<html></html>' }).reading).rejects.toMatchObject({
      code: 'feed-is-html',
    })
    await expect(read({ body: '' }).reading).rejects.toMatchObject({ code: 'feed-empty' })
    await expect(read({ body: gzipSync(BODY).subarray(0, 40) }).reading).rejects.toMatchObject({
      code: 'not-a-feed',
    })
    const big = read({ body: 'x'.repeat(2000) }, { maxBytes: 1000 })
    await expect(big.reading).rejects.toMatchObject({ code: 'response-too-large' })
  })
})
