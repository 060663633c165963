import { stat } from 'node:fs/promises'
import { Failure } from '../model/failure.ts'
import { loadSecrets, renderSecrets } from '../platform/secrets.ts'
import { readBackupFile, writeBackupFile } from '../store/backup/backup-file.ts'
import type { BackupFile } from '../store/backup/backup-format.ts'
import { type BackupContents, readBackup } from '../store/backup/read-backup.ts'
import { writeBackup } from '../store/backup/write-backup.ts'
import type { Connection } from '../store/pool.ts'
import { JOURNAL_NAME, readJournalLines, SECRETS_NAME } from './data-files.ts'

export type BackUpDeps = { connection: Connection; dataDir: string; now: Date }

export type BackUpOptions = {
  passphrase: string | null
  /** Told after each table how many rows of it there are. */
  onProgress?: (table: string, rows: number) => void
}

/** What a backup holds. `bytes` is the size of the file. */
export type BackupReport = { rows: number; tables: number; files: readonly string[]; bytes: number }

/**
 * Writes everything into one file, database, keys and send journal, while murmurcast may go on
 * running, and reads it back before the file gets its name. Throws `backup-not-written` and
 * `backup-not-verified`; a backup of that name that was there before stays then.
 */
export async function backUp(
  { connection, dataDir, now }: BackUpDeps,
  file: string,
  { passphrase, onProgress }: BackUpOptions,
): Promise<BackupReport> {
  const readFiles = () => readDataFiles(dataDir)
  const lines = writeBackup({ connection, readFiles, now, ...(onProgress && { onProgress }) })
  const proved = Promise.withResolvers<BackupContents>()
  await writeBackupFile(file, lines, {
    passphrase,
    verify: async (path) => proved.resolve(await readBack(path, passphrase)),
  })
  return reportOf(await proved.promise, file)
}

/** Counts what a backup holds. */
export async function reportOf(contents: BackupContents, file: string): Promise<BackupReport> {
  const counts = Object.values(contents.counts)
  return {
    rows: counts.reduce((sum, count) => sum + count, 0),
    tables: counts.filter((count) => count > 0).length,
    files: contents.files.map(({ name }) => name),
    bytes: (await stat(file)).size,
  }
}

async function readDataFiles(dataDir: string): Promise<BackupFile[]> {
  const journal = await readJournalLines(dataDir)
  return [
    { name: SECRETS_NAME, text: renderSecrets(await loadSecrets(dataDir)) },
    { name: JOURNAL_NAME, text: journal.map((line) => `${line}\n`).join('') },
  ]
}

async function readBack(path: string, passphrase: string | null): Promise<BackupContents> {
  try {
    return await readBackup(readBackupFile(path, passphrase))
  } catch (cause) {
    throw new Failure(
      'backup-not-verified',
      'outside',
      'The backup was written but does not read back as it was written, as with a failing disk. ' +
        'Nothing was replaced. Write it to another disk.',
      { cause },
    )
  }
}
