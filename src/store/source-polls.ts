import { type SqlBool, sql } from 'kysely'
import type { Db, Tx } from './database.ts'
import { findSourceByUrl } from './sources.ts'

/** What is known of when a source publishes, and when it wants to be asked. */
export async function findPollHints(
  db: Db,
  sourceId: string,
): Promise<{ published: Date[]; ttlMinutes: number | null; skipHours: number[] }> {
  const source = await db
    .selectFrom('sources')
    .select(['ttl_minutes', 'skip_hours'])
    .where('id', '=', sourceId)
    .executeTakeFirst()
  const rows = await db
    .selectFrom('episodes')
    .select('published_at')
    .where('source_id', '=', sourceId)
    .where('published_at', 'is not', null)
    .orderBy(sql`published_at desc nulls last`)
    .limit(LAST_DATES)
    .execute()
  return {
    published: rows.flatMap((row) => row.published_at ?? []),
    ttlMinutes: source?.ttl_minutes ?? null,
    skipHours: source?.skip_hours ?? [],
  }
}

const LAST_DATES = 12
/** So many answers in a row must say that a source has moved before it is believed. */
const MOVES_BELIEVED = 3

/**
 * Notes where a source's last answer said for good that it now is, or that it said nothing. Moves
 * the source there when three in a row said the same and no other source is there.
 */
export async function saveMove(
  tx: Tx,
  { sourceId, movedTo }: { sourceId: string; movedTo: string | null },
): Promise<void> {
  const row = await tx
    .updateTable('sources')
    .set({
      moved_seen: sql<number>`case when ${movedTo}::text is null then 0
        when moved_to = ${movedTo}::text then moved_seen + 1 else 1 end`,
      moved_to: movedTo,
    })
    .where('id', '=', sourceId)
    .where((is) =>
      is.or([is('moved_to', 'is not', null), sql<SqlBool>`${movedTo}::text is not null`]),
    )
    .returning('moved_seen')
    .executeTakeFirst()
  if (movedTo === null || (row?.moved_seen ?? 0) < MOVES_BELIEVED) return
  const other = await findSourceByUrl(tx, movedTo)
  if (other !== undefined && other.id !== sourceId) return
  await tx
    .updateTable('sources')
    .set({ url: movedTo, moved_to: null, moved_seen: 0 })
    .where('id', '=', sourceId)
    .execute()
}
