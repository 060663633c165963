import type { JournalRecord } from '../mail/send-journal.ts'
import type { Delivery } from '../model/digest.ts'
import type { Log } from '../platform/log.ts'
import type { Db } from '../store/database.ts'
import { listAbandonedDeliveries, releaseDelivery, settleDelivery } from '../store/deliveries.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import { readLastAttempt } from './read-last-attempt.ts'

export type RecoverDeps = { db: Db; queue: JobQueue; log: Log; isRepeatable: boolean }

/**
 * Settles deliveries whose sender died: by the journal where it has an answer, as `uncertain`
 * where an attempt had begun, and back to be sent where none had. Returns how many.
 */
export async function recoverDeliveries(
  deps: RecoverDeps,
  {
    records,
    claimedBefore,
    now,
  }: {
    records: ReadonlyMap<string, JournalRecord>
    /** A delivery claimed later than this may still have its sender. */
    claimedBefore: Date
    now: Date
  },
): Promise<number> {
  const abandoned = await listAbandonedDeliveries(deps.db, claimedBefore)
  for (const delivery of abandoned) {
    await recover(deps, delivery, { record: records.get(delivery.id), now })
  }
  return abandoned.length
}

async function recover(
  { db, queue, log, isRepeatable }: RecoverDeps,
  delivery: Delivery,
  { record, now }: { record: JournalRecord | undefined; now: Date },
): Promise<void> {
  const last = record === undefined ? 'not-taken' : readLastAttempt(record, isRepeatable)
  log.info({ deliveryId: delivery.id, recovered: last })
  await db.transaction().execute(async (tx) => {
    if (last === 'not-taken') {
      await releaseDelivery(tx, delivery.id)
      await queue.enqueue(tx, { step: 'send-digest', itemId: delivery.id })
      return
    }
    const answer = record?.last?.answer ?? 'The program ended while the mail server was answering.'
    await settleDelivery(tx, { id: delivery.id, state: last, answer, now })
  })
}
