import type { RssFeed } from 'feedsmith'
import { plainLine } from '../../text/html/plain-line.ts'
import { draftEpisode, firstOf, languageTag, personsOf } from './draft-episode.ts'
import { resolveUrl } from './feed-url.ts'
import type { EpisodeDraft, FeedHead, FeedPart, MapContext } from './parsed-feed.ts'

type Feed = RssFeed.Feed<string>
type Item = RssFeed.Item<string>

/** RSS 0.9x and 2.0 with the namespaces of iTunes, Podcasting 2.0, Media RSS and Dublin Core. */
export function mapRss(feed: Feed, given: MapContext): FeedPart {
  const base = resolveUrl(feed.xml?.base, given.url) ?? given.url
  const context = { ...given, url: base }
  const head = headOf(feed, context)
  const drafts = (feed.items ?? []).map((item) => draftOf(item, { head, context }))
  return { head, drafts }
}

function headOf(feed: Feed, { url: base }: MapContext): FeedHead {
  const atomLinks = feed.atom?.links ?? []
  const hrefOf = (rel: string) => atomLinks.find((link) => link.rel === rel)?.href
  const isPodcast =
    feed.podcast?.guid !== undefined ||
    feed.podcast?.medium === 'podcast' ||
    feed.itunes?.categories !== undefined ||
    feed.itunes?.type !== undefined
  return {
    title: firstOf([feed.title, feed.itunes?.title, feed.dc?.titles?.[0]], lineOf) ?? '',
    description: feed.description ?? feed.itunes?.summary ?? feed.itunes?.subtitle ?? '',
    siteUrl: firstOf([feed.link, hrefOf('alternate')], (text) => resolveUrl(text, base)),
    imageUrl: firstOf(
      [feed.itunes?.image, feed.image?.url, googlePlayImage(feed), feed.podcast?.images?.[0]?.href],
      (text) => resolveUrl(text, base),
    ),
    author: firstOf(
      [
        feed.itunes?.author,
        feed.managingEditor?.name,
        feed.dc?.creators?.[0],
        feed.googleplay?.author,
      ],
      lineOf,
    ),
    language: firstOf([feed.language, feed.dc?.languages?.[0], feed.xml?.lang], languageTag),
    kind: isPodcast ? 'podcast' : 'blog',
    persons: podcastPersons(feed.podcast?.persons),
    podcastGuid: firstOf([feed.podcast?.guid], lineOf),
    ttlMinutes: feed.ttl !== undefined && feed.ttl > 0 ? feed.ttl : null,
    skipHours: (feed.skipHours ?? []).filter(
      (hour) => Number.isInteger(hour) && hour >= 0 && hour < 25,
    ),
    newFeedUrl: resolveUrl(feed.itunes?.newFeedUrl, base),
    selfUrl: resolveUrl(hrefOf('self'), base),
    hubUrl: resolveUrl(hrefOf('hub'), base),
    isUnlisted: feed.itunes?.block === true || feed.googleplay?.block === true,
    isComplete: feed.itunes?.complete === true,
  }
}

function googlePlayImage({ googleplay }: Feed): string | undefined {
  return typeof googleplay?.image === 'string' ? googleplay.image : googleplay?.image?.href
}

function draftOf(
  item: Item,
  { head, context }: { head: FeedHead; context: MapContext },
): EpisodeDraft {
  const { itunes, podcast, dc, atom, guid } = item
  return draftEpisode(
    {
      guid: guid?.value ?? atom?.id,
      titles: [
        item.title,
        itunes?.title,
        dc?.titles?.[0],
        atom?.title?.value,
        item.media?.title?.value,
      ],
      links: linksOf(item),
      dates: [item.pubDate, dc?.dates?.[0], atom?.published, atom?.updated],
      durations: [itunes?.duration, ...mediaFilesOf(item).map((file) => file.duration)],
      notes: notesOf(item),
      enclosures: enclosuresOf(item),
      transcripts: podcast?.transcripts ?? [],
      chaptersUrl: podcast?.chapters?.url,
      persons: itemPersons(item, head),
      images: [
        itunes?.image,
        podcast?.images?.[0]?.href,
        item.media?.thumbnails?.[0]?.url,
        item.media?.groups?.[0]?.thumbnails?.[0]?.url,
      ],
      season: itunes?.season ?? podcast?.season?.number,
      number: itunes?.episode ?? podcast?.episode?.number,
      language: [item.xml?.lang, dc?.languages?.[0], head.language],
      base: item.xml?.base,
    },
    context,
  )
}

function linksOf({ link, atom, guid }: Item) {
  const isPermalink = guid?.isPermaLink !== false && /^https?:\/\//i.test(guid?.value ?? '')
  return [
    link,
    atom?.links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href,
    isPermalink ? guid?.value : undefined,
  ]
}

function notesOf({ content, description, itunes, atom, dc, media }: Item) {
  return [
    content?.encoded,
    description,
    itunes?.summary,
    atom?.content?.value,
    atom?.summary?.value,
    dc?.descriptions?.[0],
    media?.description?.value,
    media?.groups?.[0]?.description?.value,
    itunes?.subtitle,
  ]
}

/** The enclosures; of an item without any, the playable files of Media RSS. */
function enclosuresOf(item: Item) {
  const enclosures = item.enclosures ?? []
  if (enclosures.length > 0) {
    return enclosures.map(({ url, type, length }) => ({ url, type, bytes: length }))
  }
  return mediaFilesOf(item)
    .filter(({ type, medium }) => /^(?:audio|video)\b/i.test(type ?? medium ?? ''))
    .map(({ url, type, fileSize }) => ({ url, type, bytes: fileSize }))
}

function mediaFilesOf({ media }: Item) {
  const grouped = (media?.groups ?? []).flatMap((group) => group.contents ?? [])
  return [...(media?.contents ?? []), ...grouped]
}

/** People of the episode; where it names none, those of the show, as Podcasting 2.0 has it. */
function itemPersons(item: Item, head: FeedHead) {
  const named = podcastPersons(item.podcast?.persons)
  if (named.length > 0) return named
  if (head.persons.length > 0) return head.persons
  const authors = [item.itunes?.author, ...(item.dc?.creators ?? []), ...nameOfEach(item.authors)]
  const own = authors.filter(
    (name) => name !== undefined && name !== head.author && name !== head.title,
  )
  return personsOf(own.map((name) => ({ name, role: 'author' })))
}

function nameOfEach(authors: readonly RssFeed.Person[] | undefined): (string | undefined)[] {
  return (authors ?? []).map((author) => author.name)
}

/** Podcasting 2.0 says that a person without a role is a host. */
function podcastPersons(
  persons: readonly { display?: string; role?: string }[] | undefined,
): FeedHead['persons'] {
  return personsOf(
    (persons ?? []).map(({ display, role }) => ({ name: display, role: role ?? 'host' })),
  )
}

function lineOf(text: string): string | null {
  return plainLine(text) || null
}
