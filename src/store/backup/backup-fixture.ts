import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import {
  createTestDatabase,
  type TestDatabase,
} from '../../../tests/ground/create-test-database.ts'
import { newId } from '../../platform/ids.ts'
import type { Db } from '../database.ts'
import type { Connection } from '../pool.ts'
import { readBackupFile, writeBackupFile } from './backup-file.ts'
import { PRODUCT_TABLES } from './backup-tables.ts'
import { fillEveryTable } from './fill-every-table.ts'
import { type RestoreOptions, restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

export const NOW = new Date('2026-11-23T06:00:00Z')
export const FILE = { name: 'notes.txt', text: 'a\u2028b\r\n"c"\\' }

/** What tests of backups share: a database with every kind of value, its backup, and a folder. */
export class BackupFixture implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'mc-backup-'))
  readonly filled: TestDatabase
  /** The backup of `filled`. */
  path = ''

  private constructor(filled: TestDatabase) {
    this.filled = filled
  }

  static async create(): Promise<BackupFixture> {
    const fixture = new BackupFixture(await createTestDatabase())
    await fillEveryTable(fixture.filled.db)
    fixture.path = await fixture.backUp(fixture.filled.connection)
    return fixture
  }

  newPath(): string {
    return join(this.folder, newId())
  }

  async backUp(connection: Connection, passphrase: string | null = null): Promise<string> {
    const path = this.newPath()
    await writeBackupFile(path, linesOf(connection), { passphrase })
    return path
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.filled[Symbol.asyncDispose]()
    rmSync(this.folder, { recursive: true })
  }
}

export const linesOf = (connection: Connection) =>
  writeBackup({ connection, now: NOW, readFiles: async () => [FILE] })

export const restore = (
  { connection }: { connection: Connection },
  path: string,
  options: RestoreOptions & { passphrase?: string } = {},
) => restoreBackup(connection, () => readBackupFile(path, options.passphrase ?? null), options)

/** Count and hash of every table. */
export async function fingerprint(db: Db): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const table of PRODUCT_TABLES) {
    const { rows } = await sql<{ rows: string; hash: string }>`
      select count(*) as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash
      from ${sql.table(table)} t`.execute(db)
    found[table] = `${rows[0]?.rows} ${rows[0]?.hash}`
  }
  return found
}

export const ACCOUNTS = 3000

/** Rows that are not in any backup of the fixture's. */
export async function fillAccounts(db: Db): Promise<void> {
  await sql`insert into ledger (id, stage, tier, provider, model, state, tokens_in)
    select gen_random_uuid(), n::text, 'open', 'p', 'm', 'recorded', 100
    from generate_series(1, ${ACCOUNTS}::int) n`.execute(db)
}
