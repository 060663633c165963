import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/ground/create-test-database.ts'
import { openSendJournal, readSendJournal } from '../mail/send-journal.ts'
import { newId } from '../platform/ids.ts'
import { loadSecrets, secretsPath } from '../platform/secrets.ts'
import { saveExampleReader } from '../store/example-rows.ts'
import { backUp } from './backup.ts'
import { journalPath } from './data-files.ts'
import { restore } from './restore.ts'

const NOW = new Date('2026-11-23T06:00:00Z')
const root = mkdtempSync(join(tmpdir(), 'mc-actions-'))
afterAll(() => rmSync(root, { recursive: true }))

let dataDir: string
let file: string
beforeEach(async () => {
  dataDir = await newDataDir()
  file = join(root, `${newId()}.backup`)
})

async function newDataDir(): Promise<string> {
  const made = join(root, newId())
  await mkdir(made)
  return made
}

async function journal(dir: string, ...sent: string[]): Promise<void> {
  await using open = await openSendJournal(journalPath(dir))
  for (const deliveryId of sent) {
    await open.recordIntent(deliveryId, 1, NOW)
    await open.recordAnswer({ deliveryId, attempt: 1, outcome: 'accepted', answer: '250 ok' })
  }
}

const sentIn = async (dir: string) =>
  [...(await readSendJournal(journalPath(dir))).values()]
    .filter((record) => record.accepted)
    .map((record) => record.deliveryId)
    .toSorted()

const countReaders = async ({ db }: TestDatabase) =>
  (await db.selectFrom('readers').select('id').execute()).length

describe('backUp and restore', () => {
  it('move a house to an empty folder: rows, keys and journal', async () => {
    await using database = await createTestDatabase()
    for (let n = 0; n < 3; n += 1) await saveExampleReader(database.db)
    const secrets = await loadSecrets(dataDir)
    await journal(dataDir, 'one', 'two')
    const seen: string[] = []
    const made = await backUp({ connection: database.connection, dataDir, now: NOW }, file, {
      passphrase: null,
      onProgress: (table, rows) => seen.push(`${table} ${rows}`),
    })
    const files = ['secrets.json', 'send-journal.jsonl']
    expect(made).toEqual({ rows: 3, tables: 1, files, bytes: statSync(file).size })
    expect(seen).toContain('readers 3')
    await using other = await createTestDatabase()
    const elsewhere = await newDataDir()
    const deps = { connection: other.connection, dataDir: elsewhere }
    expect(await restore(deps, file, { passphrase: null })).toEqual(made)
    expect(await countReaders(other)).toBe(3)
    expect(await loadSecrets(elsewhere)).toEqual(secrets)
    expect(statSync(secretsPath(elsewhere)).mode & 0o777).toBe(0o600)
    expect(statSync(journalPath(elsewhere)).mode & 0o777).toBe(0o600)
    expect(await sentIn(elsewhere)).toEqual(['one', 'two'])
    expect(readdirSync(elsewhere).toSorted()).toEqual(files)
  })

  it('never forget what was sent after the backup was made (row 93)', async () => {
    await using database = await createTestDatabase()
    const deps = { connection: database.connection, dataDir, now: NOW }
    await journal(dataDir, 'before')
    await backUp(deps, file, { passphrase: null })
    await saveExampleReader(database.db)
    await journal(dataDir, 'after')
    await appendFile(journalPath(dataDir), '{"torn by a cra')
    for (let times = 0; times < 2; times += 1) {
      await restore(deps, file, { passphrase: null })
      expect(await sentIn(dataDir)).toEqual(['after', 'before'])
    }
    expect(await countReaders(database)).toBe(0)
    rmSync(journalPath(dataDir))
    await journal(dataDir, 'after')
    await appendFile(journalPath(dataDir), '{"torn by a cra')
    const size = statSync(journalPath(dataDir)).size
    await restore(deps, file, { passphrase: null })
    expect(await sentIn(dataDir)).toEqual(['after', 'before'])
    expect(statSync(journalPath(dataDir)).size).toBeGreaterThan(size)
  })

  it('keep the passphrase, and tell when it is missing', async () => {
    await using database = await createTestDatabase()
    await saveExampleReader(database.db)
    const secrets = await loadSecrets(dataDir)
    const deps = { connection: database.connection, dataDir, now: NOW }
    const passphrase = 'seven herons on the sea wall'
    await backUp(deps, file, { passphrase })
    expect(readFileSync(file).includes(secrets.session.toString('base64url'))).toBe(false)
    const elsewhere = { connection: database.connection, dataDir: await newDataDir() }
    await expect(restore(elsewhere, file, { passphrase: null })).rejects.toMatchObject({
      code: 'passphrase-needed',
    })
    expect(readdirSync(elsewhere.dataDir)).toEqual([])
    await restore(elsewhere, file, { passphrase })
    expect(await loadSecrets(elsewhere.dataDir)).toEqual(secrets)
  }, 60_000)

  it('change neither rows nor keys when the backup is damaged', async () => {
    await using database = await createTestDatabase()
    const deps = { connection: database.connection, dataDir, now: NOW }
    await backUp(deps, file, { passphrase: null })
    await saveExampleReader(database.db)
    const secrets = await loadSecrets(dataDir)
    await journal(dataDir, 'mine')
    const whole = readFileSync(file)
    await writeFile(file, whole.subarray(0, whole.length - 20))
    const damaged = restore(deps, file, { passphrase: null })
    await expect(damaged).rejects.toMatchObject({ code: 'backup-damaged' })
    expect(await countReaders(database)).toBe(1)
    expect(await loadSecrets(dataDir)).toEqual(secrets)
    expect(await sentIn(dataDir)).toEqual(['mine'])
  })

  it('are undone when the journal cannot be written', async () => {
    await using database = await createTestDatabase()
    const deps = { connection: database.connection, dataDir, now: NOW }
    await journal(dataDir, 'one')
    await backUp(deps, file, { passphrase: null })
    await saveExampleReader(database.db)
    const elsewhere = await newDataDir()
    await mkdir(journalPath(elsewhere))
    const failing = restore({ ...deps, dataDir: elsewhere }, file, { passphrase: null })
    await expect(failing).rejects.toThrow()
    expect(await countReaders(database)).toBe(1)
    expect(readdirSync(elsewhere)).toEqual(['send-journal.jsonl'])
  })

  it('leave nothing where a backup cannot be written', async () => {
    await using database = await createTestDatabase()
    const deps = { connection: database.connection, dataDir, now: NOW }
    const nowhere = join(root, 'no', 'such', 'folder')
    await expect(backUp(deps, nowhere, { passphrase: null })).rejects.toMatchObject({
      code: 'backup-not-written',
    })
    expect(existsSync(nowhere)).toBe(false)
  })
})
