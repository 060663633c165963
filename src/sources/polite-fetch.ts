import { setTimeout as sleep } from 'node:timers/promises'
import type { GuardedFetch } from '../platform/http/guarded-fetch.ts'
import type { GuardedResponse } from '../platform/http/guarded-request.ts'

export type PoliteOptions = {
  /** Pause between the end of one request to a host and the next; 1 s if left out. */
  delayMs?: number
  /** Hosts that serve so many shows that they allow another pause. */
  delayMsOfHost?: Readonly<Record<string, number>>
}

const DELAY_MS = 1_000

/**
 * A fetch that asks each host one thing at a time, with a pause between two, however many ask at
 * once in this process. The next one's turn comes when the body before it was read or given up.
 */
export function createPoliteFetch(fetch: GuardedFetch, options: PoliteOptions = {}): GuardedFetch {
  const { delayMs = DELAY_MS, delayMsOfHost = {} } = options
  /** The end of the line of each host that anybody waits for or has just been asked. */
  const ends = new Map<string, Promise<void>>()
  return async (request) => {
    const host = URL.parse(request.url)?.host ?? ''
    // A sample is read from our own disk.
    if (host === '') return fetch(request)
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>()
    const turn = ends.get(host) ?? Promise.resolve()
    const last = turn.then(() => isOver).then(() => pause(delayMsOfHost[host] ?? delayMs))
    ends.set(host, last)
    void last.then(() => {
      if (ends.get(host) === last) ends.delete(host)
    })
    try {
      await Promise.race([turn, abortOf(request.signal)])
      request.signal?.throwIfAborted()
      return endingWith(await fetch(request), end)
    } catch (error) {
      end()
      throw error
    }
  }
}

/** Does not keep the program from ending. */
const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false })

/** Ends when the signal is aborted; never without one. */
function abortOf(signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (signal?.aborted) resolve()
  signal?.addEventListener('abort', () => resolve(), { once: true })
  return promise
}

function endingWith(response: GuardedResponse, end: () => void): GuardedResponse {
  return {
    ...response,
    read: () => response.read().finally(end),
    readEncoded: () => response.readEncoded().finally(end),
    async *stream() {
      try {
        yield* response.stream()
      } finally {
        end()
      }
    },
    cancel() {
      response.cancel()
      end()
    },
  }
}
