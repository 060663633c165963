import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/ground/create-test-database.ts'
import { newId } from '../platform/ids.ts'
import type { Db } from './database.ts'
import { exampleTranscript, saveExampleEpisode, saveExampleSource } from './example-rows.ts'
import { findTranscript, saveTranscript } from './transcripts.ts'

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database[Symbol.asyncDispose]())

const countTranscripts = async () =>
  (await db.selectFrom('transcripts').select('id').execute()).length

it('gives back what was saved, and leaves no orphan when it is replaced', async () => {
  const episodeId = await saveExampleEpisode(db, await saveExampleSource(db))
  expect(await findTranscript(db, episodeId)).toBeUndefined()
  const captions = exampleTranscript({ origin: 'captions', segments: [] })
  const words = ['  The tide\ncame in. ', '', 'Nobody 😀 saw it.']
  const publisher = exampleTranscript({
    segments: words.map((text, n) => ({ start: n, end: n + 0.5, speaker: null, text })),
  })
  for (const transcript of [captions, publisher]) {
    await db
      .transaction()
      .execute((tx) => saveTranscript(tx, { id: newId(), episodeId, transcript }))
  }
  expect(await findTranscript(db, episodeId)).toEqual(publisher)
  expect(await countTranscripts()).toBe(1)
  const row = await db.selectFrom('transcripts').select('word_count').executeTakeFirstOrThrow()
  expect(row.word_count).toBe(8)
})

it('leaves no orphan when several replace it at once', async () => {
  await db.deleteFrom('transcripts').execute()
  const episodeId = await saveExampleEpisode(db, await saveExampleSource(db))
  await Promise.all(
    Array.from({ length: 6 }, () =>
      db
        .transaction()
        .execute((tx) =>
          saveTranscript(tx, { id: newId(), episodeId, transcript: exampleTranscript({}) }),
        ),
    ),
  )
  expect(await countTranscripts()).toBe(1)
  expect(await findTranscript(db, episodeId)).toBeDefined()
})
