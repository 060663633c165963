import { buildDigestContent, type DigestEpisode } from '../digests/build-digest-content.ts'
import { chooseEpisodes, NEWS_MS } from '../digests/choose-episodes.ts'
import type { DigestContent, MomentPlace } from '../digests/digest-content.ts'
import { findStories } from '../digests/find-stories.ts'
import type { StoryTeller } from '../digests/tell-stories.ts'
import type { Edition } from '../model/digest.ts'
import { minutesToRead } from '../model/minutes-to-read.ts'
import type { Reader } from '../model/reader.ts'
import type { Db } from '../store/database.ts'
import { listDigestCandidates, listMissingItems } from '../store/digests.ts'
import { findEpisode } from '../store/episodes.ts'
import { findSource } from '../store/sources.ts'
import { findSummary } from '../store/summaries.ts'
import { findTranscript } from '../store/transcripts.ts'

export type DigestRequest = {
  reader: Reader
  edition: Edition
  /** `YYYY-MM-DD`, the reader's own date. */
  localDate: string
  digestId: string
  now: Date
  /** Absolute, without a slash at its end. */
  baseUrl: string
  unsubscribeUrl: string
}

const DAY_MS = 86_400_000
/** What has been missing for longer was told before. */
const MISSING_MS = 2 * DAY_MS
const MAX_CANDIDATES = 500

/** Reads all that one reader's digest will say. */
export async function loadDigestContent(db: Db, request: DigestRequest): Promise<DigestContent> {
  const { reader, edition, now, baseUrl } = request
  const candidates = await listDigestCandidates(db, {
    readerId: reader.id,
    edition,
    since: new Date(now.getTime() - NEWS_MS),
    limit: MAX_CANDIDATES,
  })
  const { chosenIds, leftOutIds } = chooseEpisodes(
    reader,
    candidates.map((candidate) => ({ ...candidate, isSummarised: true })),
  )
  const episodes = await loadEpisodes(db, chosenIds)
  const carried = candidates.filter((candidate) => candidate.isCarried)
  return buildDigestContent({
    edition,
    localDate: request.localDate,
    episodes,
    stories: await findStories(episodes),
    carriedEpisodeIds: carried.map(({ episodeId }) => episodeId),
    moreCount: leftOutIds.length,
    missing: await listMissingItems(db, reader.id, new Date(now.getTime() - MISSING_MS)),
    links: {
      webView: `${baseUrl}/digests/${request.digestId}`,
      unsubscribe: request.unsubscribeUrl,
      settings: settingsUrl(baseUrl),
    },
    urls: pageUrls(baseUrl),
  })
}

/** Where readers change what they are sent. */
export const settingsUrl = (baseUrl: string): string => `${baseUrl}/settings`

/** Where the web shows episodes and their moments. */
function pageUrls(baseUrl: string) {
  const pageOf = (episodeId: string) => `${baseUrl}/episodes/${episodeId}`
  const momentOf = (episodeId: string, { start }: MomentPlace) =>
    `${pageOf(episodeId)}?at=${Math.round(start * 1000) / 1000}`
  return { pageOf, momentOf }
}

type Loaded = DigestEpisode & StoryTeller

async function loadEpisodes(db: Db, episodeIds: readonly string[]): Promise<Loaded[]> {
  const loaded = await Promise.all(episodeIds.map((id) => loadEpisode(db, id)))
  return loaded.filter((episode) => episode !== undefined)
}

async function loadEpisode(db: Db, id: string): Promise<Loaded | undefined> {
  const [episode, summary, transcript] = await Promise.all([
    findEpisode(db, id),
    findSummary(db, id),
    findTranscript(db, id),
  ])
  const source = episode && (await findSource(db, episode.sourceId))
  if (!(episode && source && summary && transcript)) return undefined
  return { episode, source, summary, transcript, readingMinutes: minutesToRead(summary) }
}
