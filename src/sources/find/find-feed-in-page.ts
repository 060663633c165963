import { type PageLink, readPageLinks } from '../../text/html/read-page-links.ts'
import { resolveUrl } from '../feed/feed-url.ts'
import { type AppleShow, parseAppleAddress } from './find-apple-podcast.ts'
import { wellKnownFeeds } from './well-known-feeds.ts'

/** Where a page's feed may be, likeliest first. */
export type PageFeeds = {
  /** Named by the page itself. */
  named: string[]
  /** A show in Apple's directory that the page links to; null when there is none. */
  apple: AppleShow | null
  /** Where software like the page's own keeps its feed. */
  guessed: string[]
}

const FEED_TYPE = /^(?:application|text)\/(?:(?:rss|atom|rdf)\+xml|feed\+json|rss|atom)\b/
const XML_TYPE = /^(?:application|text)\/(?:xml|json)\b/
/** Paths that feeds have, and pages hardly ever. */
const FEED_PATH =
  /(?:\.(?:rss|atom|rdf)|\/(?:feeds?|rss|atom|podcast|index)\.(?:xml|json)|\/(?:feed|rss|atom)\/?)$/i
const FEED_HOST = /^(?:feeds?|rss)\d*\./i
const COMMENTS = /comment|kommentar|commentaire|comentario/i
const PODCAST = /podcast|episode|audio/i

/** Finds the feeds that a web page offers. Pure; `url` is where the page came from. */
export function findFeedInPage(html: string, url: string): PageFeeds {
  const page = readPageLinks(html)
  const base = resolveUrl(page.base, url) ?? url
  const alternates = page.links.filter(isAlternate)
  const anchors = page.anchors.filter((anchor) => namesFeed(anchor, base))
  const named = [...alternates.toSorted(byPromise), ...anchors.toSorted(byPromise)].flatMap(
    ({ href }) => feedAddress(href, base) ?? [],
  )
  return {
    named: [...new Set(named)].filter((feed) => feed !== url),
    apple: appleShowOf(page.anchors, base),
    guessed: wellKnownFeeds(url, page.metas.get('generator') ?? ''),
  }
}

function isAlternate({ rel, type, href }: PageLink): boolean {
  if (!/\b(?:alternate|feed)\b/.test(rel)) return false
  return FEED_TYPE.test(type) || (XML_TYPE.test(type) && FEED_PATH.test(pathOf(href)))
}

function namesFeed({ type, href, title }: PageLink, base: string): boolean {
  if (/^(?:feed|itpc|pcast|podcast):/i.test(href) || FEED_TYPE.test(type)) return true
  const url = URL.parse(href, base)
  if (url === null) return false
  const isNamed = /\b(?:rss|atom|feed)\b/i.test(title)
  return (
    FEED_PATH.test(url.pathname) ||
    (FEED_HOST.test(url.hostname) && (isNamed || url.pathname !== '/'))
  )
}

/** Comments last, whatever is about episodes first; else as the page has them. */
function byPromise(a: PageLink, b: PageLink): number {
  return promiseOf(b) - promiseOf(a)
}

function promiseOf({ href, title }: PageLink): number {
  if (COMMENTS.test(href) || COMMENTS.test(title)) return -1
  return PODCAST.test(href) || PODCAST.test(title) ? 1 : 0
}

/** `feed:https://…` and `feed://…` are what players register for themselves. */
function feedAddress(href: string, base: string): string | null {
  const address = href.replace(/^(?:feed|itpc|pcast|podcast):(?:\/\/(?!https?:))?/i, (scheme) =>
    scheme.endsWith('//') ? 'https://' : '',
  )
  return resolveUrl(address, base)
}

function appleShowOf(anchors: readonly PageLink[], base: string): AppleShow | null {
  for (const { href } of anchors) {
    const url = URL.parse(href, base)
    const show = url === null ? undefined : parseAppleAddress(url)
    if (show !== undefined) return show
  }
  return null
}

function pathOf(href: string): string {
  return href.split(/[?#]/, 1)[0] ?? ''
}
