import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createFakeGuardedFetch } from '../platform/http/fake-guarded-fetch.ts'
import type { GuardedFetch } from '../platform/http/guarded-fetch.ts'
import { createPoliteFetch, type PoliteOptions } from './polite-fetch.ts'

const answers = Object.fromEntries(
  ['a', 'b', 'c'].flatMap((host) =>
    [1, 2, 3].map((n) => [`https://${host}.example/${n}`, { body: 'x' }]),
  ),
)

/** A fetch that notes how many requests of a host are open at once and when each began. */
const watched = (options: PoliteOptions) => {
  const open = new Map<string, number>()
  const seen = { most: 0, starts: [] as { host: string; at: number }[] }
  const fake = createFakeGuardedFetch(answers)
  const counting: GuardedFetch = async (request) => {
    const { host } = new URL(request.url)
    open.set(host, (open.get(host) ?? 0) + 1)
    seen.most = Math.max(seen.most, open.get(host) ?? 0)
    seen.starts.push({ host, at: performance.now() })
    const response = await fake(request)
    return {
      ...response,
      read: async () => {
        await sleep(5)
        open.set(host, (open.get(host) ?? 0) - 1)
        return response.read()
      },
    }
  }
  return { seen, fetch: createPoliteFetch(counting, options) }
}
const read = async (fetch: GuardedFetch, url: string) => (await fetch({ url })).read()

describe('createPoliteFetch', () => {
  it('asks a host one thing at a time with a pause, and other hosts meanwhile', async () => {
    const { seen, fetch } = watched({ delayMs: 40 })
    await Promise.all(Object.keys(answers).map((url) => read(fetch, url)))
    expect(seen.most).toBe(1)
    expect(new Set(seen.starts.slice(0, 3).map(({ host }) => host)).size).toBe(3)
    for (const host of ['a.example', 'b.example', 'c.example']) {
      const times = seen.starts.filter((start) => start.host === host).map(({ at }) => at)
      expect(times).toHaveLength(3)
      for (const [n, at] of times.slice(1).entries())
        expect(at - (times[n] ?? 0)).toBeGreaterThan(38)
    }
  })

  it('takes the pause that a host allows', async () => {
    const { fetch } = watched({ delayMs: 60_000, delayMsOfHost: { 'a.example': 0 } })
    await read(fetch, 'https://a.example/1')
    expect(await read(fetch, 'https://a.example/2')).toHaveLength(1)
  })

  it.each(['read', 'readEncoded', 'stream', 'cancel'] as const)('goes on after %s', async (way) => {
    const fake = createFakeGuardedFetch(answers)
    const fetch = createPoliteFetch(fake, { delayMs: 1 })
    const response = await fetch({ url: 'https://a.example/1' })
    if (way === 'stream') for await (const _chunk of response.stream());
    else await response[way]()
    expect(await read(fetch, 'https://a.example/2')).toHaveLength(1)
  })

  it('goes on after a failure, a body that is given up, and one who stops waiting', async () => {
    const { fetch } = watched({ delayMs: 1 })
    await expect(fetch({ url: 'https://a.example/none' })).rejects.toMatchObject({
      code: 'dns-failed',
    })
    const held = await fetch({ url: 'https://a.example/1' })
    const patience = new AbortController()
    const waiting = fetch({ url: 'https://a.example/2', signal: patience.signal })
    patience.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    held.cancel()
    expect(await read(fetch, 'https://a.example/3')).toHaveLength(1)
  })
})
