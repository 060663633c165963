import type { Clock } from '../platform/clock.ts'
import type { Db } from '../store/database.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import { claimSourcesDueForCheck } from '../store/sources.ts'

const BATCH = 100
/** A check that has not reported back by then is given out again. */
const LEASE_MS = 30 * 60_000

/** Puts a `discover-episodes` job in for every source whose check is due; returns how many. */
export async function enqueueDueChecks(deps: {
  db: Db
  queue: JobQueue
  clock: Clock
}): Promise<number> {
  const now = deps.clock.now()
  const leaseUntil = new Date(now.getTime() + LEASE_MS)
  let total = 0
  while (true) {
    const claimed = await deps.db.transaction().execute(async (tx) => {
      const ids = await claimSourcesDueForCheck(tx, { now, leaseUntil, limit: BATCH })
      for (const id of ids) await deps.queue.enqueue(tx, { step: 'discover-episodes', itemId: id })
      return ids.length
    })
    total += claimed
    if (claimed < BATCH) return total
  }
}
