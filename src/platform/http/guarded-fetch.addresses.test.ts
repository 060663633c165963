import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createGuardedFetch } from './guarded-fetch.ts'
import {
  codeOf,
  failureOf,
  fakeDns,
  PUBLIC,
  redirectTo,
  startCanary,
  startRawAnswer,
  startSink,
} from './test-sinks.ts'

const FIXTURE = '../shared/fixtures/hostile/ssrf/ssrf-urls-extracted.txt'

/** Names in the vectors that lead outside; nobody answers for them here. */
const UNKNOWN_HOST = /^(?:example\.com|[\w.]+\.r3dir\.me|\$\{aws_lambda_runtime_api\})$/

/** Counts the client sockets that are made while `work` runs. */
async function countSockets(work: () => Promise<unknown>): Promise<number> {
  let count = 0
  const onSocket = () => {
    count += 1
  }
  subscribe('net.client.socket', onSocket)
  await work().finally(() => unsubscribe('net.client.socket', onSocket))
  return count
}

afterEach(() => vi.unstubAllEnvs())

describe('literal addresses', () => {
  it.each([
    ['row 1', 'http://127.0.0.1/'],
    ['row 1', 'http://10.0.0.1/'],
    ['row 1', 'http://172.16.0.1/'],
    ['row 1', 'http://192.168.0.1/'],
    ['row 1', 'http://100.64.0.1/'],
    ['row 1', 'http://0.0.0.0/'],
    ['row 1', 'http://192.0.0.8/'],
    ['row 1', 'http://198.18.0.1/'],
    ['row 1', 'http://224.0.0.1/'],
    ['row 1', 'http://255.255.255.255/'],
    ['row 2', 'http://127.1/'],
    ['row 2', 'http://0177.0.0.1/'],
    ['row 2', 'http://2130706433/'],
    ['row 2', 'http://0/'],
    ['row 3', 'http://[::1]/'],
    ['row 3', 'https://[::]/'],
    ['row 3', 'https://[fc00::1]/'],
    ['row 3', 'http://[fec0::1]/'],
    ['row 4', 'http://[::ffff:127.0.0.1]/'],
    ['row 4', 'http://[::ffff:7f00:1]/'],
    ['row 5', 'http://[::127.0.0.1]/'],
    ['row 5', 'http://[64:ff9b::a9fe:a9fe]/'],
    ['row 5', 'http://[2002:7f00:1::]/'],
    ['row 14', 'http://169.254.169.254/latest/meta-data/'],
    ['row 14', 'http://[fd00:ec2::254]/latest/meta-data/'],
    ['row 14', 'http://100.100.100.200/latest/meta-data/'],
    ['row 14', 'http://168.63.129.16/machine'],
  ])('%s: %s is refused before there is a socket', async (_row, url) => {
    await using fetch = createGuardedFetch()
    const sockets = await countSockets(async () => {
      expect(await codeOf(fetch, url)).toBe('address-forbidden')
    })
    expect(sockets).toBe(0)
  })
})

describe.skipIf(!existsSync(FIXTURE))('the collected SSRF vectors', () => {
  it('rows 1 to 6, 10 and 14: none of them opens a connection', async () => {
    const urls = readFileSync(FIXTURE, 'utf8').split('\n').filter(Boolean)
    const inner = { metadata: ['169.254.169.254'], localhost: ['127.0.0.1', '::1'] }
    const { resolve } = fakeDns({
      ...inner,
      'metadata.google.internal': inner.metadata,
      'instance-data': inner.metadata,
      '169.254.169.254.nip.io': inner.metadata,
      'ip6-localhost': ['::1'],
      'ip6-loopback': ['::1'],
    })
    await using fetch = createGuardedFetch({ resolve, connectTimeoutMs: 500 })
    const outcomes = await Promise.all(urls.map(async (url) => [url, await codeOf(fetch, url)]))
    const refused = /^(address-forbidden|port-forbidden|scheme-forbidden|url-invalid)$/
    const lookedUp = outcomes.filter(([, code]) => !refused.test(code ?? ''))
    // What is left are names of the open internet, which no one answers for here.
    expect(new Set(lookedUp.map(([, code]) => code))).toEqual(new Set(['dns-failed']))
    const hosts = lookedUp.map(([url]) => new URL(url ?? '').hostname)
    expect(hosts.filter((host) => !UNKNOWN_HOST.test(host))).toEqual([])
  })
})

