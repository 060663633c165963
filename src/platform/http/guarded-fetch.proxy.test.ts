import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createGuardedFetch } from './guarded-fetch.ts'
import { codeOf, failureOf, fakeDns, startCanary, startSink } from './test-sinks.ts'

/** Addresses that count as public here, so that nothing but the proxy can reach them. */
const RANGES = { testPublicRanges: ['203.0.113.0/24', '2001:db8::/32'] }

/** An HTTP proxy that takes every tunnel to `port` of this machine. */
async function startProxy(port: number, status = 200) {
  const asked: { target: string; headers: IncomingHttpHeaders }[] = []
  const sockets = new Set<Socket>()
  const proxy = createServer((_request, response) => response.writeHead(405).end())
  proxy.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})))
  proxy.on('connect', (request, socket) => {
    asked.push({ target: request.url ?? '', headers: request.headers })
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(target).pipe(socket)
    })
    sockets.add(target.on('error', () => {}))
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    url: `http://user:p%40ss@127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

describe('a proxy that the owner configured', () => {
  it('row 11: is asked for the address that was checked, and the name stays in the request', async () => {
    await using sink = await startSink((request, response) => response.end(request.headers.host))
    await using proxy = await startProxy(sink.port)
    const { resolve } = fakeDns({ 'feed.test': ['2001:db8::1', '203.0.113.7'] })
    await using fetch = createGuardedFetch({ ...RANGES, resolve, proxyUrl: proxy.url })
    const response = await fetch({ url: 'http://feed.test/rss' })
    expect(Buffer.from(await response.read()).toString()).toBe('feed.test')
    expect(proxy.asked.map((ask) => ask.target)).toEqual(['203.0.113.7:80'])
    const basic = `Basic ${Buffer.from('user:p@ss').toString('base64')}`
    expect(proxy.asked[0]?.headers['proxy-authorization']).toBe(basic)
    expect(sink.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  it('row 11: an IPv6 address goes in brackets', async () => {
    await using sink = await startSink((_request, response) => response.end())
    await using proxy = await startProxy(sink.port)
    await using fetch = createGuardedFetch({ ...RANGES, proxyUrl: proxy.url })
    await fetch({ url: 'http://[2001:db8::1]:8080/' })
    expect(proxy.asked.map((ask) => ask.target)).toEqual(['[2001:db8::1]:8080'])
  })

  it.each([
    ['a literal', 'http://10.0.0.1/'],
    ['a name with a forbidden address', 'http://inner.test/'],
    ['a name with one forbidden address', 'http://mixed.test/'],
    ['the proxy itself', 'http://127.0.0.1/'],
  ])('row 11: is never asked for %s', async (_title, url) => {
    await using proxy = await startProxy(1)
    const { resolve } = fakeDns({
      'inner.test': ['192.168.1.1'],
      'mixed.test': ['203.0.113.7', 'fd00::1'],
    })
    await using fetch = createGuardedFetch({ ...RANGES, resolve, proxyUrl: proxy.url })
    expect(await codeOf(fetch, url)).toBe('address-forbidden')
    expect(proxy.asked).toEqual([])
  })

  it('row 11: a redirect through it meets the same guard', async () => {
    await using canary = await startCanary()
    await using sink = await startSink((_request, response) => {
      response.writeHead(302, { location: canary.url() }).end()
    })
    await using proxy = await startProxy(sink.port)
    await using fetch = createGuardedFetch({ ...RANGES, proxyUrl: proxy.url })
    expect(await codeOf(fetch, 'http://203.0.113.7/')).toBe('address-forbidden')
    expect(canary.connections.accepted).toBe(0)
    expect(proxy.asked).toHaveLength(1)
  })

  it('is not asked for what the owner opened inside', async () => {
    await using inner = await startCanary()
    await using proxy = await startProxy(1)
    await using fetch = createGuardedFetch({
      proxyUrl: proxy.url,
      allow: [`127.0.0.2:${inner.port}`],
    })
    expect((await fetch({ url: inner.url() })).status).toBe(200)
    expect((await fetch.forEndpoint(inner.url())({ url: inner.url() })).status).toBe(200)
    expect(proxy.asked).toEqual([])
  })

  it('that refuses or is gone fails once, without its own words', async () => {
    await using proxy = await startProxy(1, 403)
    await using fetch = createGuardedFetch({ ...RANGES, proxyUrl: proxy.url })
    const failure = await failureOf(fetch({ url: 'http://203.0.113.7/' }))
    expect(failure).toMatchObject({ code: 'proxy-failed', blame: 'us' })
    expect(failure.message).not.toContain('p@ss')
    expect(proxy.asked).toHaveLength(1)
    const gone = createGuardedFetch({ ...RANGES, proxyUrl: 'http://127.0.0.1:1' })
    expect(await codeOf(gone, 'http://203.0.113.7/')).toBe('proxy-failed')
    await gone[Symbol.asyncDispose]()
  })

  it.each(['socks5://127.0.0.1:1080', 'proxy.lan:3128', 'not a url'])(
    'cannot be %s',
    (proxyUrl) => {
      expect(() => createGuardedFetch({ proxyUrl })).toThrow('http or https address')
    },
  )
})
