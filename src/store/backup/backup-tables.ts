import type pg from 'pg'
import type { Database } from '../database.ts'

/**
 * Every table of the product: what a backup holds and what a restore replaces. An owner's server
 * may hold tables of other programs beside ours, which are neither saved nor touched.
 */
const TABLES = {
  readers: true,
  sign_in_tokens: true,
  sessions: true,
  sources: true,
  subscriptions: true,
  transcripts: true,
  summaries: true,
  episodes: true,
  episode_contents: true,
  stories: true,
  story_episodes: true,
  digests: true,
  digest_episodes: true,
  deliveries: true,
  corrections: true,
  ledger: true,
  step_outcomes: true,
} satisfies Record<keyof Database, true>

export const PRODUCT_TABLES: readonly string[] = Object.keys(TABLES)

/** Where the migrations that ran are kept. */
export const MIGRATION_TABLES: readonly string[] = ['kysely_migration', 'kysely_migration_lock']

/**
 * The product's tables, each after those that it refers to, so that rows can be put back in this
 * order. Jobs are not among them: what has to be done is told by the items themselves.
 */
export async function listTablesInOrder(client: pg.ClientBase): Promise<string[]> {
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select a.relname as from, b.relname as to from pg_constraint c
     join pg_class a on a.oid = c.conrelid join pg_class b on b.oid = c.confrelid
     where c.contype = 'f' and a.oid <> b.oid and pg_table_is_visible(a.oid)`,
  )
  const waiting = new Set(PRODUCT_TABLES)
  const ordered: string[] = []
  while (waiting.size > 0) {
    const ready = [...waiting].filter((name) =>
      references.every((reference) => reference.from !== name || !waiting.has(reference.to)),
    )
    if (ready.length === 0)
      throw new Error(`tables refer to each other in a circle: ${[...waiting]}`)
    for (const name of ready) {
      ordered.push(name)
      waiting.delete(name)
    }
  }
  return ordered
}

export async function listMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from kysely_migration order by name',
  )
  return rows.map((row) => row.name)
}
