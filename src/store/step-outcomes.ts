import type { StepOutcome } from '../model/step.ts'
import type { Db, Tx } from './database.ts'

/** How one try of a step ended, as it is kept. */
export type StepRecord = {
  step: string
  itemId: string
  outcome: StepOutcome['outcome'] | 'failed'
  reason: string | null
  retryAt: Date | null
  at: Date
}

/** Keeps how a step ended; part of the transaction that writes its result. */
export async function saveStepOutcome(
  tx: Tx,
  {
    id,
    step,
    itemId,
    outcome,
    ms,
  }: {
    id: string
    step: string
    itemId: string
    outcome: StepOutcome | { outcome: 'failed'; reason: string }
    ms: number
  },
): Promise<void> {
  await tx
    .insertInto('step_outcomes')
    .values({
      id,
      step,
      item_id: itemId,
      outcome: outcome.outcome,
      reason: 'reason' in outcome ? outcome.reason : null,
      retry_at: 'retryAt' in outcome ? outcome.retryAt : null,
      ms,
    })
    .execute()
}

/** The newest outcomes of an item, newest first. */
export async function listStepOutcomes(
  db: Db,
  itemId: string,
  limit: number,
): Promise<StepRecord[]> {
  const rows = await db
    .selectFrom('step_outcomes')
    .selectAll()
    .where('item_id', '=', itemId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    step: row.step,
    itemId: row.item_id,
    outcome: row.outcome,
    reason: row.reason,
    retryAt: row.retry_at,
    at: row.at,
  }))
}
