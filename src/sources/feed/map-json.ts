import type { JsonFeed } from 'feedsmith'
import { plainLine } from '../../text/html/plain-line.ts'
import { draftEpisode, firstOf, languageTag, personsOf } from './draft-episode.ts'
import { resolveUrl } from './feed-url.ts'
import type { EpisodeDraft, FeedHead, FeedPart, MapContext } from './parsed-feed.ts'

type Feed = JsonFeed.Feed<string>
type Item = JsonFeed.Item<string>

/** JSON Feed 1.0 and 1.1. */
export function mapJson(feed: Feed, context: MapContext): FeedPart {
  const head = headOf(feed, context)
  const drafts = (feed.items ?? []).map((item) => draftOf(item, { head, context }))
  return { head, drafts }
}

function headOf(feed: Feed, { url }: MapContext): FeedHead {
  const attachments = (feed.items ?? []).flatMap((item) => item.attachments ?? [])
  const isPodcast = attachments.some(({ mime_type }) => /^(?:audio|video)\//i.test(mime_type ?? ''))
  return {
    title: firstOf([feed.title], lineOf) ?? '',
    description: feed.description ?? '',
    siteUrl: resolveUrl(feed.home_page_url, url),
    imageUrl: firstOf([feed.icon, feed.favicon], (text) => resolveUrl(text, url)),
    author: firstOf([feed.authors?.[0]?.name], lineOf),
    language: firstOf([feed.language], languageTag),
    kind: isPodcast ? 'podcast' : 'blog',
    persons: [],
    podcastGuid: null,
    ttlMinutes: null,
    skipHours: [],
    newFeedUrl: null,
    selfUrl: resolveUrl(feed.feed_url, url),
    hubUrl: firstOf([feed.hubs?.[0]?.url], (text) => resolveUrl(text, url)),
    isUnlisted: false,
    isComplete: feed.expired === true,
  }
}

function draftOf(
  item: Item,
  { head, context }: { head: FeedHead; context: MapContext },
): EpisodeDraft {
  const attachments = item.attachments ?? []
  return draftEpisode(
    {
      guid: item.id,
      titles: [item.title],
      links: [item.url, item.external_url],
      dates: [item.date_published, item.date_modified],
      durations: attachments.map((file) => file.duration_in_seconds),
      notes: [item.content_html ?? item.content_text, item.summary],
      enclosures: attachments.map((file) => ({
        url: file.url,
        type: file.mime_type,
        bytes: file.size_in_bytes,
      })),
      persons: personsOf((item.authors ?? []).map(({ name }) => ({ name, role: 'author' }))),
      images: [item.image, item.banner_image],
      language: [item.language, head.language],
    },
    context,
  )
}

function lineOf(text: string): string | null {
  return plainLine(text) || null
}
