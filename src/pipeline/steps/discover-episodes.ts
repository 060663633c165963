import { type Failure, isFailure } from '../../model/failure.ts'
import type { Source } from '../../model/source.ts'
import { done, type StepOutcome, skipped } from '../../model/step.ts'
import type { Clock } from '../../platform/clock.ts'
import type { GuardedFetch } from '../../platform/http/guarded-fetch.ts'
import { canonicalSourceUrl } from '../../sources/canonical-source-url.ts'
import type { ParsedFeed } from '../../sources/feed/parsed-feed.ts'
import { FeedFailure, type FeedReading, readFeed } from '../../sources/feed/read-feed.ts'
import { isFromArchive, withoutSame } from '../../sources/same-episode.ts'
import { whyLeftOut } from '../../sources/youtube/why-left-out.ts'
import type { Db, Tx } from '../../store/database.ts'
import { listEpisodeMarks, listGuids, saveLeftOut, saveNewEpisodes } from '../../store/episodes.ts'
import type { Job } from '../../store/jobs/job.ts'
import type { JobQueue } from '../../store/jobs/job-queue.ts'
import { findPollHints, saveMove } from '../../store/source-polls.ts'
import {
  countFailures,
  findReadingState,
  findSource,
  saveCheckFailed,
  saveCheckSucceeded,
} from '../../store/sources.ts'
import {
  jitterSeed,
  nextCheckAfterFailure,
  nextCheckAfterSuccess,
  type PollHints,
} from '../next-check.ts'

export type DiscoverDeps = {
  db: Db
  queue: JobQueue
  fetch: GuardedFetch
  clock: Clock
  newId: () => string
}

/** The first poll takes only so many, the newest: following a show is not asking for its archive. */
const FIRST_POLL_EPISODES = 4
/** A feed that suddenly has more than this is a republished archive, not a busy day. */
const LATER_POLL_EPISODES = 20
const BEFORE_FOLLOWING = 'It was published before the source was followed.'
const FROM_ARCHIVE = 'It is from the archive: newer ones were known before it.'
const TOO_MANY = 'It came with many others at once, of which the newest were taken.'

/** Reads a source's feed and puts what is new on the line. What was known stays, whatever is read. */
export async function discoverEpisodesStep(deps: DiscoverDeps, job: Job): Promise<StepOutcome> {
  const source = await findSource(deps.db, job.itemId)
  if (source === undefined) return skipped('The source was removed.')
  if (source.state === 'paused') return skipped('The source is paused.')
  const guids = await listGuids(deps.db, source.id)
  try {
    const reading = await readFeed({
      url: source.url,
      fetch: deps.fetch,
      now: deps.clock.now(),
      previous: await previousReading(deps.db, source),
      knownGuids: guids,
      signal: job.signal,
    })
    return await job.commit(done, (tx) => saveReading(tx, { ...deps, source, reading, guids }))
  } catch (error) {
    // An address that leads where nobody may go is the source's fault as much as one that is gone.
    if (!isFailure(error) || error.blame === 'us') throw error
    return saveFailure(deps, { job, source, failure: error })
  }
}

async function previousReading(db: Db, source: Source) {
  const state = await findReadingState(db, source.id)
  return state ?? { etag: null, lastModified: null, bodyHash: null }
}

type Read = DiscoverDeps & { source: Source; reading: FeedReading; guids: ReadonlySet<string> }

async function saveReading(tx: Tx, read: Read): Promise<void> {
  const { source, reading, clock } = read
  const now = clock.now()
  await saveCheckSucceeded(tx, {
    sourceId: source.id,
    checkedAt: now,
    nextCheckAt: nextCheckAfterSuccess(now, await pollHints(tx, read), jitterSeed(source.id)),
    reading: { etag: reading.etag, lastModified: reading.lastModified, bodyHash: reading.bodyHash },
    about: reading.outcome === 'changed' ? reading.feed : null,
  })
  const { redirectedTo } = reading
  const movedTo = redirectedTo === null ? null : canonicalSourceUrl(redirectedTo)
  await saveMove(tx, { sourceId: source.id, movedTo })
  if (reading.outcome !== 'changed') return
  // Whom the episodes are for may have changed while the feed was read.
  const current = (await findSource(tx, source.id)) ?? source
  await saveDiscoveries(tx, { ...read, source: current }, reading.feed)
}

async function pollHints(tx: Tx, { source, reading }: Read): Promise<PollHints> {
  const known = await findPollHints(tx, source.id)
  const { freshForSeconds } = reading
  if (reading.outcome !== 'changed') return { ...known, freshForSeconds }
  const { episodes, ttlMinutes, skipHours } = reading.feed
  const fresh = episodes.flatMap(({ publishedAt }) => publishedAt ?? [])
  return { published: [...known.published, ...fresh], freshForSeconds, ttlMinutes, skipHours }
}

async function saveDiscoveries(
  tx: Tx,
  { source, guids, queue, newId }: Read,
  { kind, episodes }: ParsedFeed,
): Promise<void> {
  // Feeds begin with the newest: turned round, that is kept where the dates do not tell.
  const unknown = episodes
    .filter((episode) => !guids.has(episode.guid) && episode.isUpcoming !== true)
    .toReversed()
  if (unknown.length === 0) return
  const isFirst = guids.size === 0
  const known = isFirst ? [] : await listEpisodeMarks(tx, source.id)
  const fresh = withoutSame(unknown, known).map((episode) => ({ ...episode, id: newId() }))
  const ids = await saveNewEpisodes(tx, { ...source, kind }, fresh)
  const reasons = new Map(
    fresh.map((episode) => {
      const archived = isFromArchive(episode, known) ? FROM_ARCHIVE : null
      return [episode.id, whyLeftOut(episode, kind) ?? archived]
    }),
  )
  const wanted = ids.filter((id) => reasons.get(id) === null)
  const limit = isFirst ? FIRST_POLL_EPISODES : LATER_POLL_EPISODES
  // Oldest first comes back, so the newest are at the end.
  for (const id of wanted.slice(0, -limit)) reasons.set(id, isFirst ? BEFORE_FOLLOWING : TOO_MANY)
  for (const [reason, group] of Map.groupBy(ids, (id) => reasons.get(id) ?? null)) {
    if (reason !== null) await saveLeftOut(tx, group, reason)
  }
  for (const id of wanted.slice(-limit)) {
    await queue.enqueue(tx, { step: 'fetch-content', itemId: id })
  }
}

async function saveFailure(
  { db, clock }: DiscoverDeps,
  { job, source, failure }: { job: Job; source: Source; failure: Failure },
): Promise<StepOutcome> {
  const now = clock.now()
  const failures = await countFailures(db, source.id)
  const gone = failure.code === 'feed-gone'
  const askedFor = failure instanceof FeedFailure ? failure.retryAt : null
  return job.commit(skipped(failure.message), (tx) =>
    saveCheckFailed(tx, {
      sourceId: source.id,
      checkedAt: now,
      nextCheckAt: gone ? null : nextCheckAfterFailure(now, failures + 1, askedFor),
      reason: failure.message,
      gone,
    }),
  )
}
