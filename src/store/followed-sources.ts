import { type SqlBool, sql } from 'kysely'
import type { Source } from '../model/source.ts'
import { whereMayRead } from './audience-columns.ts'
import type { Db, Tx } from './database.ts'
import { toSource, toSourceRow, urlKey } from './sources.ts'

/** A statement takes 65,535 values. */
const LOT = 1000

/** Saves many as `saveSourceOnce` does one; gives what is there by the URL that was given. */
export async function saveSourcesOnce(
  tx: Tx,
  sources: readonly Source[],
): Promise<Map<string, Source>> {
  const saved = new Map<string, Source>()
  for (let from = 0; from < sources.length; from += LOT) {
    const lot = sources.slice(from, from + LOT)
    await tx
      .insertInto('sources')
      .values(lot.map(toSourceRow))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const given = sql<{ given: string }>`unnest(${lot.map(({ url }) => url)}::text[])`
    const rows = await tx
      .selectFrom(given.as<'asked'>(sql`asked(given)`))
      .innerJoin('sources', (join) =>
        join.on(
          sql<SqlBool>`${urlKey(sql.ref('sources.url'))} = ${urlKey(sql.ref('asked.given'))}`,
        ),
      )
      .selectAll('sources')
      .select('asked.given')
      .execute()
    for (const row of rows) saved.set(row.given, toSource(row))
  }
  return saved
}

/** What a reader follows, by title, with its addresses: not for pages. */
export async function listFollowedSources(db: Db, readerId: string): Promise<Source[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .innerJoin('sources', 'sources.id', 'subscriptions.source_id')
    .where('subscriptions.reader_id', '=', readerId)
    .where(whereMayRead({ id: readerId }, 'sources'))
    .selectAll('sources')
    .orderBy(sql`lower(sources.title)`)
    .execute()
  return rows.map(toSource)
}

/**
 * Lets a reader see a private source and its episodes, or no longer: those of its readers who
 * follow it share one row, and each of them is named. Sources that all may see stay as they are.
 */
export async function saveAdmission(
  tx: Tx,
  { sourceId, readerId, isAdmitted }: { sourceId: string; readerId: string; isAdmitted: boolean },
): Promise<void> {
  const without = sql<string[]>`array_remove(audience_reader_ids, ${readerId}::uuid)`
  const named = isAdmitted ? sql<string[]>`array_append(${without}, ${readerId}::uuid)` : without
  // The source first: who saves new episodes holds its row, and then reads whom they are for.
  await tx
    .updateTable('sources')
    .set({ audience_reader_ids: named })
    .where('id', '=', sourceId)
    .where('audience', '=', 'readers')
    .execute()
  await tx
    .updateTable('episodes')
    .set({ audience_reader_ids: named })
    .where('source_id', '=', sourceId)
    .where('audience', '=', 'readers')
    .execute()
}
