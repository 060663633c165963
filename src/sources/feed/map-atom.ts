import type { AtomFeed } from 'feedsmith'
import { plainLine } from '../../text/html/plain-line.ts'
import { isUpcoming } from '../youtube/is-upcoming.ts'
import { draftEpisode, firstOf, languageTag, personsOf } from './draft-episode.ts'
import { resolveUrl } from './feed-url.ts'
import type { EpisodeDraft, FeedHead, FeedPart, MapContext } from './parsed-feed.ts'

type Feed = AtomFeed.Feed<string>
type Entry = AtomFeed.Entry<string>

/** Atom 0.3 and 1.0, with YouTube's channel and playlist feeds. */
export function mapAtom(feed: Feed, given: MapContext): FeedPart {
  const base = resolveUrl(feed.xml?.base, given.url) ?? given.url
  const context = { ...given, url: base }
  const head = headOf(feed, context)
  const drafts = (feed.entries ?? []).map((entry) => draftOf(entry, { head, context }))
  return { head, drafts }
}

function headOf(feed: Feed, { url: base }: MapContext): FeedHead {
  const hrefOf = (rel: string) => feed.links?.find((link) => link.rel === rel)?.href
  return {
    title: firstOf([feed.title?.value], lineOf) ?? '',
    description: feed.subtitle?.value ?? feed.itunes?.summary ?? '',
    siteUrl: firstOf([pageOf(feed.links)], (text) => resolveUrl(text, base)),
    imageUrl: firstOf([feed.logo, feed.itunes?.image, feed.icon], (text) => resolveUrl(text, base)),
    author: firstOf([feed.authors?.[0]?.name, feed.itunes?.author, feed.dc?.creators?.[0]], lineOf),
    language: firstOf([feed.xml?.lang, feed.dc?.languages?.[0]], languageTag),
    kind: isYoutube(feed) ? 'youtube' : feed.itunes?.categories === undefined ? 'blog' : 'podcast',
    persons: [],
    podcastGuid: null,
    ttlMinutes: null,
    skipHours: [],
    newFeedUrl: resolveUrl(feed.itunes?.newFeedUrl, base),
    selfUrl: resolveUrl(hrefOf('self'), base),
    hubUrl: resolveUrl(hrefOf('hub'), base),
    isUnlisted: feed.itunes?.block === true,
    isComplete: feed.itunes?.complete === true,
  }
}

function draftOf(
  entry: Entry,
  { head, context }: { head: FeedHead; context: MapContext },
): EpisodeDraft {
  const { media, itunes, links = [] } = entry
  const group = media?.groups?.[0]
  const files = links.filter((link) => link.rel === 'enclosure')
  const draft = draftEpisode(
    {
      guid: entry.id,
      titles: [entry.title?.value, itunes?.title, group?.title?.value, media?.title?.value],
      links: [pageOf(links)],
      dates: [entry.published, entry.updated, entry.dc?.dates?.[0]],
      durations: [itunes?.duration, group?.contents?.[0]?.duration],
      notes: [
        entry.content?.value,
        entry.summary?.value,
        group?.description?.value,
        media?.description?.value,
        itunes?.summary,
      ],
      enclosures: files.map(({ href, type, length }) => ({ url: href, type, bytes: length })),
      persons: personsOf([
        ...(entry.authors ?? []).map(({ name }) => ({ name, role: 'author' })),
        ...(entry.contributors ?? []).map(({ name }) => ({ name, role: 'contributor' })),
      ]),
      images: [itunes?.image, group?.thumbnails?.[0]?.url, media?.thumbnails?.[0]?.url],
      season: itunes?.season,
      number: itunes?.episode,
      language: [entry.xml?.lang, entry.content?.xml?.lang, head.language],
      base: entry.xml?.base,
    },
    context,
  )
  const views = head.kind === 'youtube' ? group?.community?.statistics?.views : undefined
  const { publishedAt } = draft
  return isUpcoming({ views, publishedAt }, context.now) ? { ...draft, isUpcoming: true } : draft
}

/** The link to the page that the feed or entry stands for. */
function pageOf(links: readonly { href?: string; rel?: string; type?: string }[] | undefined) {
  const pages = (links ?? []).filter(({ rel }) => rel === undefined || rel === 'alternate')
  return (pages.find(({ type }) => type === undefined || type.includes('html')) ?? pages[0])?.href
}

function isYoutube(feed: Feed): boolean {
  return feed.yt !== undefined || feed.id?.startsWith('yt:') === true
}

function lineOf(text: string): string | null {
  return plainLine(text) || null
}
