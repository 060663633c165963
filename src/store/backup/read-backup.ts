import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../model/failure.ts'
import {
  type BackupFile,
  type BackupLine,
  backupHeaderSchema,
  backupLineSchema,
} from './backup-format.ts'

/** What a whole and unharmed backup holds. */
export type BackupContents = {
  createdAt: string
  migrations: string[]
  /** Rows by table. */
  counts: Record<string, number>
  files: BackupFile[]
}

/**
 * Reads a backup to its end and proves that it is whole: every line, every count and the hash over
 * all of it. `onRows` gets the rows on the way, in the order in which they can be put back. Throws
 * `backup-damaged` as soon as something is not as it was written.
 */
export async function readBackup(
  lines: AsyncIterable<string>,
  onRows: (table: string, rows: Record<string, unknown>[]) => Promise<void> = async () => {},
): Promise<BackupContents> {
  const hash = createHash('sha256')
  const contents: BackupContents = { createdAt: '', migrations: [], counts: {}, files: [] }
  let isFirst = true
  for await (const text of lines) {
    const line = parseLine(text)
    if (isFirst) {
      Object.assign(contents, readHeader(line))
      isFirst = false
    } else {
      const parsed = parse(backupLineSchema, line)
      if ('end' in parsed) return checkEnd(contents, parsed.end, hash.digest('hex'))
      await takeIn(contents, parsed, onRows)
    }
    hash.update(`${text}\n`)
  }
  throw damaged('it ends too early; the copying or the disk may have cut it off')
}

async function takeIn(
  contents: BackupContents,
  line: Exclude<BackupLine, { end: unknown }>,
  onRows: (table: string, rows: Record<string, unknown>[]) => Promise<void>,
): Promise<void> {
  if ('file' in line) {
    contents.files.push({ name: line.file, text: line.text })
    return
  }
  contents.counts[line.table] = (contents.counts[line.table] ?? 0) + line.rows.length
  await onRows(line.table, line.rows)
}

function readHeader(line: unknown): Pick<BackupContents, 'createdAt' | 'migrations'> {
  const header = backupHeaderSchema.safeParse(line)
  if (header.success) return header.data
  throw new Failure(
    'not-a-backup',
    'caller',
    'This file is not a backup that this version of murmurcast can read. ' +
      'Give the file that `murmurcast backup FILE` wrote.',
  )
}

function checkEnd(
  contents: BackupContents,
  end: { counts: Record<string, number>; sha256: string },
  sha256: string,
): BackupContents {
  for (const [table, count] of Object.entries(end.counts)) {
    if ((contents.counts[table] ?? 0) !== count) {
      throw damaged(
        `${count} rows of ${table} were written, ${contents.counts[table] ?? 0} are left`,
      )
    }
  }
  if (end.sha256 !== sha256) throw damaged('its checksum does not agree with its contents')
  return contents
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw damaged('a line in it cannot be read', cause)
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw damaged(`a line in it makes no sense (${z.prettifyError(parsed.error)})`)
}

function damaged(what: string, cause?: unknown): Failure {
  return new Failure(
    'backup-damaged',
    'caller',
    `The backup is damaged: ${what}. Nothing was changed. Use another copy of it.`,
    { cause },
  )
}
