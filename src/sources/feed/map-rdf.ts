import type { RdfFeed } from 'feedsmith'
import { plainLine } from '../../text/html/plain-line.ts'
import { draftEpisode, firstOf, languageTag, personsOf } from './draft-episode.ts'
import { resolveUrl } from './feed-url.ts'
import type { EpisodeDraft, FeedHead, FeedPart, MapContext } from './parsed-feed.ts'

type Feed = RdfFeed.Feed<string>
type Item = RdfFeed.Item<string>

/** RSS 0.90 and 1.0, which are RDF. An item's `rdf:about` is its identity. */
export function mapRdf(feed: Feed, given: MapContext): FeedPart {
  const base = resolveUrl(feed.xml?.base, given.url) ?? given.url
  const context = { ...given, url: base }
  const head = headOf(feed, context)
  const drafts = (feed.items ?? []).map((item) => draftOf(item, { head, context }))
  return { head, drafts }
}

function headOf(feed: Feed, { url: base }: MapContext): FeedHead {
  return {
    title: firstOf([feed.title, feed.dc?.titles?.[0]], lineOf) ?? '',
    description: feed.description ?? '',
    siteUrl: resolveUrl(feed.link, base),
    imageUrl: resolveUrl(feed.image?.url, base),
    author: firstOf([feed.dc?.creators?.[0], feed.dc?.publishers?.[0]], lineOf),
    language: firstOf([feed.dc?.languages?.[0], feed.xml?.lang], languageTag),
    kind: 'blog',
    persons: [],
    podcastGuid: null,
    ttlMinutes: null,
    skipHours: [],
    newFeedUrl: null,
    selfUrl: resolveUrl(feed.atom?.links?.find((link) => link.rel === 'self')?.href, base),
    hubUrl: resolveUrl(feed.atom?.links?.find((link) => link.rel === 'hub')?.href, base),
    isUnlisted: false,
    isComplete: false,
  }
}

function draftOf(
  item: Item,
  { head, context }: { head: FeedHead; context: MapContext },
): EpisodeDraft {
  const { dc } = item
  return draftEpisode(
    {
      guid: item.rdf?.about,
      titles: [item.title, dc?.titles?.[0]],
      links: [item.link, item.rdf?.about],
      dates: [dc?.dates?.[0], item.dcterms?.modified?.[0]],
      durations: [],
      notes: [item.content?.encoded, item.description, dc?.descriptions?.[0]],
      enclosures: [],
      persons: personsOf((dc?.creators ?? []).map((name) => ({ name, role: 'author' }))),
      images: [item.media?.thumbnails?.[0]?.url],
      language: [dc?.languages?.[0], item.xml?.lang, head.language],
      base: item.xml?.base,
    },
    context,
  )
}

function lineOf(text: string): string | null {
  return plainLine(text) || null
}
