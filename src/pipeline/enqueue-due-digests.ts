import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Db } from '../store/database.ts'
import { listDigestCandidates } from '../store/digests.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import { listDigestReaders } from '../store/readers.ts'
import { findNextDigest } from './find-next-digest.ts'
import { NEWS_MS } from './load-digest-content.ts'

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
    if (!next.isDue || !(await hasSomethingToTell(deps, reader.id))) continue
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

/** A morning without news has no digest; what comes in later that morning still makes one. */
async function hasSomethingToTell(
  { db, clock }: { db: Db; clock: Clock },
  readerId: string,
): Promise<boolean> {
  const since = new Date(clock.now().getTime() - NEWS_MS)
  const found = await listDigestCandidates(db, { readerId, edition: 'daily', since, limit: 1 })
  return found.length > 0
}
