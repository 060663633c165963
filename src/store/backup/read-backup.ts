import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../model/failure.ts'
import {
  anyBackupHeaderSchema,
  BACKUP_VERSION,
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
 * Gets a lot of rows on the way, as the line that they were written in: an object whose `rows` are
 * exactly as Postgres gave them.
 */
export type OnRows = (table: string, line: string) => Promise<void>

/**
 * Reads a backup to its end and proves that it is whole: every line, every count and the hash over
 * all of it. `onRows` gets the rows in the order in which they can be put back. Throws
 * `backup-damaged` as soon as something is not as it was written, `not-a-backup`, or
 * `backup-from-newer-version`.
 */
export async function readBackup(
  lines: AsyncIterable<string>,
  onRows: OnRows = async () => {},
): Promise<BackupContents> {
  const hash = createHash('sha256')
  let contents: BackupContents | undefined
  let isAtEnd = false
  for await (const text of lines) {
    if (isAtEnd) throw damaged('something was added at its end')
    if (contents === undefined) contents = { ...readHeader(text), counts: {}, files: [] }
    else {
      const line = parseLine(text)
      if ('end' in line) {
        checkEnd(contents, line.end, hash.digest('hex'))
        isAtEnd = true
        continue
      }
      await takeIn(contents, line, () => onRows('table' in line ? line.table : '', text))
    }
    hash.update(`${text}\n`)
  }
  if (contents === undefined) throw notABackup()
  if (!isAtEnd) throw damaged('it ends too early; the copying or the disk may have cut it off')
  return contents
}

async function takeIn(
  contents: BackupContents,
  line: Exclude<BackupLine, { end: unknown }>,
  passOn: () => Promise<void>,
): Promise<void> {
  if ('file' in line) {
    contents.files.push({ name: line.file, text: line.text })
    return
  }
  contents.counts[line.table] = (contents.counts[line.table] ?? 0) + line.rows.length
  await passOn()
}

function readHeader(text: string): Pick<BackupContents, 'createdAt' | 'migrations'> {
  const line = parseJson(text)
  const header = backupHeaderSchema.safeParse(line)
  if (header.success) return header.data
  const any = anyBackupHeaderSchema.safeParse(line)
  if (!any.success) throw notABackup()
  if (any.data.murmurcastBackup > BACKUP_VERSION) throw fromNewerVersion()
  throw damaged('its first line makes no sense')
}

function checkEnd(
  contents: BackupContents,
  end: { counts: Record<string, number>; sha256: string },
  sha256: string,
): void {
  for (const [table, count] of Object.entries(end.counts)) {
    const found = contents.counts[table] ?? 0
    if (found !== count) throw damaged(`${count} rows of ${table} were written, ${found} are left`)
  }
  if (end.sha256 !== sha256) throw damaged('its checksum does not agree with its contents')
}

function parseLine(text: string): BackupLine {
  const parsed = backupLineSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw damaged(`a line in it makes no sense (${z.prettifyError(parsed.error).slice(0, 300)})`)
}

/** `undefined`, which no schema takes, for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function damaged(what: string): Failure {
  return new Failure(
    'backup-damaged',
    'caller',
    `The backup is damaged: ${what}. Nothing was changed. Use another copy of it.`,
  )
}

function notABackup(): Failure {
  return new Failure(
    'not-a-backup',
    'caller',
    'This file is not a backup of murmurcast. Give the file that `murmurcast backup FILE` wrote. ' +
      'Nothing was changed.',
  )
}

function fromNewerVersion(): Failure {
  return new Failure(
    'backup-from-newer-version',
    'caller',
    'This backup was made by a newer murmurcast. Update murmurcast, then restore it. ' +
      'Nothing was changed.',
  )
}
