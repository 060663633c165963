import { constants } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { Failure } from '../model/failure.ts'

const intentSchema = z.object({
  deliveryId: z.string(),
  attempt: z.number().int().positive(),
  /** ISO instant at which the attempt began. */
  intent: z.string(),
})
const answerSchema = z.object({
  deliveryId: z.string(),
  attempt: z.number().int().positive(),
  outcome: z.enum(['accepted', 'refused', 'not-sent', 'uncertain']),
  /** The server's answer, or why there is none. */
  answer: z.string(),
})
const lineSchema = z.union([answerSchema, intentSchema])

/** A line of the journal: an attempt begins, or an attempt ended. */
export type JournalLine = z.infer<typeof lineSchema>
export type JournalAnswer = z.infer<typeof answerSchema>

/** What the journal knows of one delivery. */
export type JournalRecord = {
  deliveryId: string
  /** Attempts begun. */
  attempts: number
  /**
   * How the last attempt ended, or the one that ended `uncertain`; null when any was begun and never
   * answered.
   */
  last: JournalAnswer | null
  /** True once any attempt was accepted. */
  accepted: boolean
}

/**
 * The record of sending that lies outside the database, so that a restored backup or a rolled-back
 * transaction cannot make it forget. A file of JSON lines that only grows; several processes may
 * append to one file, because each line goes out in a single write to a file opened for appending.
 */
export class SendJournal implements AsyncDisposable {
  readonly #file: FileHandle
  /** Lines that wait for the write before theirs; null once it has begun. */
  #batch: { lines: string[]; written: Promise<void> } | null = null
  #lastWrite: Promise<void> = Promise.resolve()

  constructor(file: FileHandle) {
    this.#file = file
  }

  /** Returns once the intent is on disk. Call it before the message is offered to a server. */
  async recordIntent(deliveryId: string, attempt: number, now: Date): Promise<void> {
    await this.#append({ deliveryId, attempt, intent: now.toISOString() })
  }

  /** Returns once the answer is on disk. */
  async recordAnswer(answer: JournalAnswer): Promise<void> {
    await this.#append({ ...answer, answer: answer.answer.slice(0, 500) })
  }

  /** Waits for lines under way, then closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lastWrite
    await this.#file.close()
  }

  /** Lines that come while the disk is busy go out together in the next write and sync. */
  async #append(line: JournalLine): Promise<void> {
    this.#batch ??= this.#openBatch()
    this.#batch.lines.push(JSON.stringify(line))
    await this.#batch.written
  }

  #openBatch(): { lines: string[]; written: Promise<void> } {
    const lines: string[] = []
    const written = this.#lastWrite.then(() => {
      this.#batch = null
      return this.#write(lines)
    })
    this.#lastWrite = written.catch(() => undefined)
    return { lines, written }
  }

  async #write(lines: readonly string[]): Promise<void> {
    // The leading line feed ends a line that a crash of any process has torn.
    const bytes = Buffer.from(`\n${lines.join('\n')}\n`)
    try {
      const { bytesWritten } = await this.#file.write(bytes)
      if (bytesWritten !== bytes.length) throw new Error(`only ${bytesWritten} bytes were written`)
      await this.#file.datasync()
    } catch (cause) {
      throw new Failure(
        'send-journal-unwritable',
        'us',
        'The send journal cannot be written, and without it no mail goes out. Is the disk full?',
        { cause },
      )
    }
  }
}

/** Opens the journal at `path` for appending, and makes it (0600) when there is none. */
export async function openSendJournal(path: string): Promise<SendJournal> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT
  const file = await open(path, flags, 0o600)
  // The name must last as well as the bytes: a journal that vanishes with its folder entry is none.
  if (process.platform !== 'win32') {
    const folder = await open(dirname(path), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }
  return new SendJournal(file)
}

/**
 * Reads a journal into one record per delivery. A missing file is an empty journal. A line that is
 * no journal line, such as one torn by a crash, is left out: an intent is synced before anything is
 * sent, so a torn intent was never acted on, and a torn answer leaves its attempt unanswered.
 */
export async function readSendJournal(path: string): Promise<Map<string, JournalRecord>> {
  const records = new Map<string, JournalRecord>()
  const unanswered = new Map<string, number>()
  try {
    await using file = await open(path, 'r')
    for await (const line of file.readLines({ encoding: 'utf8' })) {
      const parsed = parseLine(line)
      if (parsed === null) continue
      noteLine(records, parsed)
      countAnswer(unanswered, parsed)
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return records
    throw new Failure(
      'send-journal-unreadable',
      'us',
      `The send journal ${path} cannot be read. Nothing is sent until it can be.`,
      { cause },
    )
  }
  for (const [deliveryId, count] of unanswered) {
    const record = records.get(deliveryId)
    if (record !== undefined && count > 0) record.last = null
  }
  return records
}

function parseLine(line: string): JournalLine | null {
  if (!line.startsWith('{')) return null
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}

/** Lines count in their order in the file: an older database may give an attempt's number again. */
function noteLine(records: Map<string, JournalRecord>, line: JournalLine): void {
  const { deliveryId, attempt } = line
  const record = records.get(deliveryId) ?? { deliveryId, attempts: 0, last: null, accepted: false }
  records.set(deliveryId, record)
  record.attempts = Math.max(record.attempts, attempt)
  if ('outcome' in line) record.accepted ||= line.outcome === 'accepted'
  // What may have arrived once may have arrived, whatever came after it.
  if (record.last?.outcome !== 'uncertain') record.last = 'outcome' in line ? line : null
}

/** Counts, for each delivery, the attempts that were begun and have no answer. */
function countAnswer(unanswered: Map<string, number>, line: JournalLine): void {
  const { deliveryId } = line
  const count = (unanswered.get(deliveryId) ?? 0) + ('intent' in line ? 1 : -1)
  if (count === 0) unanswered.delete(deliveryId)
  else unanswered.set(deliveryId, count)
}
