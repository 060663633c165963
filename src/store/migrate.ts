import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { Failure } from '../model/failure.ts'
import { MIGRATIONS } from './migrations/list.ts'
import { type Connection, openSlowPool } from './pool.ts'

/**
 * Brings the schema up to this program's version and returns the names of what ran.
 *
 * Safe from several processes at once: one works, the others wait for it and find nothing to do.
 * All of it happens in one transaction, so a kill at any moment leaves the schema of before.
 * Throws `database-from-newer-version` when the database has been used by a later murmurcast.
 * `migrations` are this version's, unless a test brings its own.
 */
export async function migrate(
  connection: Connection,
  migrations: Record<string, Migration> = MIGRATIONS,
): Promise<string[]> {
  const pool = openSlowPool(connection, 'murmurcast migrate')
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    await refuseNewerSchema(db, migrations)
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
    const { error, results } = await migrator.migrateToLatest()
    // A newer version may have been at work since the first look.
    if (error) await refuseNewerSchema(db, migrations)
    if (error) throw error
    return (results ?? []).map((result) => result.migrationName)
  } finally {
    await db.destroy()
  }
}

async function refuseNewerSchema(
  db: Kysely<unknown>,
  migrations: Record<string, Migration>,
): Promise<void> {
  const { rows: found } = await sql<{ table: string | null }>`
    select to_regclass('kysely_migration')::text as table`.execute(db)
  if (found[0]?.table === null) return
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const unknown = rows.find((row) => !(row.name in migrations))
  if (unknown === undefined) return
  throw new Failure(
    'database-from-newer-version',
    'caller',
    `This database was last used by a newer murmurcast (it knows ${unknown.name}). ` +
      'Start that version, or restore a backup made by this one into an empty data folder.',
  )
}
