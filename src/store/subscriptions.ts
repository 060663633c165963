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
