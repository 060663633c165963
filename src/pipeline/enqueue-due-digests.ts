import { NEWS_MS } from '../digests/choose-episodes.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Db } from '../store/database.ts'
import { listDigestCandidates } from '../store/digests.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import { listDigestReaders } from '../store/readers.ts'
import { listStepOutcomes } from '../store/step-outcomes.ts'
import { findNextDigest } from './find-next-digest.ts'

/** Longer than the queue waits between its tries at one job. */
const FAILED_PAUSE_MS = 30 * 60_000

/**
 * Puts a `build-digest` job in for every reader who wants digests and whose next one is due;
 * returns how many. It asks what is missing, not what time it is, so a run that was missed costs nothing.
 */
export async function enqueueDueDigests(deps: {
  db: Db
  queue: JobQueue
  clock: Clock
  log: Log
}): Promise<number> {
  const { db, queue, clock, log } = deps
  let due = 0
  for (const reader of await listDigestReaders(db)) {
    const next = await findNextDigest(db, reader, { edition: 'daily', now: clock.now() })
    if (!next.isDue || (await hasJustFailed(deps, reader.id))) continue
    if (!(await hasSomethingToTell(deps, reader.id))) continue
    due += 1
    log.info({ readerId: reader.id, digestDue: next.localDate })
    await db
      .transaction()
      .execute((tx) =>
        queue.enqueue(tx, { step: 'build-digest', itemId: reader.id, detail: next.localDate }),
      )
  }
  return due
}

/** The queue tries a digest that cannot be built again by itself; a job at each look would be a heap. */
async function hasJustFailed(
  { db, clock }: { db: Db; clock: Clock },
  readerId: string,
): Promise<boolean> {
  const [last] = await listStepOutcomes(db, readerId, 1)
  const agoMs = Math.abs(clock.now().getTime() - (last?.at.getTime() ?? 0))
  return last?.outcome === 'failed' && agoMs < FAILED_PAUSE_MS
}

/** A morning without news has no digest; what comes in later that morning still makes one. */
async function hasSomethingToTell(
  { db, clock }: { db: Db; clock: Clock },
  readerId: string,
): Promise<boolean> {
  const since = new Date(clock.now().getTime() - NEWS_MS)
  const found = await listDigestCandidates(db, { readerId, edition: 'daily', since, limit: 1 })
  return found.length > 0
}
