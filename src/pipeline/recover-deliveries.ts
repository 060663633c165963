import type { JournalRecord } from '../mail/send-journal.ts'
import type { Delivery } from '../model/digest.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Db } from '../store/database.ts'
import {
  listAbandonedDeliveries,
  releaseDelivery,
  revokeClaim,
  settleDelivery,
} from '../store/deliveries.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import { type LastAttempt, readLastAttempt, UNANSWERED } from './read-last-attempt.ts'

export type RecoverDeps = {
  db: Db
  queue: JobQueue
  clock: Clock
  log: Log
  /** See `sendDigestStep`. */
  isRepeatable: boolean
  readJournal: () => Promise<ReadonlyMap<string, JournalRecord>>
  /** True when every sender there is writes into this journal. */
  isAlone: boolean
}

/**
 * Settles deliveries whose sender died: by the journal where it has an answer, as `uncertain`
 * where an attempt had begun, and back to be sent where none had. Returns how many.
 *
 * A delivery claimed at `claimedBefore` or later may still have its sender. A sender that only
 * seemed dead does no harm: its claim is revoked before the journal is read.
 */
export async function recoverDeliveries(deps: RecoverDeps, claimedBefore: Date): Promise<number> {
  const revoked: Delivery[] = []
  for (const delivery of await listAbandonedDeliveries(deps.db, claimedBefore)) {
    const claim = { id: delivery.id, attempt: delivery.attempts }
    if (await revokeClaim(deps.db, claim)) revoked.push(delivery)
  }
  if (revoked.length === 0) return 0
  const records = await deps.readJournal()
  for (const delivery of revoked) await recover(deps, delivery.id, records.get(delivery.id))
  return revoked.length
}

async function recover(
  deps: RecoverDeps,
  id: string,
  record: JournalRecord | undefined,
): Promise<void> {
  const { db, queue, clock, log } = deps
  const last = howItStands(deps, record)
  log.info({ deliveryId: id, recovered: last })
  await db.transaction().execute(async (tx) => {
    if (last === 'not-taken') {
      await releaseDelivery(tx, id)
      await queue.enqueue(tx, { step: 'send-digest', itemId: id })
      return
    }
    const answer = record?.last?.answer ?? UNANSWERED
    await settleDelivery(tx, { id, state: last, answer, now: clock.now() })
  })
}

function howItStands(
  { isRepeatable, isAlone }: RecoverDeps,
  record: JournalRecord | undefined,
): LastAttempt {
  const last = record === undefined ? 'not-taken' : readLastAttempt(record, isRepeatable)
  // The sender may have been on another machine, with a journal of its own.
  return last === 'not-taken' && !isAlone && !isRepeatable ? 'uncertain' : last
}
