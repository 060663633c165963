import { sql } from 'kysely'
import type { Db } from '../../src/store/database.ts'

/** A job that lies in the queue and waits to be taken. */
export type QueuedJob = { step: string; itemId: string; detail: string | null; startAfter: Date }

/** The jobs that wait, in the order in which they were put in. */
export async function listQueuedJobs(db: Db): Promise<QueuedJob[]> {
  const { rows } = await sql<QueuedJob>`
    select name as step, data->>'itemId' as "itemId", data->>'detail' as detail,
      start_after as "startAfter"
    from jobs.job where state = 'created' order by created_on, name`.execute(db)
  return rows
}

/** Takes all jobs out of the queue. */
export async function clearJobs(db: Db): Promise<void> {
  await sql`delete from jobs.job`.execute(db)
}
