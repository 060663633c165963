import { Failure } from '../../model/failure.ts'
import { decodeEntities } from '../../text/html/decode-entities.ts'
import { resolveUrl, sourceName } from './feed-url.ts'
import { withoutDoctype } from './mend-xml.ts'

export type FeedRoot = 'rss' | 'atom' | 'rdf'
export type RecognisedFeed =
  | { format: 'xml'; root: FeedRoot; xml: string }
  | { format: 'json'; text: string }

const HEAD_LENGTH = 200_000
const ROOT_ELEMENT = /<(?![?!])(?:([\p{L}_][\w.-]*):)?([\p{L}_][\w.-]*)/u

/**
 * Tells what kind of feed a text is and takes from it what stands before its first element: a byte
 * order mark, white space or words before `<?xml`, and any DOCTYPE.
 *
 * Throws a Failure `feed-empty`, `feed-is-html` or `not-a-feed` for anything else, in a sentence
 * that names the source and says what to do.
 */
export function recogniseFeed(text: string, url: string): RecognisedFeed {
  const name = sourceName(url)
  const start = text.search(/[^\s\ufeff\p{Cc}]/u)
  if (start < 0) {
    throw new Failure(
      'feed-empty',
      'outside',
      `${name} answered with an empty file. Try again later.`,
    )
  }
  const first = text.charAt(start)
  if (first === '{' || first === '[') return { format: 'json', text: text.slice(start) }
  const opening = text.indexOf('<', start)
  const head = text.slice(
    opening < 0 ? start : opening,
    (opening < 0 ? start : opening) + HEAD_LENGTH,
  )
  if (opening < 0 || text.startsWith('%PDF-', start)) throw notAFeed(name)
  const xml = withoutDoctype(withoutLooseEnd(text.slice(opening)))
  const root = xml === null ? null : rootOf(xml)
  if (xml !== null && root !== null) return { format: 'xml', root, xml }
  throw isHtml(head) ? isHtmlFailure(head, { url, name }) : notAFeed(name, head)
}

/** A text that ends within a tag loses that tag: parsers refuse the whole for it. */
function withoutLooseEnd(xml: string): string {
  const last = xml.lastIndexOf('<')
  return xml.indexOf('>', last) < 0 ? xml.slice(0, last) : xml
}

function rootOf(xml: string): FeedRoot | null {
  const local = ROOT_ELEMENT.exec(withoutComments(xml.slice(0, HEAD_LENGTH)))?.[2]?.toLowerCase()
  if (local === 'rss') return 'rss'
  if (local === 'feed') return 'atom'
  return local === 'rdf' ? 'rdf' : null
}

function isHtml(head: string): boolean {
  const start = withoutComments(head).replace(/^(?:\s*<\?[^>]*\?>)*\s*/, '')
  return /^<(?:!doctype\s+html|html|head|body|script|meta|title|div|p|h1)[\s>]/i.test(start)
}

function withoutComments(text: string): string {
  let result = text
  while (true) {
    const start = result.search(/\S/)
    if (start < 0 || !result.startsWith('<!--', start)) return result
    const end = result.indexOf('-->', start)
    if (end < 0) return ''
    result = result.slice(end + 3)
  }
}

function isHtmlFailure(head: string, { url, name }: { url: string; name: string }): Failure {
  const feed = feedOfPage(head, url)
  const advice =
    feed === null
      ? "Paste the address of the show's RSS feed instead; it often ends in /feed or .xml."
      : `That page names this feed: ${feed}. Paste that address instead.`
  return new Failure(
    'feed-is-html',
    'outside',
    `${name} answered with a web page, not a feed. ${advice}`,
  )
}

/** The feed that a page offers in its head, which a reader most likely wants. */
function feedOfPage(head: string, url: string): string | null {
  for (const [link] of head.matchAll(/<link\b[^>]{1,2000}>/gi)) {
    if (!/type\s*=\s*["']?application\/(?:rss\+xml|atom\+xml|feed\+json)/i.test(link)) continue
    const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(link)
    const address = resolveUrl(decodeEntities(href?.[1] ?? href?.[2] ?? href?.[3] ?? ''), url)
    if (address !== null) return address
  }
  return null
}

function notAFeed(name: string, head = ''): Failure {
  const advice = /<opml[\s>]/i.test(head)
    ? 'It is a list of subscriptions (OPML): import it on the sources page.'
    : 'Check the address: it must lead to an RSS, Atom or JSON feed.'
  return new Failure('not-a-feed', 'outside', `${name} is not a feed. ${advice}`)
}
