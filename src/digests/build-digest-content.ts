import { chooseMoments, type Moment } from '../model/choose-moments.ts'
import type { Edition, MissingItem } from '../model/digest.ts'
import type { Episode } from '../model/episode.ts'
import type { Source } from '../model/source.ts'
import type { Story } from '../model/story.ts'
import type { Evidence, Summary } from '../model/summary.ts'
import { chooseVerdict } from './choose-verdict.ts'
import type {
  DigestContent,
  DigestItem,
  DigestMoment,
  DigestStory,
  MomentPlace,
  Strip,
} from './digest-content.ts'

/** An episode with all that its item is made of. */
export type DigestEpisode = {
  episode: Pick<Episode, 'id' | 'title' | 'kind' | 'publishedAt' | 'durationSeconds'>
  source: Pick<Source, 'title'>
  summary: Summary
  /** Minutes that our page about it takes to read. */
  readingMinutes: number | null
}

/** Where things are: absolute URLs, or paths relative to a digest written to a folder. */
export type DigestUrls = {
  pageOf: (episodeId: string) => string
  momentOf: (episodeId: string, place: MomentPlace) => string
}

const MOMENTS_PER_ITEM = 3

/**
 * The content of a digest from chosen episodes in order of reading, what several shows tell first. Quotations are the evidence
 * itself, word for word. Of a story only what these episodes tell is kept; a quotation that a story
 * shows is not shown again below it.
 */
export function buildDigestContent(input: {
  edition: Edition
  localDate: string
  episodes: readonly DigestEpisode[]
  stories: readonly Omit<Story, 'id'>[]
  carriedEpisodeIds: readonly string[]
  moreCount: number
  missing: readonly MissingItem[]
  links: DigestContent['links']
  urls: DigestUrls
}): DigestContent {
  const { episodes, urls } = input
  const stories = buildStories(input.stories, episodes, urls)
  return {
    edition: input.edition,
    localDate: input.localDate,
    items: leadWithStories(episodes, stories).map((told) =>
      buildDigestItem(told, urls, listQuoted(stories, told.episode.id)),
    ),
    stories,
    carriedEpisodeIds: [...input.carriedEpisodeIds],
    moreCount: input.moreCount,
    missing: [...input.missing],
    links: input.links,
  }
}

/** One item; `quoted` holds quotations that stand elsewhere in the same digest. */
export function buildDigestItem(
  { episode, source, summary, readingMinutes }: DigestEpisode,
  urls: DigestUrls,
  quoted: readonly string[] = [],
): DigestItem {
  const elsewhere = summary.evidence.filter((e) => quoted.some((quote) => quote.includes(e.quote)))
  const moments = chooseMoments(summary, MOMENTS_PER_ITEM, new Set(elsewhere.map(({ id }) => id)))
  const durationSeconds = episode.durationSeconds ?? summary.durationSeconds
  return {
    episodeId: episode.id,
    title: episode.title,
    show: source.title,
    kind: episode.kind,
    publishedAt: episode.publishedAt?.toISOString() ?? null,
    durationSeconds,
    readingMinutes,
    language: summary.language,
    description: summary.description,
    badges: summary.badges,
    moments: moments.map((moment) =>
      buildMoment(moment, summary, (place) => urls.momentOf(episode.id, place)),
    ),
    pageUrl: urls.pageOf(episode.id),
    origin: summary.transcriptOrigin,
    verdict: chooseVerdict({ ...summary, durationSeconds }, episode.kind),
    strip: buildStrip(summary, durationSeconds),
  }
}

function buildMoment(
  { insight, evidence }: Moment,
  summary: Summary,
  urlOf: (place: MomentPlace) => string,
): DigestMoment {
  const at = { unit: evidence.unit, start: evidence.start }
  return {
    // A label that the quotation begins with would say the same thing twice.
    label: insight.label === '' || startsWith(evidence.quote, insight.label) ? null : insight.label,
    quote: evidence.quote,
    speaker: nameSpeaker(evidence.speaker ?? insight.speaker, summary),
    at,
    url: urlOf(at),
  }
}

function startsWith(text: string, start: string): boolean {
  return text.toLowerCase().startsWith(start.toLowerCase())
}

/** The speaker's name; a bare label such as `SPEAKER_01` tells a reader nothing. */
function nameSpeaker(label: string | null, { speakers }: Pick<Summary, 'speakers'>): string | null {
  if (label === null) return null
  const name = speakers.find((speaker) => speaker.label === label)?.name
  if (name) return name
  return /^(?:speaker|spk)?[ _-]*\d*$/i.test(label) ? null : label
}

/** Null where places are paragraphs, the length is unknown, or there is nothing to mark. */
function buildStrip(summary: Summary, durationSeconds: number | null): Strip | null {
  const pieces = summary.evidence.filter((piece) => piece.unit === 'time')
  const length = durationSeconds ?? Math.max(0, ...summary.chapters.map(({ end }) => end))
  if (summary.transcriptOrigin === 'text' || pieces.length === 0 || length <= 0) return null
  return {
    length,
    chapterStarts: summary.chapters.slice(1).map(({ start }) => start),
    cited: pieces.map(toSpan).sort((a, b) => a.start - b.start),
  }
}

const toSpan = ({ start, end }: Evidence) => ({ start, end: Math.max(start, end) })

function buildStories(
  stories: readonly Omit<Story, 'id'>[],
  episodes: readonly DigestEpisode[],
  urls: DigestUrls,
): DigestStory[] {
  const byId = new Map(episodes.map((told) => [told.episode.id, told]))
  return stories.flatMap((story) => {
    const episodeIds = story.episodeIds.filter((id) => byId.has(id))
    if (episodeIds.length < 2) return []
    const differences = story.differences
      .map((difference) => ({
        ...difference,
        sides: difference.sides.flatMap((side) => buildSide(side, byId.get(side.episodeId), urls)),
      }))
      .filter(({ sides }) => sides.length >= 2)
    return [{ title: story.title, episodeIds, differences }]
  })
}

function buildSide(
  side: Story['differences'][number]['sides'][number],
  told: DigestEpisode | undefined,
  urls: DigestUrls,
): DigestStory['differences'][number]['sides'] {
  if (!told) return []
  const unit = told.summary.transcriptOrigin === 'text' ? 'paragraph' : 'time'
  const at = { unit, start: side.start } as const
  return [
    {
      episodeId: side.episodeId,
      show: told.source.title,
      speaker: nameSpeaker(side.speaker, told.summary),
      quote: side.quote,
      at,
      url: urls.momentOf(side.episodeId, at),
    },
  ]
}

/** What several shows tell comes first; the order is kept otherwise. */
function leadWithStories(
  episodes: readonly DigestEpisode[],
  stories: readonly DigestStory[],
): DigestEpisode[] {
  const inStory = new Set(stories.flatMap(({ episodeIds }) => episodeIds))
  const isLead = ({ episode }: DigestEpisode) => inStory.has(episode.id)
  return [...episodes.filter(isLead), ...episodes.filter((told) => !isLead(told))]
}

function listQuoted(stories: readonly DigestStory[], episodeId: string): string[] {
  return stories
    .flatMap((story) => story.differences.flatMap(({ sides }) => sides))
    .filter((side) => side.episodeId === episodeId)
    .map(({ quote }) => quote)
}
