import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGuardedFetch } from './guarded-fetch.ts'
import { AUTHORITY, EXPIRED_CERT, EXPIRED_KEY, GOOD_CERT, GOOD_KEY } from './test-certificates.ts'
import { failureOf, fakeDns, PUBLIC, startCanary } from './test-sinks.ts'

const known = getCACertificates()
beforeAll(() => setDefaultCACertificates([...known, AUTHORITY]))
afterAll(() => setDefaultCACertificates(known))

async function startSecure(identity: { cert: string; key: string }, location?: string) {
  const names: (string | false | null)[] = []
  const server = createServer(identity, (request, response) => {
    names.push((request.socket as TLSSocket & { servername?: string }).servername ?? null)
    if (location === undefined) response.end('safe')
    else response.writeHead(302, { location }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    names,
    port,
    url: (host: string) => `https://${host}:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const good = { cert: GOOD_CERT, key: GOOD_KEY }
const expired = { cert: EXPIRED_CERT, key: EXPIRED_KEY }
const { resolve } = fakeDns({ 'secure.test': ['127.0.0.1'], 'other.test': ['127.0.0.1'] })

describe('https', () => {
  it('row 7: connects to the checked address under the name that was asked for', async () => {
    await using server = await startSecure(good)
    await using fetch = createGuardedFetch({ ...PUBLIC, resolve })
    const response = await fetch({ url: server.url('secure.test') })
    expect(Buffer.from(await response.read()).toString()).toBe('safe')
    expect(server.names).toEqual(['secure.test'])
  })

  it.each([
    ['an expired certificate', expired, 'secure.test', 'its certificate has expired'],
    [
      'a certificate of another host',
      good,
      'other.test',
      'its certificate belongs to another host',
    ],
  ])('row 27: refuses %s and says so', async (_title, identity, host, detail) => {
    await using server = await startSecure(identity)
    await using fetch = createGuardedFetch({ ...PUBLIC, resolve })
    const failure = await failureOf(fetch({ url: server.url(host) }))
    expect(failure.code).toBe('tls-failed')
    expect(failure.message).toContain(detail)
    expect(server.names).toEqual([])
  })

  it('row 27: refuses a signer that nobody knows', async () => {
    setDefaultCACertificates(known)
    try {
      await using server = await startSecure(good)
      await using fetch = createGuardedFetch({ ...PUBLIC, resolve })
      const failure = await failureOf(fetch({ url: server.url('secure.test') }))
      expect(failure.code).toBe('tls-failed')
      expect(failure.message).toContain('not signed by an authority we know')
    } finally {
      setDefaultCACertificates([...known, AUTHORITY])
    }
  })

  it('row 27: says that a plain server does not speak TLS', async () => {
    await using plain = await startCanary('127.0.0.1')
    await using fetch = createGuardedFetch(PUBLIC)
    const failure = await failureOf(fetch({ url: `https://127.0.0.1:${plain.port}/` }))
    expect(failure.code).toBe('tls-failed')
  })

  it('row 8: a password does not go down to plain http, not even to the same host', async () => {
    await using canary = await startCanary('127.0.0.1')
    await using server = await startSecure(good, canary.url('/', 'secure.test'))
    await using fetch = createGuardedFetch({ ...PUBLIC, resolve })
    const url = server.url('secure.test').replace('https://', 'https://user:pass@')
    expect((await failureOf(fetch({ url }))).code).toBe('redirect-downgrade')
    expect(canary.connections.accepted).toBe(0)
    expect((await fetch({ url: server.url('secure.test') })).status).toBe(200)
  })
})
