import { execFile } from 'node:child_process'
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openSendJournal, readSendJournal } from './send-journal.ts'

const NOW = new Date('2026-11-23T07:00:00Z')

async function makePath() {
  const root = await mkdtemp(join(tmpdir(), 'journal-'))
  return {
    path: join(root, 'state', 'sends.jsonl'),
    async [Symbol.asyncDispose]() {
      await rm(root, { recursive: true })
    },
  }
}

const ACCEPTED = { outcome: 'accepted', answer: '250 ok' } as const

describe('the send journal', () => {
  it('tells what was begun and how it ended', async () => {
    await using made = await makePath()
    await using journal = await openSendJournal(made.path)
    await journal.recordIntent('a', 1, NOW)
    await journal.recordIntent('b', 1, NOW)
    await journal.recordAnswer({ deliveryId: 'b', attempt: 1, outcome: 'refused', answer: '451' })
    await journal.recordIntent('b', 2, NOW)
    await journal.recordAnswer({ deliveryId: 'b', attempt: 2, ...ACCEPTED })
    const records = await readSendJournal(made.path)
    expect(records.get('a')).toEqual({ deliveryId: 'a', attempts: 1, last: null, accepted: false })
    expect(records.get('b')).toMatchObject({ attempts: 2, accepted: true, last: ACCEPTED })
  })

  it('forgets no acceptance when a later attempt has begun or failed', async () => {
    await using made = await makePath()
    await using journal = await openSendJournal(made.path)
    await journal.recordAnswer({ deliveryId: 'a', attempt: 1, ...ACCEPTED })
    await journal.recordIntent('a', 2, NOW)
    expect((await readSendJournal(made.path)).get('a')).toMatchObject({
      accepted: true,
      last: null,
    })
  })

  it('takes no answer of one attempt for that of another with the same number', async () => {
    await using made = await makePath()
    await using journal = await openSendJournal(made.path)
    const refused = { deliveryId: 'a', attempt: 1, outcome: 'refused', answer: '451' } as const
    await journal.recordIntent('a', 1, NOW)
    await journal.recordAnswer(refused)
    expect((await readSendJournal(made.path)).get('a')).toMatchObject({ last: refused })
    await journal.recordIntent('a', 1, new Date('2026-11-23T08:00:00Z'))
    expect((await readSendJournal(made.path)).get('a')).toMatchObject({ last: null })
  })

  it('forgets neither what was begun nor what is uncertain for an older line after it', async () => {
    await using made = await makePath()
    await using journal = await openSendJournal(made.path)
    const refused = { attempt: 1, outcome: 'refused', answer: '451' } as const
    for (const deliveryId of ['begun', 'unsure']) await journal.recordIntent(deliveryId, 2, NOW)
    const unsure = { deliveryId: 'unsure', attempt: 2, outcome: 'uncertain', answer: '' } as const
    await journal.recordAnswer(unsure)
    for (const deliveryId of ['begun', 'unsure']) {
      await journal.recordIntent(deliveryId, 1, new Date('2026-11-22T07:00:00Z'))
      await journal.recordAnswer({ deliveryId, ...refused })
    }
    const records = await readSendJournal(made.path)
    expect(records.get('begun')).toMatchObject({ attempts: 2, last: null })
    expect(records.get('unsure')).toMatchObject({ attempts: 2, last: unsure })
  })

  it('is on disk when it returns, for its owner alone, and empty when there is none', async () => {
    await using made = await makePath()
    expect((await readSendJournal(made.path)).size).toBe(0)
    await using journal = await openSendJournal(made.path)
    await journal.recordIntent('a', 1, NOW)
    expect((await readSendJournal(made.path)).size).toBe(1)
    expect((await stat(made.path)).mode & 0o777).toBe(0o600)
  })

  it('reads what stands before a torn line, wherever it is torn, and goes on after it', async () => {
    await using made = await makePath()
    {
      await using journal = await openSendJournal(made.path)
      await journal.recordIntent('a', 1, NOW)
      await journal.recordAnswer({ deliveryId: 'a', attempt: 1, ...ACCEPTED })
    }
    const whole = await readFile(made.path)
    const answerAt = whole.lastIndexOf('{')
    for (let length = answerAt; length < whole.length - 2; length++) {
      await writeFile(made.path, whole)
      await truncate(made.path, length)
      expect((await readSendJournal(made.path)).get('a')).toMatchObject({ attempts: 1, last: null })
      await using journal = await openSendJournal(made.path)
      await journal.recordIntent('b', 1, NOW)
      expect([...(await readSendJournal(made.path)).keys()]).toEqual(['a', 'b'])
    }
  })

  it('leaves out lines that are no journal lines', async () => {
    await using made = await makePath()
    await using journal = await openSendJournal(made.path)
    await appendFile(made.path, '\n\0\0\0\0\n{"deliveryId":1}\n{}\n[1]\nnull\n{"deliveryId":"x"')
    await journal.recordIntent('a', 1, NOW)
    expect([...(await readSendJournal(made.path)).keys()]).toEqual(['a'])
  })

  it('keeps every line when many are written at a time', async () => {
    await using made = await makePath()
    await using journal = await openSendJournal(made.path)
    const ids = Array.from({ length: 500 }, (_, i) => `d${i}`)
    await Promise.all(ids.map((id) => journal.recordIntent(id, 1, NOW)))
    expect(new Set((await readSendJournal(made.path)).keys())).toEqual(new Set(ids))
  })

  it('keeps every line when several processes append', async () => {
    await using made = await makePath()
    const module = pathToFileURL(join(import.meta.dirname, 'send-journal.ts')).href
    const script = `
      const { openSendJournal } = await import(${JSON.stringify(module)})
      const journal = await openSendJournal(${JSON.stringify(made.path)})
      for (let i = 0; i < 200; i++) {
        await journal.recordIntent(process.argv[1] + '-' + i, 1, new Date(0))
      }
      await journal[Symbol.asyncDispose]()`
    const run = promisify(execFile)
    const names = ['p', 'q', 'r']
    await Promise.all(
      names.map((n) => run(process.execPath, ['--input-type=module', '-e', script, n])),
    )
    expect((await readSendJournal(made.path)).size).toBe(600)
    const lines = (await readFile(made.path, 'utf8')).split('\n').filter((line) => line !== '')
    expect(lines.every((line) => JSON.parse(line).attempt === 1)).toBe(true)
  }, 30_000)

  it.runIf(process.platform === 'linux')('throws when the disk takes nothing', async () => {
    await using journal = await openSendJournal('/dev/full')
    await expect(journal.recordIntent('a', 1, NOW)).rejects.toMatchObject({
      code: 'send-journal-unwritable',
    })
  })
})
