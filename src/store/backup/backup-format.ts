import { z } from 'zod'

/** Raised when an older murmurcast could not read what this one writes. */
export const BACKUP_VERSION = 1

/** The first line: what this is, and the migrations that the rows were shaped by. */
export const backupHeaderSchema = z.object({
  murmurcastBackup: z.literal(BACKUP_VERSION),
  createdAt: z.string(),
  migrations: z.array(z.string()).min(1),
})

/** Enough of any version's first line to tell that it is one of ours. */
export const anyBackupHeaderSchema = z.object({ murmurcastBackup: z.number() })

/** What a backup holds beside the rows: a name and a text, such as the secrets. */
export type BackupFile = { name: string; text: string }

/**
 * A backup is lines of JSON: the header, then rows and files in any order, then the trailer, which
 * tells what must have come before it. Rows are exactly as Postgres writes them: JavaScript's
 * numbers would round what `numeric` and `bigint` hold.
 */
export const backupLineSchema = z.union([
  z.object({ table: z.string(), rows: z.array(z.record(z.string(), z.unknown())) }),
  z.object({ file: z.string(), text: z.string() }),
  z.object({ end: z.object({ counts: z.record(z.string(), z.number()), sha256: z.string() }) }),
])
export type BackupLine = z.infer<typeof backupLineSchema>
