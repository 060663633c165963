import type { Db } from '../../src/store/database.ts'
import type { JobQueue } from '../../src/store/jobs/job-queue.ts'
import { createTestDatabase, openTestQueue } from './create-test-database.ts'
import { clearJobs, listQueuedJobs, type QueuedJob } from './list-queued-jobs.ts'

/** A database and a queue that nobody works, for tests of steps and of what puts jobs in. */
export type LineGround = AsyncDisposable & {
  db: Db
  queue: JobQueue
  listJobs: () => Promise<QueuedJob[]>
  clearJobs: () => Promise<void>
}

export async function openLineGround(): Promise<LineGround> {
  const closing = new AsyncDisposableStack()
  const database = closing.use(await createTestDatabase())
  const queue = closing.use(await openTestQueue(database, { works: false }))
  const { db } = database
  return {
    ...{ db, queue },
    listJobs: () => listQueuedJobs(db),
    clearJobs: () => clearJobs(db),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}
