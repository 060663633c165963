import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { Failure } from '../model/failure.ts'
import { MIGRATIONS } from './migrations/list.ts'
import { type Connection, clientConfig } from './pool.ts'

/**
 * Brings the schema up to this program's version and returns the names of what ran.
 *
 * Safe from several processes at once: one works, the others wait for it and find nothing to do.
 * All of it happens in one transaction, so a kill at any moment leaves the schema of before.
 * Throws `database-from-newer-version` when the database has been used by a later murmurcast.
 */
export async function migrate(connection: Connection): Promise<string[]> {
  const pool = new pg.Pool({ ...clientConfig(connection, 'murmurcast migrate'), max: 1 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    await refuseNewerSchema(db)
    const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
    const { error, results } = await migrator.migrateToLatest()
    if (error) throw error
    return (results ?? []).map((result) => result.migrationName)
  } finally {
    await db.destroy()
  }
}

async function refuseNewerSchema(db: Kysely<unknown>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return
  const ran = await (db as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
  const unknown = ran.filter((row) => !(row.name in MIGRATIONS))
  if (unknown.length === 0) return
  throw new Failure(
    'database-from-newer-version',
    'caller',
    `This database was last used by a newer murmurcast (it knows ${unknown[0]?.name}). ` +
      'Start that version, or restore a backup made by this one into an empty data folder.',
  )
}
