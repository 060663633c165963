import { displayUrl } from './display-url.ts'
import type { GuardedRequest, HttpMethod, Redirect } from './guarded-request.ts'
import { httpFailure } from './http-failures.ts'
import {
  firstHeaders,
  hasCredentials,
  headersForOtherOrigin,
  headersWithoutBody,
} from './request-headers.ts'
import { readTarget, type Target, type UrlPolicy } from './url-rules.ts'

const DEFAULT_MAX_REDIRECTS = 5
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308])
const PERMANENT_STATUSES = new Set([301, 308])

/** One request to one URL that passed the rules. */
export interface Hop {
  readonly url: URL
  readonly method: HttpMethod
  readonly headers: Headers
  readonly body: string | Uint8Array | null
  /** The subject of every sentence about it: “The feed at https://…”. */
  readonly about: string
  /** Who chose this URL: the caller the first one, the outside world all further ones. */
  readonly chosenBy: 'caller' | 'outside'
}

/** What came back for one hop, its body not yet read. */
export interface HopAnswer {
  readonly status: number
  readonly headers: Headers
  /** The decoded body under its caps; to be called once. */
  readonly chunks: () => AsyncIterable<Uint8Array>
  /** The body before decoding, under the same cap, in place of `chunks`. */
  readonly encodedChunks: () => AsyncIterable<Uint8Array>
  /** Decodes what `encodedChunks` gave. */
  readonly decode: (bytes: Uint8Array) => AsyncIterable<Uint8Array>
  readonly cancel: () => void
}

export interface Journey {
  readonly hop: Hop
  readonly answer: HopAnswer
  readonly redirects: readonly Redirect[]
}

interface Options {
  readonly policy: UrlPolicy
  readonly userAgent: string
  readonly send: (hop: Hop) => Promise<HopAnswer>
}

/**
 * Sends a request and follows what answers, every hop through the same rules, until something
 * other than a redirect comes back. Redirects that loop, are too many, or leave the rules fail.
 */
export async function followRedirects(
  request: GuardedRequest,
  { policy, userAgent, send }: Options,
): Promise<Journey> {
  const most = request.maxRedirects ?? DEFAULT_MAX_REDIRECTS
  const redirects: Redirect[] = []
  const seen = new Set<string>()
  let hop = firstHop(request, policy, userAgent)
  for (;;) {
    seen.add(keyOf(hop))
    const answer = await send(hop)
    const location = findLocation(answer)
    if (location === null || request.redirect === 'manual') return { hop, answer, redirects }
    answer.cancel()
    if (redirects.length >= most) {
      throw httpFailure('too-many-redirects', startOf(request), { detail: most })
    }
    const next = nextHop(hop, { request, policy, location, status: answer.status })
    redirects.push(recordRedirect(hop, next, answer.status))
    if (seen.has(keyOf(next))) throw httpFailure('redirect-loop', startOf(request))
    hop = next
  }
}

/**
 * The URL that a publisher says to use from now on: as far as the redirects are permanent from
 * the first one on. Null when the first was not. To persist it is the caller's decision.
 */
export function findPermanentUrl(redirects: readonly Redirect[]): string | null {
  const firstTemporary = redirects.findIndex((redirect) => !redirect.isPermanent)
  const permanent = firstTemporary === -1 ? redirects : redirects.slice(0, firstTemporary)
  return permanent.at(-1)?.to ?? null
}

function firstHop(request: GuardedRequest, policy: UrlPolicy, userAgent: string): Hop {
  const about = startOf(request)
  const verdict = readTarget(request.url, policy)
  if (!verdict.ok) throw httpFailure(verdict.code, about, { detail: verdict.detail ?? '' })
  const { url, authorization } = verdict.target
  const method = request.method ?? 'GET'
  try {
    const headers = firstHeaders(request, { userAgent, authorization })
    return { url, method, headers, body: request.body ?? null, about, chosenBy: 'caller' }
  } catch (cause) {
    throw httpFailure('request-invalid', about, { detail: 'a header is not valid', cause })
  }
}

interface Step {
  readonly request: GuardedRequest
  readonly policy: UrlPolicy
  readonly location: string
  readonly status: number
}

function nextHop(hop: Hop, { request, policy, location, status }: Step): Hop {
  const to = URL.parse(location, hop.url)?.href ?? location
  const about = `${startOf(request)}, redirected to ${displayUrl(to)},`
  const verdict = readTarget(location, policy, hop.url)
  if (!verdict.ok) {
    throw httpFailure(verdict.code, about, { detail: verdict.detail ?? '', blame: 'outside' })
  }
  const { url, authorization } = verdict.target
  const isDowngrade = hop.url.protocol === 'https:' && url.protocol === 'http:'
  if (isDowngrade && (authorization !== null || hasCredentials(hop.headers))) {
    throw httpFailure('redirect-downgrade', about)
  }
  return { ...redirected(hop, verdict.target, status), about, chosenBy: 'outside' }
}

/** Method, headers and body of the next request, as the Fetch standard's HTTP-redirect fetch. */
function redirected(hop: Hop, { url, authorization }: Target, status: number) {
  const losesBody =
    (status === 303 && hop.method !== 'HEAD') ||
    ((status === 301 || status === 302) && hop.method === 'POST')
  const kept = losesBody ? headersWithoutBody(hop.headers) : new Headers(hop.headers)
  const headers = url.origin === hop.url.origin ? kept : headersForOtherOrigin(kept)
  if (authorization !== null) headers.set('authorization', authorization)
  return losesBody
    ? { url, headers, method: 'GET' as const, body: null }
    : { url, headers, method: hop.method, body: hop.body }
}

function findLocation({ status, headers }: HopAnswer): string | null {
  if (!REDIRECT_STATUSES.has(status)) return null
  const location = headers.get('location')
  // Header bytes arrive as Latin-1; a Location outside ASCII is UTF-8 in practice.
  return location === null ? null : Buffer.from(location, 'latin1').toString('utf8')
}

function recordRedirect(from: Hop, to: Hop, status: number): Redirect {
  const isPermanent = PERMANENT_STATUSES.has(status)
  return { from: from.url.href, to: to.url.href, status, isPermanent }
}

function startOf({ url, purpose }: GuardedRequest): string {
  return purpose === undefined ? displayUrl(url) : `The ${purpose} at ${displayUrl(url)}`
}

function keyOf({ method, url }: Hop): string {
  return `${method} ${url.href}`
}
