import type pg from 'pg'

const OWN_TABLES = new Set(['kysely_migration', 'kysely_migration_lock'])

/**
 * The product's tables, each after those that it refers to, so that rows can be put back in this
 * order. Jobs are not among them: what has to be done is told by the items themselves.
 */
export async function listTablesInOrder(client: pg.ClientBase): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' order by 1`,
  )
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select c.conrelid::regclass::text as from, c.confrelid::regclass::text as to
     from pg_constraint c join pg_namespace n on n.oid = c.connamespace
     where n.nspname = 'public' and c.contype = 'f' and c.conrelid <> c.confrelid`,
  )
  const waiting = new Set(tables.map((table) => table.name).filter((name) => !OWN_TABLES.has(name)))
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
