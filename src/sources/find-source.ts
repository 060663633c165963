import { type Failure, isFailure } from '../model/failure.ts'
import { canonicalSourceUrl } from './canonical-source-url.ts'
import { sourceName } from './feed/feed-url.ts'
import type { ParsedFeed } from './feed/parsed-feed.ts'
import { whyClosed } from './find/closed-platforms.ts'
import { isMediaAddress, whyNoMediaFile } from './find/direct-media.ts'
import { type AppleShow, findApplePodcast, parseAppleAddress } from './find/find-apple-podcast.ts'
import { findFeedInPage } from './find/find-feed-in-page.ts'
import { findYoutubeFeed } from './find/find-youtube-feed.ts'
import { type FindMeans, readAddress } from './find/read-address.ts'
import { parsePastedAddress } from './parse-pasted-address.ts'
import { parseYoutubeAddress } from './youtube/parse-youtube-address.ts'

/** Where a source is read from and what it holds now, or in a sentence why not and what to do. */
export type SourceAnswer =
  | { found: true; url: string; feed: ParsedFeed }
  | { found: false; reason: string }

/** Reads after the first, whatever the first one led to: one paste is no crawl. */
const MAX_READS = 10

/**
 * Finds what can be followed behind anything that a person pastes: a feed, a page that names one, a
 * channel, video or playlist of YouTube, a show of Apple Podcasts. Reads at most eleven addresses.
 *
 * The same source under other spellings gives one URL. Throws only what is our own fault, and the
 * signal's reason.
 */
export async function findSource(text: string, means: FindMeans): Promise<SourceAnswer> {
  const pasted = parsePastedAddress(text)
  if (pasted.url === null) return no(pasted.reason)
  try {
    return await findAt(pasted.url, means)
  } catch (error) {
    if (isOutside(error)) return no(error.message)
    throw error
  }
}

async function findAt(address: string, means: FindMeans): Promise<SourceAnswer> {
  const url = new URL(canonicalSourceUrl(address))
  const youtube = parseYoutubeAddress(url)
  if (youtube !== undefined) {
    const answer = await findYoutubeFeed(youtube, means)
    return answer.found ? readFound(answer.feedUrl, means) : answer
  }
  const show = parseAppleAddress(url)
  if (show !== undefined) return findAtApple(show, means)
  const closed = whyClosed(url) ?? (isMediaAddress(url) ? whyNoMediaFile(url.href) : null)
  if (closed !== null) return no(closed)
  const content = await readAddress(url.href, means)
  if (content.is === 'feed') return found(content)
  if (content.is === 'media') return no(whyNoMediaFile(content.url))
  return findInPage(content, means)
}

async function findAtApple(show: AppleShow, means: FindMeans): Promise<SourceAnswer> {
  const answer = await findApplePodcast(show, means)
  return answer.found ? readFound(answer.feedUrl, means) : answer
}

/** Reads what a directory or a channel's page gave as the feed: if that is none, nothing else is. */
async function readFound(feedUrl: string, means: FindMeans): Promise<SourceAnswer> {
  const content = await readAddress(canonicalSourceUrl(feedUrl), means)
  if (content.is === 'feed') return found(content)
  return no(
    `${sourceName(feedUrl)} should be the feed of this show but holds none. Try again later.`,
  )
}

async function findInPage(
  page: { url: string; html: string },
  means: FindMeans,
): Promise<SourceAnswer> {
  const { named, apple, guessed } = findFeedInPage(page.html, page.url)
  const first = await readFirst(named.slice(0, MAX_READS), means)
  if (first !== null) return first
  if (apple !== null) {
    const answer = await findAtApple(apple, means)
    if (answer.found) return answer
  }
  const last = await readFirst(guessed.slice(0, Math.max(MAX_READS - named.length, 0)), means)
  const name = sourceName(page.url)
  return (
    last ??
    no(
      `${name} is a web page that offers no feed. Look on it for a link called RSS, Feed or Apple Podcasts, and paste that.`,
    )
  )
}

/** The first of the addresses that holds a feed; null when none does. */
async function readFirst(
  addresses: readonly string[],
  means: FindMeans,
): Promise<SourceAnswer | null> {
  for (const address of addresses) {
    try {
      const content = await readAddress(canonicalSourceUrl(address), means)
      if (content.is === 'feed') return found(content)
    } catch (error) {
      // A guess that leads nowhere is no news; the next one may lead somewhere.
      means.signal?.throwIfAborted()
      if (!isOutside(error)) throw error
    }
  }
  return null
}

function found({ url, feed }: { url: string; feed: ParsedFeed }): SourceAnswer {
  return { found: true, url: canonicalSourceUrl(url), feed }
}

const no = (reason: string): SourceAnswer => ({ found: false, reason })

const isOutside = (error: unknown): error is Failure => isFailure(error) && error.blame !== 'us'
