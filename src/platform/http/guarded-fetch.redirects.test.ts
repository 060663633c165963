import { describe, expect, it } from 'vitest'
import { createFakeGuardedFetch } from './fake-guarded-fetch.ts'
import { createGuardedFetch } from './guarded-fetch.ts'
import {
  codeOf,
  failureOf,
  fakeDns,
  PUBLIC,
  redirectTo,
  startCanary,
  startSink,
} from './test-sinks.ts'

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])(
    'row 8: a %i to a forbidden address stops there',
    async (status) => {
      await using canary = await startCanary()
      await using sink = await redirectTo(canary.url('/secret'), status)
      await using fetch = createGuardedFetch(PUBLIC)
      const failure = await failureOf(fetch({ url: sink.url(), purpose: 'feed' }))
      expect(failure).toMatchObject({ code: 'address-forbidden', blame: 'outside' })
      expect(failure.message).toContain(
        `The feed at ${sink.url()}, redirected to ${canary.url('/secret')},`,
      )
      expect(canary.connections.accepted).toBe(0)
    },
  )

  it('row 8: a redirect to a name with a forbidden address stops there', async () => {
    await using canary = await startCanary()
    await using sink = await redirectTo(canary.url('/', 'inner.test'))
    const { resolve } = fakeDns({ 'inner.test': ['127.0.0.2'] })
    await using fetch = createGuardedFetch({ ...PUBLIC, resolve })
    expect(await codeOf(fetch, sink.url())).toBe('address-forbidden')
    expect(canary.connections.accepted).toBe(0)
  })

  it.each([
    ['file:///etc/passwd', 'scheme-forbidden'],
    ['gopher://127.0.0.1:6379/_FLUSHALL', 'scheme-forbidden'],
    ['ftp://127.0.0.1/', 'scheme-forbidden'],
    ['data:text/xml,<rss/>', 'scheme-forbidden'],
    ['javascript:alert(1)', 'scheme-forbidden'],
    ['http://', 'url-invalid'],
    ['http://[::1', 'url-invalid'],
  ])('row 8: a redirect to %s is refused', async (location, code) => {
    await using sink = await redirectTo(location)
    await using fetch = createGuardedFetch(PUBLIC)
    const failure = await failureOf(fetch({ url: sink.url() }))
    expect(failure).toMatchObject({ code, blame: 'outside' })
  })

  it('row 8: five hops pass, the sixth does not, and ten can be allowed', async () => {
    await using sink = await startSink((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) response.end('arrived')
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    })
    await using fetch = createGuardedFetch(PUBLIC)
    expect((await fetch({ url: sink.url('/5') })).redirects).toHaveLength(5)
    expect(await codeOf(fetch, sink.url('/6'))).toBe('too-many-redirects')
    const enclosure = await fetch({ url: sink.url('/10'), maxRedirects: 10 })
    expect(enclosure.url).toBe(sink.url('/0'))
    const failure = await failureOf(fetch({ url: sink.url('/11'), maxRedirects: 10 }))
    expect(failure.code).toBe('too-many-redirects')
  })

  it('row 8: a loop is known as one', async () => {
    await using sink = await startSink((request, response) => {
      response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a#again' }).end()
    })
    await using fetch = createGuardedFetch(PUBLIC)
    expect(await codeOf(fetch, sink.url('/a'))).toBe('redirect-loop')
    expect(sink.requests).toHaveLength(2)
  })

  it.each([
    ['an Authorization header', { headers: { authorization: 'Bearer x' } }, 'https://a.test/'],
    ['a Cookie header', { headers: { cookie: 'session=x' } }, 'https://a.test/'],
    ['a password in the URL', {}, 'https://user:pass@a.test/'],
  ])('row 8: %s is not carried from https down to http', async (_title, extra, url) => {
    const fetch = createFakeGuardedFetch({
      'https://a.test/': { status: 302, headers: { location: 'http://a.test/plain' } },
      'http://a.test/plain': {},
    })
    expect((await failureOf(fetch({ ...extra, url }))).code).toBe('redirect-downgrade')
    expect(fetch.hops).toHaveLength(1)
    expect((await fetch({ url: 'https://a.test/' })).url).toBe('http://a.test/plain')
  })

  it('row 9: says which redirects are permanent and never that a forbidden one is', async () => {
    await using canary = await startCanary()
    await using sink = await redirectTo(canary.url(), 301)
    await using fetch = createGuardedFetch(PUBLIC)
    expect(await codeOf(fetch, sink.url())).toBe('address-forbidden')
    const fake = createFakeGuardedFetch({
      'http://a.test/1': { status: 301, headers: { location: '/2' } },
      'http://a.test/2': { status: 302, headers: { location: '/3' } },
      'http://a.test/3': {},
    })
    const { redirects } = await fake({ url: 'http://a.test/1' })
    expect(redirects.map((redirect) => redirect.isPermanent)).toEqual([true, false])
  })

  it('row 16: credentials and unknown headers stay with the origin that they were meant for', async () => {
    await using other = await startSink((_request, response) => response.end())
    await using sink = await startSink((request, response) => {
      const location = request.url === '/same' ? '/other' : other.url('/end')
      response.writeHead(307, { location }).end()
    })
    await using fetch = createGuardedFetch(PUBLIC)
    const headers = { cookie: 'session=1', 'x-api-key': 'k', accept: 'text/xml', range: 'bytes=0-' }
    const withPassword = sink.url('/same').replace('http://', 'http://user:pass@')
    const response = await fetch({ url: withPassword, headers, ifNoneMatch: '"v1"' })
    const basic = `Basic ${Buffer.from('user:pass').toString('base64')}`
    for (const request of sink.requests) {
      expect(request.headers).toMatchObject({ ...headers, authorization: basic })
    }
    expect(sink.requests).toHaveLength(2)
    expect(other.requests[0]?.headers).toMatchObject({
      accept: 'text/xml',
      range: 'bytes=0-',
      'if-none-match': '"v1"',
    })
    expect(Object.keys(other.requests[0]?.headers ?? {})).not.toEqual(
      expect.arrayContaining(['authorization']),
    )
    expect(other.requests[0]?.headers).not.toHaveProperty('cookie')
    expect(other.requests[0]?.headers).not.toHaveProperty('x-api-key')
    expect(JSON.stringify([response.url, response.redirects])).not.toContain('pass')
  })
})
