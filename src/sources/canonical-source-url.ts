import { dropTracking } from '../text/html/clean-url.ts'
import { parseYoutubeAddress } from './youtube/parse-youtube-address.ts'
import { youtubeFeedUrl } from './youtube/youtube-feed-url.ts'

const FEEDBURNER = /^(?:feeds\d*\.feedburner\.com|feedproxy\.google\.com)$/

/**
 * The one spelling under which a source's address is kept: without fragment, tracking parameters,
 * default port and empty query, FeedBurner and YouTube under one name each. What stays apart by
 * scheme, `www.` or a last slash alone is held together by the store, because only the publisher
 * knows which of them answers. User name and password stay: they are part of a private address.
 */
export function canonicalSourceUrl(address: string): string {
  const url = URL.parse(address)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return address
  url.hash = ''
  url.hostname = url.hostname.replace(/\.$/, '')
  dropTracking(url)
  if (url.search === '') url.search = ''
  if (FEEDBURNER.test(url.hostname)) return feedburnerUrl(url)
  const youtube = parseYoutubeAddress(url)
  const isFeed = youtube?.kind === 'channel' || youtube?.kind === 'playlist'
  return isFeed ? youtubeFeedUrl(youtube) : url.href
}

/** `feedproxy.google.com/~r/Name/~3/xyz` and `feeds2.feedburner.com/Name?format=xml` are one. */
function feedburnerUrl(url: URL): string {
  const [name = ''] = url.pathname
    .replace(/^\/~r\//, '/')
    .split('/')
    .filter(Boolean)
  return `https://feeds.feedburner.com/${name}`
}
