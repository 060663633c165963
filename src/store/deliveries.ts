import { type Selectable, sql } from 'kysely'
import type { Delivery, DeliveryState } from '../model/digest.ts'
import type { Database, Db, Tx } from './database.ts'

/** A delivery with the exact bytes that every attempt sends. */
export type BuiltDelivery = Delivery & { raw: Uint8Array }

/** Saves a delivery ready to be sent; one that is there already stays as it is. */
export async function saveDeliveryOnce(
  tx: Tx,
  delivery: Pick<BuiltDelivery, 'id' | 'digestId' | 'address' | 'messageId' | 'subject' | 'raw'>,
): Promise<void> {
  await tx
    .insertInto('deliveries')
    .values({
      id: delivery.id,
      digest_id: delivery.digestId,
      address: delivery.address,
      message_id: delivery.messageId,
      subject: delivery.subject,
      raw: Buffer.from(delivery.raw),
    })
    .onConflict((c) => c.doNothing())
    .execute()
}

/**
 * Claims a delivery for sending. Of any number of claims one gets it; undefined for the others. One
 * whose reader has stopped the digests meanwhile, or has another address now, is cancelled, and
 * nobody gets it. `attempts` of what is returned names the claim.
 */
export async function claimDelivery(
  db: Db,
  deliveryId: string,
  now: Date,
): Promise<BuiltDelivery | undefined> {
  const row = await db
    .updateTable('deliveries')
    .set({
      state: sql<DeliveryState>`case when (select wants_digest
        and deliveries.address in ('outbox', email)
        from readers join digests on digests.reader_id = readers.id
        where digests.id = deliveries.digest_id) then 'sending' else 'cancelled' end`,
      attempts: sql<number>`attempts + 1`,
      claimed_at: now,
    })
    .where('id', '=', deliveryId)
    .where('state', '=', 'built')
    .returningAll()
    .executeTakeFirst()
  return row?.state === 'sending' ? { ...toDelivery(row), raw: row.raw } : undefined
}

/**
 * Writes how a claimed delivery ended. Nothing changes if it was settled meanwhile, or, where
 * `attempt` is given, if another attempt than that one has claimed it since.
 */
export async function settleDelivery(
  tx: Tx,
  {
    id,
    state,
    answer,
    now,
    attempt,
  }: { id: string; state: DeliveryState; answer: string; now: Date; attempt?: number },
): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ state, last_answer: answer, sent_at: state === 'sent' ? now : null })
    .where('id', '=', id)
    .where('state', 'in', ['sending', 'built'])
    .$if(attempt !== undefined, (query) => query.where('attempts', '=', attempt ?? 0))
    .execute()
}

export async function findDelivery(db: Db, deliveryId: string): Promise<Delivery | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('id', '=', deliveryId)
    .executeTakeFirst()
  return row && toDelivery(row)
}

/** Deliveries that were claimed before `before` and never settled: their sender is gone. */
export async function listAbandonedDeliveries(db: Db, before: Date): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', 'sending')
    .where('claimed_at', '<', before)
    .execute()
  return rows.map(toDelivery)
}

/** One claim of a delivery: `attempt` is what `attempts` was when it was claimed. */
export type Claim = { id: string; attempt: number }

/**
 * Ends a claim whose sender seems gone, before anybody asks what it has done: from now on
 * `isClaimed` is false for it. False when it has ended meanwhile.
 */
export async function revokeClaim(db: Db, claim: Claim): Promise<boolean> {
  const result = await db
    .updateTable('deliveries')
    .set({ attempts: sql<number>`attempts + 1` })
    .where('id', '=', claim.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', claim.attempt)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** True while the delivery is this claim's to send. */
export async function isClaimed(db: Db, claim: Claim): Promise<boolean> {
  const row = await db
    .selectFrom('deliveries')
    .select('id')
    .where('id', '=', claim.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', claim.attempt)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Puts a claimed delivery back to `built`: it is known that nothing was sent. Nothing changes, where
 * `attempt` is given, if another attempt than that one has claimed it since.
 */
export async function releaseDelivery(tx: Tx, deliveryId: string, attempt?: number): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ state: 'built', claimed_at: null })
    .where('id', '=', deliveryId)
    .where('state', '=', 'sending')
    .$if(attempt !== undefined, (query) => query.where('attempts', '=', attempt ?? 0))
    .execute()
}

/** Deliveries that are built and wait for a sender. */
export async function listBuiltDeliveries(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('id')
    .where('state', '=', 'built')
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

export function toDelivery(row: Selectable<Database['deliveries']>): Delivery {
  return {
    id: row.id,
    digestId: row.digest_id,
    address: row.address,
    state: row.state,
    messageId: row.message_id,
    subject: row.subject,
    attempts: row.attempts,
    lastAnswer: row.last_answer,
    sentAt: row.sent_at,
  } satisfies Delivery
}
