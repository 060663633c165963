import { followRedirects, type Hop, type HopAnswer } from './follow-redirects.ts'
import type { GuardedFetch } from './guarded-fetch.ts'
import type { GuardedRequest } from './guarded-request.ts'
import { createResponse } from './guarded-response.ts'
import { type HttpFailureCode, httpFailure } from './http-failures.ts'

/** What a scripted server says. Status 200 and an empty body unless given. */
export type FakeAnswer =
  | {
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string | Uint8Array
    }
  | { readonly failure: HttpFailureCode }

/** One answer for every request, or one that is made from the request. */
export type FakeServer = FakeAnswer | ((request: FakeHop) => FakeAnswer)

/** One request as a server would see it, redirects included. */
export interface FakeHop {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: string | Uint8Array | null
}

/** The fake fetch and all that it was asked, in order. */
export interface FakeGuardedFetch extends GuardedFetch {
  /** What callers asked for. */
  readonly requests: readonly GuardedRequest[]
  /** What was sent, hop by hop. */
  readonly hops: readonly FakeHop[]
}

const POLICY = { allowed: new Set<string>(), own: new Set<string>(), endpoint: null }
const DEFAULT_MAX_BYTES = 20_000_000
const CHUNK_BYTES = 65_536

/**
 * A guarded fetch that answers from a table of URL → answer without any network. Redirects, size
 * caps, conditional requests (by the answer's ETag), one-time bodies and aborts work as in the real
 * one, which passes the same tests. A URL that is not in the table fails as `dns-failed`.
 */
export function createFakeGuardedFetch(
  answers: Readonly<Record<string, FakeServer>>,
): FakeGuardedFetch {
  const servers = new Map(Object.entries(answers).map(([url, server]) => [keyOf(url), server]))
  const requests: GuardedRequest[] = []
  const hops: FakeHop[] = []

  const fetch: GuardedFetch = async (request) => {
    requests.push(request)
    const journey = await followRedirects(request, {
      policy: { ...POLICY, isAnyPortOpen: true },
      userAgent: 'murmurcast',
      send: async (hop) => {
        request.signal?.throwIfAborted()
        const seen = { ...hop, url: hop.url.href }
        hops.push(seen)
        const server = servers.get(hop.url.href)
        if (server === undefined) throw httpFailure('dns-failed', hop.about)
        return answer(hop, {
          script: typeof server === 'function' ? server(seen) : server,
          request,
        })
      },
    })
    return createResponse(journey, () => {})
  }
  return Object.assign(fetch, { requests, hops })
}

function answer(
  hop: Hop,
  { script, request }: { script: FakeAnswer; request: GuardedRequest },
): HopAnswer {
  if ('failure' in script) throw httpFailure(script.failure, hop.about)
  const headers = new Headers(script.headers)
  const etag = headers.get('etag')
  const isUnchanged = etag !== null && hop.headers.get('if-none-match') === etag
  const hasBody = !isUnchanged && hop.method !== 'HEAD'
  const body = hasBody ? Buffer.from(script.body ?? '') : Buffer.alloc(0)
  const maxBytes = request.maxBytes ?? DEFAULT_MAX_BYTES
  async function* chunks(): AsyncGenerator<Uint8Array> {
    if (body.length > maxBytes) {
      throw httpFailure('response-too-large', hop.about, { detail: `${maxBytes} bytes` })
    }
    for (let at = 0; at < body.length; at += CHUNK_BYTES) {
      request.signal?.throwIfAborted()
      yield body.subarray(at, at + CHUNK_BYTES)
    }
  }
  async function* decode(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const status = isUnchanged ? 304 : (script.status ?? 200)
  return { status, headers, chunks, encodedChunks: chunks, decode, cancel() {} }
}

function keyOf(url: string): string {
  const parsed = new URL(url)
  parsed.hash = ''
  return parsed.href
}
