import type { DiscoveredEpisode } from '../model/episode.ts'
import { urlKey } from '../text/html/clean-url.ts'
import { withoutTokens } from './feed/feed-url.ts'

/** What an episode is recognised by when its publisher gives it another id. */
export type EpisodeMarks = Pick<
  DiscoveredEpisode,
  'title' | 'link' | 'publishedAt' | 'durationSeconds'
> & {
  /** Its media files as the feed gives them. */
  enclosures: readonly { url: string; bytes: number | null }[]
}

/** With fewer, what they have in common says nothing: a show may publish all at one address. */
const FEWEST_TO_COMPARE = 4
const DAY_MS = 86_400_000
const ARCHIVE_AGE_MS = 7 * DAY_MS

/**
 * Those of the discovered episodes that are none of the known ones under another id. Publishers
 * change ids when they move to another host, and some at every reading.
 *
 * The same are: what was published at the same minute under the same title, link or file; and what
 * has title and link, or title, file and length, of exactly one known episode, whatever its date.
 * Files are compared without tokens. A show that puts every issue at one address under one title is
 * told apart by the dates alone.
 */
export function withoutSame<T extends EpisodeMarks>(
  discovered: readonly T[],
  known: readonly EpisodeMarks[],
): T[] {
  if (known.length === 0) return [...discovered]
  const dated = new Set(known.flatMap(datedMarks))
  const lasting = known.length < FEWEST_TO_COMPARE ? [] : known.flatMap(lastingMarks)
  const counts = new Map<string, number>()
  for (const mark of lasting) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  return discovered.filter(
    (episode) =>
      !datedMarks(episode).some((mark) => dated.has(mark)) &&
      !lastingMarks(episode).some((mark) => counts.get(mark) === 1),
  )
}

/**
 * True for an episode that turns up although ones that are more than a week newer are known: a
 * publisher who opens the archive tells nothing new.
 */
export function isFromArchive(
  { publishedAt }: Pick<EpisodeMarks, 'publishedAt'>,
  known: readonly Pick<EpisodeMarks, 'publishedAt'>[],
): boolean {
  if (publishedAt === null) return false
  const newest = known.reduce((time, { publishedAt: at }) => Math.max(time, at?.getTime() ?? 0), 0)
  return publishedAt.getTime() < newest - ARCHIVE_AGE_MS
}

function datedMarks(episode: EpisodeMarks): string[] {
  if (episode.publishedAt === null) return []
  const minute = Math.floor(episode.publishedAt.getTime() / 60_000)
  const { title, link, file } = marksOf(episode)
  return [title, link, file].flatMap((mark) => (mark === null ? [] : [`${minute} ${mark}`]))
}

function lastingMarks(episode: EpisodeMarks): string[] {
  const { title, link, file } = marksOf(episode)
  const length = episode.enclosures[0]?.bytes || episode.durationSeconds
  return [
    ...(link === null ? [] : [`${title} ${link}`]),
    ...(file === null || !length ? [] : [`${title} ${file} ${length}`]),
  ]
}

function marksOf({ title, link, enclosures }: EpisodeMarks) {
  const file = enclosures[0]?.url
  return {
    title: `title ${title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()}`,
    link: link === null || isHome(link) ? null : `link ${urlKey(link)}`,
    file: file === undefined ? null : `file ${urlKey(withoutTokens(file))}`,
  }
}

/** A link to the show's front page names no episode. */
function isHome(link: string): boolean {
  const url = URL.parse(link)
  return url !== null && url.pathname.length <= 1 && url.search === ''
}