describe('names', () => {
  it.each([
    ['a private A record', ['10.0.0.1']],
    ['an AAAA record only', ['fd00::1']],
    ['an AAAA record with IPv4 inside', ['::ffff:7f00:2']],
    ['a forbidden answer after a public one', ['127.0.0.1', '127.0.0.2']],
    ['a forbidden answer before a public one', ['127.0.0.2', '127.0.0.1']],
    ['a zone', ['fe80::1%lo']],
  ])('row 6: %s refuses the name', async (_title, answers) => {
    await using canary = await startCanary()
    const { resolve } = fakeDns({ 'feed.test': answers })
    await using fetch = createGuardedFetch({ ...PUBLIC, resolve })
    expect(await codeOf(fetch, canary.url('/', 'feed.test'))).toBe('address-forbidden')
    expect(canary.connections.accepted).toBe(0)
  })

  it.each([
    ['row 14', 'metadata.google.internal', '169.254.169.254'],
    ['row 14', 'metadata.goog', 'fd20:ce::254'],
    ['row 6', 'localhost', '127.0.0.1'],
  ])('%s: %s is refused by its address', async (_row, host, address) => {
    const { resolve } = fakeDns({ [host]: [address] })
    await using fetch = createGuardedFetch({ resolve })
    expect(await codeOf(fetch, `http://${host}/computeMetadata/v1/`)).toBe('address-forbidden')
  })

  it('row 6: the name of this machine is refused by its real answers', async () => {
    await using fetch = createGuardedFetch()
    expect(await codeOf(fetch, 'http://localhost/')).toBe('address-forbidden')
  })

  it('row 7: the socket goes to the answer that was checked, and asks only once', async () => {
    await using sink = await startSink((_request, response) => {
      response.setHeader('connection', 'close').end('public')
    })
    await using canary = await startCanary()
    let asked = 0
    const rebind = () => {
      asked += 1
      return asked % 2 === 1 ? ['127.0.0.1'] : ['127.0.0.2']
    }
    const { resolve } = fakeDns({ 'rebind.test': rebind })
    await using fetch = createGuardedFetch({ ...PUBLIC, resolve })
    const url = sink.url('/', 'rebind.test')
    const first = await fetch({ url })
    expect(Buffer.from(await first.read()).toString()).toBe('public')
    expect(asked).toBe(1)
    expect(await codeOf(fetch, url)).toBe('address-forbidden')
    expect(asked).toBe(2)
    expect(await codeOf(fetch, canary.url('/', 'rebind.test'))).not.toBe('address-forbidden')
    expect(canary.connections.accepted).toBe(0)
  })

  it('row 7: a kept connection leads to the checked address although the name has moved', async () => {
    await using sink = await startSink((_request, response) => response.end('public'))
    let answers = ['127.0.0.1']
    const { resolve, queries } = fakeDns({ 'moving.test': () => answers })
    await using fetch = createGuardedFetch({ ...PUBLIC, resolve })
    const url = sink.url('/', 'moving.test')
    await (await fetch({ url })).read()
    // A connection is looked at once more before it is used again.
    await setTimeout(20)
    answers = ['127.0.0.2']
    const again = await fetch({ url })
    expect(Buffer.from(await again.read()).toString()).toBe('public')
    expect(sink.connections.accepted).toBe(1)
    expect(queries).toHaveLength(1)
  })
})

describe('ports', () => {
  it.each([22, 25, 5432, 6379, 8080])(
    'row 10: port %i is refused before there is a socket',
    async (port) => {
      await using fetch = createGuardedFetch()
      const sockets = await countSockets(async () => {
        expect(await codeOf(fetch, `http://example.com:${port}/`)).toBe('port-forbidden')
      })
      expect(sockets).toBe(0)
    },
  )
})

