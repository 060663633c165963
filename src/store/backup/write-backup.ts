import { createHash, type Hash } from 'node:crypto'
import pg from 'pg'
import { type Connection, clientConfig } from '../pool.ts'
import { BACKUP_VERSION, type BackupFile, type BackupLine } from './backup-format.ts'
import { listMigrations, listTablesInOrder } from './backup-tables.ts'

export type BackupOptions = {
  connection: Connection
  /**
   * Files to put in, read only after the moment of the database is fixed: the send journal must
   * know of everything that the rows know of.
   */
  readFiles: () => Promise<readonly BackupFile[]>
  now: Date
  onProgress?: (table: string, rows: number) => void
}

/** About how long a line of rows becomes; one row may be longer. */
const LINE_CHARS = 2_000_000
const FIRST_LOT = 16
const LARGEST_LOT = 2_000

/**
 * Yields a backup line by line: one consistent moment of the database, whatever is written while
 * it is read, and the given files. Memory stays flat: rows come in lots, smaller ones where rows
 * are large.
 */
export async function* writeBackup(options: BackupOptions): AsyncGenerator<string> {
  const client = new pg.Client(clientConfig(options.connection, 'murmurcast backup'))
  // A query says so itself when the connection breaks.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    // An owner's server may have limits for everyone; a slow disk at our side is none of its harm.
    await client.query('set local statement_timeout = 0')
    await client.query('set local idle_in_transaction_session_timeout = 0')
    yield* writeSnapshot(client, options)
  } finally {
    await client.end().catch(() => {})
  }
}

async function* writeSnapshot(client: pg.Client, options: BackupOptions): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  yield hashed(
    hash,
    JSON.stringify({
      murmurcastBackup: BACKUP_VERSION,
      createdAt: options.now.toISOString(),
      migrations: await listMigrations(client),
    }),
  )
  for (const table of await listTablesInOrder(client)) {
    counts[table] = 0
    for await (const rows of readLots(client, table)) {
      counts[table] += rows.length
      yield hashed(hash, `{"table":${JSON.stringify(table)},"rows":[${rows.join(',')}]}`)
    }
    options.onProgress?.(table, counts[table])
  }
  for (const { name, text } of await options.readFiles()) {
    yield hashed(hash, JSON.stringify({ file: name, text } satisfies BackupLine))
  }
  const end = { end: { counts, sha256: hash.digest('hex') } } satisfies BackupLine
  yield `${JSON.stringify(end)}\n`
}

/** The rows of a table, each as Postgres writes it as JSON. */
async function* readLots(client: pg.Client, table: string): AsyncGenerator<string[]> {
  const name = pg.escapeIdentifier(table)
  await client.query(`declare lot no scroll cursor for
    select (to_jsonb(t) - array(
      select attname::text from pg_attribute where attrelid = '${name}'::regclass and attgenerated <> ''
    ))::text as row from ${name} t`)
  for (let lot = FIRST_LOT; ; ) {
    const { rows } = await client.query<{ row: string }>(`fetch ${lot} from lot`)
    if (rows.length === 0) break
    const chars = rows.reduce((sum, { row }) => sum + row.length, 0)
    yield rows.map(({ row }) => row)
    const fitting = Math.round((LINE_CHARS * rows.length) / chars)
    lot = Math.min(Math.max(fitting, 1), lot * 4, LARGEST_LOT)
  }
  await client.query('close lot')
}

function hashed(hash: Hash, line: string): string {
  const text = `${line}\n`
  hash.update(text)
  return text
}
