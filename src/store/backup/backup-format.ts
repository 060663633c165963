import { z } from 'zod'

/** Raised when an older murmurcast could not read what this one writes. */
export const BACKUP_VERSION = 1

/** Rows of a table are written and read in lots of so many. */
export const LOT_ROWS = 200

/** The first line: what this is, and the migrations that the rows were shaped by. */
export const backupHeaderSchema = z.object({
  murmurcastBackup: z.literal(BACKUP_VERSION),
  createdAt: z.string(),
  migrations: z.array(z.string()),
})

/** What a backup holds beside the rows: a name and a text, such as the secrets. */
export type BackupFile = { name: string; text: string }

/**
 * A backup is lines of JSON: the header, then rows and files in any order, then the trailer, which
 * tells what must have come before it.
 */
export const backupLineSchema = z.union([
  z.object({ table: z.string(), rows: z.array(z.record(z.string(), z.unknown())) }),
  z.object({ file: z.string(), text: z.string() }),
  z.object({ end: z.object({ counts: z.record(z.string(), z.number()), sha256: z.string() }) }),
])
export type BackupLine = z.infer<typeof backupLineSchema>
