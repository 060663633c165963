import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { Failure } from '../../model/failure.ts'
import { MIGRATIONS } from '../migrations/list.ts'
import { type Connection, openSlowPool } from '../pool.ts'
import { MIGRATION_TABLES, PRODUCT_TABLES } from './backup-tables.ts'
import { type BackupContents, readBackup } from './read-backup.ts'

export type RestoreOptions = {
  /**
   * Runs when all rows are in and before they count: what must never be behind the rows, such as
   * the send journal, is put in place here. A failure leaves everything as it was.
   */
  beforeCommit?: (contents: BackupContents) => Promise<void>
  /** This version's, unless a test brings its own. */
  migrations?: Record<string, Migration>
  /** How long tables may be in the hands of others before we say so; 10 s if left out. */
  lockTimeoutMs?: number
}

const LOCK_TIMEOUT_MS = 10_000
/** Where queues of jobs lie, if any program has worked them. */
const JOBS_TABLE = 'jobs.job'

/**
 * Replaces the product's tables by what a backup holds, in one transaction: it is all there or
 * nothing has changed. A backup from an older version is put into the schema of its time and
 * brought up to date. Jobs are forgotten: the timetable puts on the way what the rows ask for.
 *
 * `open` is called twice, since the backup is proved whole before anything is touched. Throws what
 * `readBackup` throws, `backup-from-newer-version`, and `database-in-use` while somebody serves.
 */
export async function restoreBackup(
  connection: Connection,
  open: () => AsyncIterable<string>,
  { beforeCommit, migrations = MIGRATIONS, lockTimeoutMs = LOCK_TIMEOUT_MS }: RestoreOptions = {},
): Promise<BackupContents> {
  const proved = await readBackup(open())
  refuseNewer(proved.migrations, migrations)
  const pool = openSlowPool(connection, 'murmurcast restore')
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    await refuseWhileServed(db)
    return await db.transaction().execute(async (tx) => {
      await sql`select set_config('lock_timeout', ${`${lockTimeoutMs}`}, true)`.execute(tx)
      await makeEmptySchema(tx, migrations, proved.migrations.at(-1))
      const columns = new Map<string, string[]>()
      const contents = await readBackup(open(), (table, line) =>
        insertRows(tx, columns, { table, line }),
      )
      await migrateWithin(tx, migrations)
      await beforeCommit?.(contents)
      return contents
    })
  } catch (error) {
    throw isOfState(error, '55P03') ? inUse() : error
  } finally {
    await db.destroy()
  }
}

async function refuseWhileServed(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ found: boolean }>`select exists (
    select 1 from pg_stat_activity where datname = current_database()
      and application_name like 'murmurcast serve%') as found`.execute(db)
  if (rows[0]?.found === true) throw inUse()
}

async function makeEmptySchema(
  tx: Transaction<unknown>,
  migrations: Record<string, Migration>,
  migration?: string,
): Promise<void> {
  const { rows } = await sql<{ jobs: string | null }>`
    select to_regclass(${JOBS_TABLE})::text as jobs`.execute(tx)
  if (rows[0]?.jobs !== null) await sql`delete from ${sql.table(JOBS_TABLE)}`.execute(tx)
  for (const table of [...PRODUCT_TABLES, ...MIGRATION_TABLES]) {
    await sql`drop table if exists ${sql.table(table)} cascade`.execute(tx)
  }
  await migrateWithin(tx, migrations, migration)
}

async function migrateWithin(
  tx: Transaction<unknown>,
  migrations: Record<string, Migration>,
  target?: string,
): Promise<void> {
  const migrator = new Migrator({ db: tx, provider: { getMigrations: async () => migrations } })
  const { error } =
    target === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(target)
  if (error) throw error
}

async function insertRows(
  tx: Transaction<unknown>,
  known: Map<string, string[]>,
  { table, line }: { table: string; line: string },
): Promise<void> {
  const names = known.get(table) ?? (await listColumns(tx, table))
  known.set(table, names)
  const columns = sql.join(names.map((name) => sql.ref(name)))
  const into = sql.table(table)
  try {
    await sql`insert into ${into} (${columns}) overriding system value
      select ${columns}
      from jsonb_populate_recordset(null::${into}, (${line}::jsonb) -> 'rows')`.execute(tx)
  } catch (cause) {
    throw isOfState(cause, '22', '23') ? doesNotFit(table, cause) : cause
  }
}

/** The columns that rows bring along; what Postgres computes itself is not among them. */
async function listColumns(tx: Transaction<unknown>, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select attname::text as name from pg_attribute
    where attrelid = to_regclass(quote_ident(${table})) and attnum > 0
      and attgenerated = '' and not attisdropped`.execute(tx)
  if (rows.length === 0) throw doesNotFit(table)
  return rows.map((row) => row.name)
}

const isOfState = (error: unknown, ...classes: string[]): boolean => {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && classes.some((start) => code.startsWith(start))
}

function refuseNewer(names: readonly string[], migrations: Record<string, Migration>): void {
  const unknown = names.find((name) => !(name in migrations))
  if (unknown === undefined) return
  throw new Failure(
    'backup-from-newer-version',
    'caller',
    `This backup was made by a newer murmurcast (it knows ${unknown}). ` +
      'Update murmurcast, then restore it. Nothing was changed.',
  )
}

function doesNotFit(table: string, cause?: unknown): Failure {
  return new Failure(
    'backup-damaged',
    'caller',
    `The backup's rows of ${table} do not fit together. Nothing was changed. ` +
      'Use another copy of it.',
    { cause },
  )
}

function inUse(): Failure {
  return new Failure(
    'database-in-use',
    'caller',
    'Another murmurcast is using this database. Stop it everywhere, then restore again. ' +
      'Nothing was changed.',
  )
}
