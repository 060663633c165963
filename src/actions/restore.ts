import { readBackupFile } from '../store/backup/backup-file.ts'
import type { BackupContents } from '../store/backup/read-backup.ts'
import { restoreBackup } from '../store/backup/restore-backup.ts'
import type { Connection } from '../store/pool.ts'
import { type BackupReport, reportOf } from './backup.ts'
import {
  JOURNAL_NAME,
  mergeJournal,
  type PreparedSecrets,
  prepareSecrets,
  SECRETS_NAME,
  wholeLines,
} from './data-files.ts'

/**
 * Replaces rows and keys by those of a backup. The send journal keeps all that it knows and learns
 * what the backup knows, before any row counts: what was sent once, before or after the backup was
 * made, is never sent again. Fails with nothing changed but what the journal has learnt.
 *
 * Nobody else may use the data folder meanwhile. Throws what `readBackupFile` and `restoreBackup`
 * throw.
 */
export async function restore(
  { connection, dataDir }: { connection: Connection; dataDir: string },
  file: string,
  { passphrase }: { passphrase: string | null },
): Promise<BackupReport> {
  let secrets: PreparedSecrets | undefined
  const beforeCommit = async (contents: BackupContents): Promise<void> => {
    const keys = textOf(contents, SECRETS_NAME)
    if (keys !== undefined) secrets = await prepareSecrets(dataDir, keys)
    await mergeJournal(dataDir, wholeLines(textOf(contents, JOURNAL_NAME) ?? ''))
  }
  try {
    const open = () => readBackupFile(file, passphrase)
    const contents = await restoreBackup(connection, open, { beforeCommit })
    await secrets?.putInPlace()
    return await reportOf(contents, file)
  } finally {
    await secrets?.discard()
  }
}

const textOf = ({ files }: BackupContents, name: string): string | undefined =>
  files.find((file) => file.name === name)?.text
