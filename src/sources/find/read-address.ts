import { isFailure } from '../../model/failure.ts'
import type { GuardedFetch } from '../../platform/http/guarded-fetch.ts'
import type { GuardedResponse } from '../../platform/http/guarded-request.ts'
import { decodeTextInSlices } from '../../text/decode-text.ts'
import { parseFeed } from '../feed/parse-feed.ts'
import type { ParsedFeed } from '../feed/parsed-feed.ts'
import { FEED_ACCEPT, MAX_FEED_BYTES, permanentTarget, statusFailure } from '../feed/read-feed.ts'
import { isMediaAddress, isMediaType } from './direct-media.ts'

/** What is needed to look outside. */
export type FindMeans = { fetch: GuardedFetch; now: Date; signal?: AbortSignal | undefined }

/** What an address led to. `url` is where the feed is to be read from now on. */
export type AddressContent =
  | { is: 'feed'; url: string; feed: ParsedFeed }
  | { is: 'page'; url: string; html: string }
  | { is: 'media'; url: string }

/**
 * Reads an address of which nothing is known yet. Throws what `readFeed` throws for an answer of
 * another status, and for a body that is neither feed nor page.
 */
export async function readAddress(
  url: string,
  { fetch, now, signal }: FindMeans,
  headers: Readonly<Record<string, string>> = {},
): Promise<AddressContent> {
  const response = await fetch({
    url,
    purpose: 'address',
    headers: { accept: FEED_ACCEPT, ...headers },
    maxBytes: MAX_FEED_BYTES,
    ...(signal !== undefined && { signal }),
  })
  const contentType = response.headers.get('content-type')
  if (response.status === 200 && isMedia(response, contentType)) {
    response.cancel()
    return { is: 'media', url }
  }
  if (response.status !== 200) {
    response.cancel()
    throw statusFailure(response, { url, now })
  }
  const text = await decodeTextInSlices(await response.read(), { contentType })
  try {
    const feed = await parseFeed(text, { url: response.url, now })
    return { is: 'feed', url: permanentTarget(response.redirects) ?? url, feed }
  } catch (error) {
    if (!isFailure(error, 'feed-is-html')) throw error
    return { is: 'page', url: response.url, html: text }
  }
}

function isMedia({ url }: GuardedResponse, contentType: string | null): boolean {
  if (isMediaType(contentType)) return true
  const isUntold = contentType === null || contentType.startsWith('application/octet-stream')
  const parsed = URL.parse(url)
  return isUntold && parsed !== null && isMediaAddress(parsed)
}
