import { createHash } from 'node:crypto'
import { Failure } from '../../model/failure.ts'
import type { GuardedFetch } from '../../platform/http/guarded-fetch.ts'
import type { GuardedResponse, Redirect } from '../../platform/http/guarded-request.ts'
import { parseRetryAfter } from '../../platform/http/retry-after.ts'
import { decodeTextInSlices } from '../../text/decode-text.ts'
import { sourceName } from './feed-url.ts'
import { parseFeed } from './parse-feed.ts'
import type { ParsedFeed } from './parsed-feed.ts'

/** What the last reading left, to be asked whether it is still good. */
export interface FeedTraces {
  etag: string | null
  lastModified: string | null
  /** SHA-256 of the body as it came, before any decoding, in hexadecimal. */
  bodyHash: string | null
}

export interface ReadFeedRequest {
  url: string
  fetch: GuardedFetch
  now: Date
  previous?: FeedTraces | undefined
  /** Episodes that are stored already and need not be parsed again. */
  knownGuids?: { has(guid: string): boolean } | undefined
  /** Headers of the owner's, such as an Authorization that the feed needs. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Default 32 MB. */
  maxBytes?: number | undefined
  signal?: AbortSignal | undefined
}

interface Reading extends FeedTraces {
  /** Where the publisher says for good that the feed now is. Needs confirmation over time. */
  redirectedTo: string | null
  /** How long the answer calls itself fresh, from Cache-Control. */
  freshForSeconds: number | null
}

export type FeedReading =
  | (Reading & { outcome: 'unchanged'; by: 'etag' | 'body-hash' })
  | (Reading & { outcome: 'changed'; feed: ParsedFeed })

/** A failed reading that names when the server wants to be asked again. */
export class FeedFailure extends Failure {
  readonly retryAt: Date | null
  readonly status: number

  constructor(
    code: string,
    message: string,
    { retryAt, status }: { retryAt: Date | null; status: number },
  ) {
    super(code, 'outside', message)
    this.name = 'FeedFailure'
    this.retryAt = retryAt
    this.status = status
  }
}

/** The longest feeds of daily shows come close to this. */
export const MAX_FEED_BYTES = 32_000_000

/** What we like to be answered with; a page is better than nothing, it may name its feed. */
export const FEED_ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, ' +
  'text/xml;q=0.9, application/json;q=0.8, text/html;q=0.2, */*;q=0.1'

/**
 * Reads a feed over the guarded fetch, in the order of what is cheapest: a conditional request, the
 * hash of the body, and only for a changed body decoding and parsing.
 *
 * Throws a FeedFailure for an answer that is no feed by its status (`feed-needs-login`,
 * `feed-forbidden`, `feed-not-found`, `feed-gone`, `feed-rate-limited`, `feed-server-error`,
 * `feed-bad-status`), a Failure of `parseFeed` for one that is none by its content, and what the
 * guarded fetch throws.
 */
export async function readFeed(request: ReadFeedRequest): Promise<FeedReading> {
  const { url, fetch, now, previous } = request
  const response = await fetch({
    url,
    purpose: 'feed',
    headers: { accept: FEED_ACCEPT, ...request.headers },
    ifNoneMatch: previous?.etag ?? null,
    ifModifiedSince: previous?.lastModified ?? null,
    maxBytes: request.maxBytes ?? MAX_FEED_BYTES,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  })
  const notes = notesOf(response)
  if (response.status === 304 && previous !== undefined) {
    response.cancel()
    return { outcome: 'unchanged', by: 'etag', ...notes, ...freshened(previous, notes) }
  }
  if (response.status !== 200) {
    response.cancel()
    throw statusFailure(response, { url, now })
  }
  // Known again by its bytes as they were sent: most bodies need not even be unpacked.
  const body = await response.readEncoded()
  const bodyHash = createHash('sha256').update(body.bytes).digest('hex')
  if (bodyHash === previous?.bodyHash) {
    return { outcome: 'unchanged', by: 'body-hash', ...notes, bodyHash }
  }
  const contentType = response.headers.get('content-type')
  const text = await decodeTextInSlices(await body.decode(), { contentType })
  const feed = await parseFeed(text, { url: response.url, now, knownGuids: request.knownGuids })
  return { outcome: 'changed', feed, ...notes, bodyHash }
}

function notesOf({ headers, redirects }: GuardedResponse): Reading {
  return {
    etag: headers.get('etag'),
    lastModified: headers.get('last-modified'),
    bodyHash: null,
    redirectedTo: permanentTarget(redirects),
    freshForSeconds: freshFor(headers.get('cache-control')),
  }
}

/** A 304 need not repeat what it confirms. */
function freshened(previous: FeedTraces, notes: Reading): FeedTraces {
  return {
    etag: notes.etag ?? previous.etag,
    lastModified: notes.lastModified ?? previous.lastModified,
    bodyHash: previous.bodyHash,
  }
}

/** The end of the unbroken run of permanent redirects; after a temporary one nothing is for good. */
export function permanentTarget(redirects: readonly Redirect[]): string | null {
  let target: string | null = null
  for (const { to, isPermanent } of redirects) {
    if (!isPermanent) break
    target = to
  }
  return target
}

/** `max-age` of Cache-Control, at most a day; null when the answer may not be kept or says nothing. */
function freshFor(cacheControl: string | null): number | null {
  if (cacheControl === null || /\bno-(?:store|cache)\b/i.test(cacheControl)) return null
  const seconds = Number(/\bmax-age\s*=\s*"?(\d{1,9})/i.exec(cacheControl)?.[1])
  return Number.isNaN(seconds) ? null : Math.min(seconds, 86_400)
}

/** The failure for an answer whose status says that it holds no feed. */
export function statusFailure(
  { status, headers }: GuardedResponse,
  { url, now }: { url: string; now: Date },
): FeedFailure {
  const retryAt = parseRetryAfter(headers.get('retry-after'), now)
  const [code, words] = (isYoutube(url) && youtubeWords(status)) || statusWords(status)
  return new FeedFailure(code, `${sourceName(url)} ${words}`, { retryAt, status })
}

const isYoutube = (url: string): boolean => url.startsWith('https://www.youtube.com/feeds/')

/** YouTube says “not found” of what was removed and, for hours at a time, of what is there. */
function youtubeWords(status: number): [code: string, words: string] | null {
  if (status !== 404) return null
  return [
    'feed-not-found',
    'is not there (404): the channel or list was removed or made private, or YouTube has trouble of its own. It will be asked again later.',
  ]
}

function statusWords(status: number): [code: string, words: string] {
  switch (status) {
    case 401:
      return [
        'feed-needs-login',
        'asks for a user name and password (401). Paste the private address of the feed, or add its login.',
      ]
    case 403:
      return [
        'feed-forbidden',
        'refuses to be read from here (403). It may be for members only, or block programs like this one.',
      ]
    case 404:
      return [
        'feed-not-found',
        'is not there (404). Check the address, or look for the new one on the show’s page.',
      ]
    case 410:
      return [
        'feed-gone',
        'was taken down for good (410). Remove the source, or look for a new address.',
      ]
    case 429:
      return ['feed-rate-limited', 'was asked too often (429). It will be asked again later.']
    default:
      if (status >= 500)
        return [
          'feed-server-error',
          `has trouble of its own (${status}). It will be asked again later.`,
        ]
      return [
        'feed-bad-status',
        `answered with status ${status}, which is no feed. Check the address.`,
      ]
  }
}
