import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/ground/create-test-database.ts'
import { newId } from '../platform/ids.ts'
import type { Db } from './database.ts'
import {
  exampleSummary,
  saveExampleEpisode,
  saveExampleSource,
  saveExampleSummary,
} from './example-rows.ts'
import {
  deleteUnsharedSummaries,
  findSummary,
  findSummaryByKey,
  type SummaryKey,
  saveSummary,
} from './summaries.ts'

const NOW = new Date('2026-11-22T12:00:00Z')

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database[Symbol.asyncDispose]())

const newKey = (): SummaryKey => ({ contentHash: newId(), language: 'en', promptVersion: '1' })
const newEpisode = async () => saveExampleEpisode(db, await saveExampleSource(db))

describe('saveSummary', () => {
  it('makes one row of one key for two processes at once, and both episodes get it', async () => {
    const key = newKey()
    const episodes = [await newEpisode(), await newEpisode()]
    await Promise.all(
      episodes.map((episodeId, n) =>
        db.transaction().execute((tx) =>
          saveSummary(tx, {
            ...{ id: newId(), key, episodeId, now: NOW },
            summary: exampleSummary({ title: `written by ${n}` }),
          }),
        ),
      ),
    )
    const kept = await findSummaryByKey(db, key)
    expect(kept?.summary.title).toMatch(/written by [01]/)
    for (const id of episodes) expect(await findSummary(db, id)).toEqual(kept?.summary)
    const rows = await db
      .selectFrom('summaries')
      .select('id')
      .where('content_hash', '=', key.contentHash)
      .execute()
    expect(rows).toEqual([{ id: kept?.id }])
  })

  it('keeps keys apart that differ in one part', async () => {
    const key = newKey()
    const keys = [key, { ...key, language: 'de' }, { ...key, promptVersion: '2' }]
    for (const each of keys) await saveExampleSummary(db, await newEpisode(), { key: each })
    const ids = await Promise.all(keys.map(async (each) => (await findSummaryByKey(db, each))?.id))
    expect(new Set(ids).size).toBe(3)
  })

  it('keeps the time of the first summary when another takes its place', async () => {
    const episodeId = await newEpisode()
    await saveExampleSummary(db, episodeId, { key: newKey(), now: NOW })
    const key = newKey()
    await saveExampleSummary(db, episodeId, { key, now: new Date('2026-11-23T12:00:00Z') })
    const row = await db
      .selectFrom('episodes')
      .select(['summarised_at', 'summary_id'])
      .where('id', '=', episodeId)
      .executeTakeFirstOrThrow()
    const kept = await findSummaryByKey(db, key)
    expect(row).toEqual({ summarised_at: NOW, summary_id: kept?.id })
  })
})

it('removes no summary that an episode is given at the same time', async () => {
  const key = newKey()
  await saveExampleSummary(db, await newEpisode(), { key })
  const kept = await findSummaryByKey(db, key)
  await db.updateTable('episodes').set({ summary_id: null }).execute()
  const episodeId = await newEpisode()
  const [given, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const giving = db.transaction().execute(async (tx) => {
    await saveSummary(tx, { id: newId(), key, episodeId, summary: exampleSummary({}), now: NOW })
    given.resolve()
    await mayGo.promise
  })
  await given.promise
  const removing = db.transaction().execute((tx) => deleteUnsharedSummaries(tx, [kept?.id ?? '']))
  mayGo.resolve()
  await Promise.all([giving, removing])
  expect(await findSummary(db, episodeId)).toBeDefined()
})
