import { STEP_AFTER } from '../model/step.ts'
import type { Db } from '../store/database.ts'
import { listBuiltDeliveries } from '../store/deliveries.ts'
import { listUnfinishedEpisodes } from '../store/episodes.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'

const BATCH = 500

/**
 * Puts a job in for everything that is unfinished and asks for one: after a restore, which brings
 * no jobs along, and after whatever else has lost one. A job that is in the queue already is not
 * doubled. Returns how many items were found.
 */
export async function resumeLine({ db, queue }: { db: Db; queue: JobQueue }): Promise<number> {
  const episodes = await listUnfinishedEpisodes(db, BATCH)
  const deliveries = await listBuiltDeliveries(db, BATCH)
  await db.transaction().execute(async (tx) => {
    for (const { id, stage, retryAt } of episodes) {
      if (stage === 'summarised' || stage === 'grouped') continue
      const step = STEP_AFTER[stage]
      await queue.enqueue(tx, { step, itemId: id, ...(retryAt && { startAfter: retryAt }) })
    }
    for (const id of deliveries) await queue.enqueue(tx, { step: 'send-digest', itemId: id })
  })
  return episodes.length + deliveries.length
}
