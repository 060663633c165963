import { createHash, type Hash } from 'node:crypto'
import pg from 'pg'
import { type Connection, clientConfig } from '../pool.ts'
import { BACKUP_VERSION, type BackupFile, type BackupLine, LOT_ROWS } from './backup-format.ts'
import { listMigrations, listTablesInOrder } from './backup-tables.ts'

export type BackupOptions = {
  connection: Connection
  files: readonly BackupFile[]
  now: Date
  onProgress?: (table: string, rows: number) => void
}

/**
 * Yields a backup line by line: one consistent moment of the database, whatever is written while
 * it is read, and the given files. Memory stays flat: rows come in lots.
 */
export async function* writeBackup(options: BackupOptions): AsyncGenerator<string> {
  const client = new pg.Client(clientConfig(options.connection, 'murmurcast backup'))
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    yield* writeSnapshot(client, options)
  } finally {
    await client.end()
  }
}

async function* writeSnapshot(client: pg.Client, options: BackupOptions): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  yield hashed(hash, {
    murmurcastBackup: BACKUP_VERSION,
    createdAt: options.now.toISOString(),
    migrations: await listMigrations(client),
  })
  for (const table of await listTablesInOrder(client)) {
    counts[table] = 0
    for await (const rows of readLots(client, table)) {
      counts[table] += rows.length
      yield hashed(hash, { table, rows } satisfies BackupLine)
    }
    options.onProgress?.(table, counts[table])
  }
  for (const { name, text } of options.files) {
    yield hashed(hash, { file: name, text } satisfies BackupLine)
  }
  const end = { end: { counts, sha256: hash.digest('hex') } } satisfies BackupLine
  yield `${JSON.stringify(end)}\n`
}

async function* readLots(
  client: pg.Client,
  table: string,
): AsyncGenerator<Record<string, unknown>[]> {
  const name = pg.escapeIdentifier(table)
  await client.query(`declare lot no scroll cursor for select to_jsonb(t) as row from ${name} t`)
  while (true) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(
      `fetch ${LOT_ROWS} from lot`,
    )
    if (rows.length === 0) break
    yield rows.map(({ row }) => row)
  }
  await client.query('close lot')
}

function hashed(hash: Hash, line: object): string {
  const text = `${JSON.stringify(line)}\n`
  hash.update(text)
  return text
}
