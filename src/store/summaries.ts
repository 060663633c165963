import { type SqlBool, sql } from 'kysely'
import type { Summary } from '../model/summary.ts'
import type { Db, Tx } from './database.ts'
import { toJson } from './to-json.ts'

/** What a summary was made from. Equal keys mean equal work, which is done once. */
export type SummaryKey = { contentHash: string; language: string; promptVersion: string }

export async function findSummaryByKey(
  db: Db,
  key: SummaryKey,
): Promise<{ id: string; summary: Summary } | undefined> {
  const row = await db
    .selectFrom('summaries')
    .select(['id', 'body'])
    .where('content_hash', '=', key.contentHash)
    .where('language', '=', key.language)
    .where('prompt_version', '=', key.promptVersion)
    .executeTakeFirst()
  return row && { id: row.id, summary: row.body }
}

/**
 * Saves a summary under its key and gives it to the episode. If another process saved one under
 * the same key meanwhile, the episode gets that one.
 */
export async function saveSummary(
  tx: Tx,
  {
    id,
    key,
    episodeId,
    summary,
    now,
  }: {
    id: string
    key: SummaryKey
    episodeId: string
    summary: Summary
    now: Date
  },
): Promise<void> {
  await tx
    .insertInto('summaries')
    .values({
      id,
      content_hash: key.contentHash,
      language: key.language,
      prompt_version: key.promptVersion,
      tier: summary.tier,
      body: toJson(summary),
    })
    .onConflict((c) => c.columns(['content_hash', 'language', 'prompt_version']).doNothing())
    .execute()
  const kept = await findSummaryByKey(tx, key)
  await tx
    .updateTable('episodes')
    .set({
      summary_id: kept?.id ?? id,
      summarised_at: sql<Date>`coalesce(summarised_at, ${now})`,
      version: sql<string>`version + 1`,
    })
    .where('id', '=', episodeId)
    .execute()
}

/** Removes those of the given summaries that no episode has. */
export async function deleteUnsharedSummaries(tx: Tx, ids: readonly string[]): Promise<void> {
  const isGiven = sql<SqlBool>`summaries.id = any(${[...ids]}::uuid[])`
  // Locked first: who gives one to an episode meanwhile is waited for, and then seen.
  await tx.selectFrom('summaries').select('id').where(isGiven).forUpdate().execute()
  await tx
    .deleteFrom('summaries')
    .where(isGiven)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('episodes').select('id').whereRef('episodes.summary_id', '=', 'summaries.id'),
        ),
      ),
    )
    .execute()
}

export async function findSummary(db: Db, episodeId: string): Promise<Summary | undefined> {
  const row = await db
    .selectFrom('episodes')
    .innerJoin('summaries', 'summaries.id', 'episodes.summary_id')
    .select('summaries.body')
    .where('episodes.id', '=', episodeId)
    .executeTakeFirst()
  return row?.body
}
