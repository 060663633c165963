import type { Priority, Subscription } from '../model/subscription.ts'
import type { Db, Tx } from './database.ts'

/** Lets a reader follow a source; following twice changes nothing. */
export async function saveSubscriptionOnce(
  tx: Tx,
  { id, readerId, sourceId }: { id: string; readerId: string; sourceId: string },
): Promise<void> {
  await tx
    .insertInto('subscriptions')
    .values({ id, reader_id: readerId, source_id: sourceId })
    .onConflict((conflict) => conflict.columns(['reader_id', 'source_id']).doNothing())
    .execute()
}

const LOT = 1000

/** Follows many at once; returns the ids of the sources that were not followed before. */
export async function saveSubscriptionsOnce(
  tx: Tx,
  subscriptions: readonly { id: string; readerId: string; sourceId: string }[],
): Promise<Set<string>> {
  const fresh = new Set<string>()
  for (let from = 0; from < subscriptions.length; from += LOT) {
    const lot = subscriptions.slice(from, from + LOT)
    const rows = await tx
      .insertInto('subscriptions')
      .values(lot.map((row) => ({ id: row.id, reader_id: row.readerId, source_id: row.sourceId })))
      .onConflict((conflict) => conflict.columns(['reader_id', 'source_id']).doNothing())
      .returning('source_id')
      .execute()
    for (const row of rows) fresh.add(row.source_id)
  }
  return fresh
}

/** True when the reader followed the source and now does not. */
export async function deleteSubscription(
  tx: Tx,
  { readerId, sourceId }: { readerId: string; sourceId: string },
): Promise<boolean> {
  const result = await tx
    .deleteFrom('subscriptions')
    .where('reader_id', '=', readerId)
    .where('source_id', '=', sourceId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Pauses a source for one reader, or takes it up again; true when the reader follows it. */
export async function savePaused(
  tx: Tx,
  { readerId, sourceId, paused }: { readerId: string; sourceId: string; paused: boolean },
): Promise<boolean> {
  const result = await tx
    .updateTable('subscriptions')
    .set({ paused })
    .where('reader_id', '=', readerId)
    .where('source_id', '=', sourceId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function savePriority(
  tx: Tx,
  { readerId, sourceId, priority }: { readerId: string; sourceId: string; priority: Priority },
): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set({ priority })
    .where('reader_id', '=', readerId)
    .where('source_id', '=', sourceId)
    .execute()
}

export async function listSubscriptions(db: Db, readerId: string): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('reader_id', '=', readerId)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    readerId: row.reader_id,
    sourceId: row.source_id,
    priority: row.priority,
    paused: row.paused,
    createdAt: row.created_at,
  }))
}