describe('proxies in the environment', () => {
  it.each(['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'])(
    'row 11: %s is not used and opens nothing',
    async (name) => {
      await using canary = await startCanary()
      await using sink = await startSink((_request, response) => response.end('direct'))
      vi.stubEnv(name, canary.url())
      vi.stubEnv('NODE_USE_ENV_PROXY', '1')
      await using fetch = createGuardedFetch(PUBLIC)
      const response = await fetch({ url: sink.url() })
      expect(Buffer.from(await response.read()).toString()).toBe('direct')
      expect(await codeOf(fetch, canary.url())).toBe('address-forbidden')
      expect(canary.connections.accepted).toBe(0)
    },
  )
})

describe('what the owner opens', () => {
  it('row 18: an allowed host and port is reached, the one beside it is not', async () => {
    await using inner = await startCanary()
    await using canary = await startCanary()
    await using fetch = createGuardedFetch({ allow: [`127.0.0.2:${inner.port}`] })
    const response = await fetch({ url: inner.url() })
    expect(response.status).toBe(200)
    expect(await codeOf(fetch, canary.url())).toBe('port-forbidden')
    expect(canary.connections.accepted).toBe(0)
  })

  it('row 18: an allowed name is reached whatever its address, and by no other name', async () => {
    await using inner = await startCanary()
    const { resolve } = fakeDns({ 'rss.lan': ['127.0.0.2'], 'evil.test': ['127.0.0.2'] })
    await using fetch = createGuardedFetch({ resolve, allow: [`rss.lan:${inner.port}`], ...PUBLIC })
    expect((await fetch({ url: inner.url('/', 'rss.lan') })).status).toBe(200)
    expect(await codeOf(fetch, inner.url('/', 'evil.test'))).toBe('address-forbidden')
  })

  it('an endpoint is reached by its own fetch alone, even while its connection is open', async () => {
    await using endpoint = await startCanary()
    await using fetch = createGuardedFetch(PUBLIC)
    const ask = fetch.forEndpoint(endpoint.url('/v1'))
    await (await ask({ url: endpoint.url('/v1/models') })).read()
    expect(endpoint.connections.open).toBe(1)
    expect(await codeOf(fetch, endpoint.url('/v1/models'))).toBe('address-forbidden')
    expect(endpoint.requests).toHaveLength(1)
  })

  it('an endpoint’s fetch opens nothing else, also by redirect', async () => {
    await using canary = await startCanary()
    await using endpoint = await startSink((_request, response) => {
      response.writeHead(307, { location: canary.url() }).end()
    }, '127.0.0.3')
    await using fetch = createGuardedFetch()
    const ask = fetch.forEndpoint(endpoint.url())
    expect(await codeOf(ask, endpoint.url())).toBe('endpoint-only')
    expect(await codeOf(ask, 'https://example.com/')).toBe('endpoint-only')
    expect(canary.connections.accepted).toBe(0)
  })
})

describe('our own addresses', () => {
  it('row 17: this installation is not fetched, also by redirect', async () => {
    await using own = await startSink((_request, response) => response.end())
    await using sink = await redirectTo(own.url('/feeds/all'))
    await using fetch = createGuardedFetch({ ...PUBLIC, ownOrigins: [own.url()] })
    expect(await codeOf(fetch, own.url('/feeds/all'))).toBe('own-instance')
    expect(await codeOf(fetch, sink.url())).toBe('own-instance')
    expect(own.connections.accepted).toBe(0)
  })
})

describe('messages', () => {
  it('row 15: the banner of an inner service is not repeated, not even in the cause', async () => {
    await using redis = await startRawAnswer('-ERR unknown command SECRET-BANNER\r\n')
    await using fetch = createGuardedFetch({ allow: [`127.0.0.1:${redis.port}`] })
    const failure = await failureOf(fetch({ url: redis.url() }))
    expect(failure.code).toBe('response-invalid')
    const everything = `${failure.message} ${JSON.stringify(failure.cause)} ${failure.cause}`
    expect(everything).not.toContain('SECRET-BANNER')
  })

  it('row 15: a refusal does not tell the forbidden address behind a name', async () => {
    const { resolve } = fakeDns({ 'inner.test': ['10.11.12.13'] })
    await using fetch = createGuardedFetch({ resolve })
    const failure = await failureOf(fetch({ url: 'http://user:pass@inner.test/?token=t0k3n' }))
    expect(failure.message).toContain('http://inner.test/?token=…')
    expect(`${failure.message}${JSON.stringify(failure)}`).not.toMatch(/10\.11|pass\b|t0k3n/)
  })
})
