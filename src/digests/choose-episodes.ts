import { type Audience, mayRead } from '../model/audience.ts'
import type { Reader } from '../model/reader.ts'
import type { Priority } from '../model/subscription.ts'

/** An episode that a digest could tell. */
export type EpisodeCandidate = {
  episodeId: string
  sourceId: string
  audience: Audience
  priority: Priority
  publishedAt: Date | null
  /** True once there is a summary to show. */
  isSummarised: boolean
  /** True when an earlier digest of uncertain arrival held it: it is told once more. */
  isCarried: boolean
}

export type EpisodeChoice = {
  /** In order of reading. */
  chosenIds: string[]
  /** Readable too, but left out for want of room. */
  leftOutIds: string[]
}

/** What was summarised longer ago is no news, whenever its show was followed. */
export const NEWS_MS = 14 * 86_400_000

/** Items in one digest, unless the caller says otherwise. */
export const DIGEST_ITEMS = 20
/** Items of one source while others have something to say. */
const ITEMS_PER_SOURCE = 5
/** Ranks that a followed source is moved up or down by. */
const BOOST: Record<Priority, number> = { high: 2, normal: 0, low: -1 }

/**
 * Chooses what goes into a reader's digest, and in which order. Only what has a summary and what
 * `mayRead` allows. Sources take turns: every source's newest comes before any source's second, so
 * one that floods cannot crowd out the rest, and gives at most five while others have something;
 * a high priority counts as two turns earlier, a low one as one later. Within a turn the newest
 * come first. Carried episodes are never left out, for there is no third time.
 */
export function chooseEpisodes(
  reader: Pick<Reader, 'id'>,
  candidates: readonly EpisodeCandidate[],
  limit: number = DIGEST_ITEMS,
): EpisodeChoice {
  const readable = candidates.filter((item) => item.isSummarised && mayRead(reader, item))
  const unique = [...new Map(readable.map((item) => [item.episodeId, item])).values()]
  const turns = takeTurns(unique)
  const isAlone = new Set(unique.map(({ sourceId }) => sourceId)).size === 1
  const perSource = isAlone ? limit : ITEMS_PER_SOURCE
  const carried = turns.filter(({ item }) => item.isCarried)
  const fresh = turns.filter(({ item, turn }) => !item.isCarried && turn < perSource)
  const chosen = new Set([...carried, ...fresh.slice(0, Math.max(0, limit - carried.length))])
  const idsOf = (list: Turn[]) => list.map(({ item }) => item.episodeId)
  return {
    chosenIds: idsOf(turns.filter((turn) => chosen.has(turn))),
    leftOutIds: idsOf(turns.filter((turn) => !chosen.has(turn))),
  }
}

type Turn = { item: EpisodeCandidate; turn: number }

function takeTurns(candidates: readonly EpisodeCandidate[]): Turn[] {
  const given = new Map<string, number>()
  return [...candidates]
    .sort(byNewest)
    .map((item) => {
      const turn = given.get(item.sourceId) ?? 0
      given.set(item.sourceId, turn + 1)
      return { item, turn }
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || byNewest(a.item, b.item))
}

function rankOf({ item, turn }: Turn): number {
  return turn - BOOST[item.priority]
}

/** Newest first, undated last; the id decides between equals, so that the order never wavers. */
function byNewest(a: EpisodeCandidate, b: EpisodeCandidate): number {
  const newer = (b.publishedAt?.getTime() ?? 0) - (a.publishedAt?.getTime() ?? 0)
  return newer || (a.episodeId < b.episodeId ? -1 : 1)
}
