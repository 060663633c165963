import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { Failure } from '../../model/failure.ts'
import { MIGRATIONS } from '../migrations/list.ts'
import { type Connection, clientConfig } from '../pool.ts'
import { type BackupContents, readBackup } from './read-backup.ts'

/** What was on the way when the backup was made is put on the way again by the timetable. */
const JOBS_SCHEMA = 'jobs'

/**
 * Replaces everything in the database by what a backup holds, in one transaction: it is all there
 * or nothing has changed. A backup from an older version is put into the schema of its time and
 * brought up to date. Nobody else may use the database meanwhile.
 *
 * `open` is called twice, since the backup is proved whole before anything is touched.
 */
export async function restoreBackup(
  connection: Connection,
  open: () => AsyncIterable<string>,
): Promise<BackupContents> {
  const { migrations } = await readBackup(open())
  refuseNewer(migrations)
  const pool = new pg.Pool({ ...clientConfig(connection, 'murmurcast restore'), max: 1 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    return await db.transaction().execute(async (tx) => {
      await makeEmptySchema(tx, migrations.at(-1))
      const contents = await readBackup(open(), (table, rows) => insertRows(tx, table, rows))
      await migrateWithin(tx)
      return contents
    })
  } finally {
    await db.destroy()
  }
}

async function makeEmptySchema(tx: Transaction<unknown>, migration?: string): Promise<void> {
  await sql`drop schema if exists ${sql.id(JOBS_SCHEMA)} cascade`.execute(tx)
  await sql`drop schema public cascade`.execute(tx)
  await sql`create schema public`.execute(tx)
  await migrateWithin(tx, migration)
}

async function migrateWithin(tx: Transaction<unknown>, target?: string): Promise<void> {
  const migrator = new Migrator({ db: tx, provider: { getMigrations: async () => MIGRATIONS } })
  const options = { disableTransactions: true }
  const { error } =
    target === undefined
      ? await migrator.migrateToLatest(options)
      : await migrator.migrateTo(target, options)
  if (error) throw error
}

async function insertRows(
  tx: Transaction<unknown>,
  table: string,
  rows: Record<string, unknown>[],
): Promise<void> {
  const into = sql.table(table)
  await sql`insert into ${into}
    select * from jsonb_populate_recordset(null::${into}, ${JSON.stringify(rows)}::jsonb)`.execute(
    tx,
  )
}

function refuseNewer(migrations: readonly string[]): void {
  const unknown = migrations.find((name) => !(name in MIGRATIONS))
  if (unknown === undefined) return
  throw new Failure(
    'backup-from-newer-version',
    'caller',
    `This backup was made by a newer murmurcast (it knows ${unknown}). ` +
      'Update murmurcast, then restore it. Nothing was changed.',
  )
}
