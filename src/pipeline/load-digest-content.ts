import { describeItem } from '../digests/describe-item.ts'
import type { DigestContent, DigestItem } from '../digests/digest-content.ts'
import { mayRead } from '../model/audience.ts'
import type { Edition } from '../model/digest.ts'
import type { Reader } from '../model/reader.ts'
import type { Db } from '../store/database.ts'
import { listCarriedEpisodes, listEpisodesForDigest, listMissingItems } from '../store/digests.ts'
import { findEpisode } from '../store/episodes.ts'
import { findSummary } from '../store/summaries.ts'

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
/** What was summarised longer ago is no news, whenever its show was followed. */
const NEWS_MS = 14 * DAY_MS
/** What has been missing for longer was told before. */
const MISSING_MS = 2 * DAY_MS
/** Items of one digest; what is over comes with the next. */
const MAX_ITEMS = 60

/** Reads all that one reader's digest will say. */
export async function loadDigestContent(db: Db, request: DigestRequest): Promise<DigestContent> {
  const { reader, edition, now, baseUrl } = request
  const readerId = reader.id
  const since = new Date(now.getTime() - NEWS_MS)
  const carriedEpisodeIds = await listCarriedEpisodes(db, { readerId, edition })
  const fresh = await listEpisodesForDigest(db, { readerId, edition, since, limit: MAX_ITEMS })
  const items = await loadItems(db, request, [...carriedEpisodeIds, ...fresh])
  return {
    edition,
    localDate: request.localDate,
    items,
    stories: [],
    carriedEpisodeIds,
    moreCount: 0,
    missing: await listMissingItems(db, readerId, new Date(now.getTime() - MISSING_MS)),
    links: {
      webView: `${baseUrl}/digests/${request.digestId}`,
      unsubscribe: request.unsubscribeUrl,
      settings: `${baseUrl}/settings`,
    },
  }
}

async function loadItems(
  db: Db,
  { reader, baseUrl }: DigestRequest,
  episodeIds: readonly string[],
): Promise<DigestItem[]> {
  const items: DigestItem[] = []
  for (const id of episodeIds) {
    const episode = await findEpisode(db, id)
    const summary = await findSummary(db, id)
    if (episode === undefined || summary === undefined || !mayRead(reader, episode)) continue
    items.push(describeItem(episode, summary, `${baseUrl}/episodes/${id}`))
  }
  return items
}
