import type { ReadEpisode } from '../actions/read-episode.ts'
import { minutesToRead } from '../model/minutes-to-read.ts'
import { pageFileOf } from '../model/page-file.ts'
import type { EpisodeCard, SourceLabel } from '../store/views/episode-card.ts'
import type { EpisodePage } from '../store/views/episode-page.ts'

/** The page of an episode that was read in one go; `all` gives what else there is of its show. */
export function toEpisodePage(read: ReadEpisode, all: readonly ReadEpisode[]): EpisodePage {
  const { episode, summary, transcript } = read
  const others = all.filter(
    (other) => other.episode.sourceId === episode.sourceId && other.episode.id !== episode.id,
  )
  const hasWords = transcript.segments.length > 0
  const enclosure = episode.enclosures.find(({ type }) => /^(audio|video)\//.test(type ?? ''))
  return {
    version: pageFileOf(episode.id),
    id: episode.id,
    // A file of one's own has no public address to announce.
    audience: 'members',
    source: labelOf(read),
    title: episode.title,
    link: episode.link,
    publishedAt: episode.publishedAt,
    durationSeconds: episode.durationSeconds,
    readingMinutes: minutesToRead(summary),
    stage: episode.stage,
    stageReason: null,
    retryAt: null,
    player: enclosure?.url.startsWith('http') ? { ...enclosure, redirectOrigins: [] } : null,
    notes: episode.notes,
    givenChapters: episode.givenChapters,
    summary,
    transcript: hasWords
      ? { state: 'shown', ...transcript }
      : { state: 'missing', reason: 'Nobody offers a text of this episode.' },
    stories: [],
    moreFromSource: others.map(toCard),
  }
}

function toCard(read: ReadEpisode): EpisodeCard {
  const { episode, summary } = read
  return {
    id: episode.id,
    source: labelOf(read),
    title: episode.title,
    publishedAt: episode.publishedAt,
    durationSeconds: episode.durationSeconds,
    readingMinutes: minutesToRead(summary),
    badges: summary.badges,
    description: summary.description,
    moments: [],
  }
}

const labelOf = ({ source, episode }: ReadEpisode): SourceLabel => ({
  id: episode.sourceId,
  title: source.title,
  kind: source.kind,
  siteUrl: source.siteUrl,
  image: null,
})
