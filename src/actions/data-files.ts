import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSecrets, secretsPath } from '../platform/secrets.ts'

/** The names that files of the data folder have in a backup. */
export const SECRETS_NAME = 'secrets.json'
export const JOURNAL_NAME = 'send-journal.jsonl'

/** Where the send journal of a data folder lies. */
export const journalPath = (dataDir: string): string => join(dataDir, JOURNAL_NAME)

/**
 * The whole lines of a send journal; none when there is no file. A line that is being written at
 * this moment is left out: its attempt counts as unanswered then, which is never sent again.
 */
export async function readJournalLines(dataDir: string): Promise<string[]> {
  const text = await readFile(journalPath(dataDir), 'utf8').catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return ''
    throw error
  })
  return wholeLines(text)
}

/** Lines that end, without empty ones. */
export function wholeLines(text: string): string[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
}

/**
 * Adds to the send journal what it does not have yet, and returns once that is on disk. Nothing is
 * ever taken out: what was sent after a backup was made stays sent.
 */
export async function mergeJournal(dataDir: string, lines: readonly string[]): Promise<void> {
  const present = new Set(await readJournalLines(dataDir))
  const missing = lines.filter((line) => !present.has(line))
  if (missing.length === 0) return
  await using file = await open(journalPath(dataDir), 'a', 0o600)
  // The leading line feed ends a line that a crash has torn.
  await file.writeFile(`\n${missing.join('\n')}\n`)
  await file.sync()
}

/** Keys that are on disk and wait to be put in place. */
export type PreparedSecrets = { putInPlace: () => Promise<void>; discard: () => Promise<void> }

/**
 * Writes keys beside those of the data folder, closed to others. `putInPlace` is one rename: the
 * old keys or the new ones, never half of them. Throws `secrets-invalid`.
 */
export async function prepareSecrets(dataDir: string, text: string): Promise<PreparedSecrets> {
  const path = secretsPath(dataDir)
  parseSecrets(text, `${SECRETS_NAME} in the backup`)
  const draft = join(dataDir, `.${SECRETS_NAME}.${randomBytes(8).toString('hex')}`)
  await using file = await open(draft, 'wx', 0o600)
  await file.writeFile(text)
  await file.sync()
  return {
    putInPlace: async () => {
      await rename(draft, path)
      await syncFolder(dataDir)
    },
    discard: () => rm(draft, { force: true }),
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await using handle = await open(folder, 'r')
  await handle.sync()
}
