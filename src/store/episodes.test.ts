import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/ground/create-test-database.ts'
import type { CleanNotes } from '../model/episode.ts'
import type { Source } from '../model/source.ts'
import { newId } from '../platform/ids.ts'
import type { Db } from './database.ts'
import {
  findChaptersOrigin,
  findEpisode,
  listGuids,
  listUnfinishedEpisodes,
  type NewEpisode,
  saveAttempts,
  saveContent,
  saveNewEpisodes,
  saveStage,
  saveWanted,
} from './episodes.ts'
import { exampleEpisode, saveExampleEpisode, saveExampleSource } from './example-rows.ts'

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database[Symbol.asyncDispose]())

const save = (source: Source, episodes: NewEpisode[]) =>
  db.transaction().execute((tx) => saveNewEpisodes(tx, source, episodes))

describe('saveNewEpisodes', () => {
  it('announces each guid once when two read the same feed at once', async () => {
    const source = await saveExampleSource(db)
    const feed = () => ['a', 'b', 'c', 'd'].map((guid) => exampleEpisode({ guid, id: newId() }))
    const announced = await Promise.all(Array.from({ length: 6 }, () => save(source, feed())))
    expect(announced.flat()).toHaveLength(4)
    expect(await listGuids(db, source.id)).toEqual(new Set(['a', 'b', 'c', 'd']))
    for (const id of announced.flat()) expect(await findEpisode(db, id)).toBeDefined()
  })

  it('waits for another that has begun, and takes over when that one fails', async () => {
    const source = await saveExampleSource(db)
    const episode = exampleEpisode({ guid: 'late' })
    const started = Promise.withResolvers<void>()
    const fail = Promise.withResolvers<void>()
    const first = db.transaction().execute(async (tx) => {
      await saveNewEpisodes(tx, source, [exampleEpisode({ guid: 'late' })])
      started.resolve()
      await fail.promise
      throw new Error('rolled back')
    })
    await started.promise
    const second = save(source, [episode])
    fail.resolve()
    await expect(first).rejects.toThrow('rolled back')
    expect(await second).toEqual([episode.id])
  })

  it('keeps one of two with the same guid in one feed, and gives the oldest first', async () => {
    const source = await saveExampleSource(db)
    const at = (day: number) => new Date(Date.UTC(2026, 10, day))
    const ids = await save(source, [
      exampleEpisode({ guid: 'new', publishedAt: at(20) }),
      exampleEpisode({ guid: 'old', publishedAt: at(10), title: 'first' }),
      exampleEpisode({ guid: 'old', publishedAt: at(11), title: 'second' }),
    ])
    const titles = await Promise.all(ids.map(async (id) => (await findEpisode(db, id))?.title))
    expect(titles).toEqual(['first', 'The price of a wall in the water'])
  })

  it('saves a feed of ten thousand episodes', async () => {
    const source = await saveExampleSource(db)
    const feed = Array.from({ length: 10_000 }, () => exampleEpisode({}))
    const ids = await save(source, feed)
    expect(ids).toHaveLength(10_000)
    await db.transaction().execute((tx) => saveWanted(tx, ids.slice(1), false))
    expect(await findWanted(source.id)).toEqual([ids[0]])
  }, 60_000)

  it('saves texts that Postgres cannot hold, without what it cannot hold', async () => {
    const source = await saveExampleSource(db)
    const title = 'nul\0l, half \ud83d, whole 😀, line\u2028end'
    const id = await saveExampleEpisode(db, source, { title, notesRaw: title, guid: 'g\0' })
    const stored = 'null, half \ufffd, whole 😀, line\u2028end'
    expect(await findEpisode(db, id)).toMatchObject({ title: stored, notesRaw: stored })
  })

  it('gives back what was saved, with the audience of its source', async () => {
    const audience = { kind: 'readers', readerIds: [newId()] } as const
    const source = await saveExampleSource(db, {
      audience: { kind: 'readers', readerIds: [...audience.readerIds] },
    })
    const episode = exampleEpisode({ publishedAt: null, durationSeconds: null, link: 'https://x' })
    await save(source, [episode])
    expect(await findEpisode(db, episode.id)).toEqual({
      ...episode,
      ...{ sourceId: source.id, kind: source.kind, audience, stage: 'discovered' },
      ...{ stageReason: null, notes: null, givenChapters: [], discoveredAt: expect.any(Date) },
    })
  })
})

async function findWanted(sourceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('episodes')
    .select('id')
    .where('source_id', '=', sourceId)
    .where('is_wanted', '=', true)
    .execute()
  return rows.map((row) => row.id)
}

describe('listUnfinishedEpisodes', () => {
  it('gives those on their way first, then those that wait, and not those that stopped', async () => {
    await db.deleteFrom('sources').execute()
    const source = await saveExampleSource(db)
    const made = async (
      stage: 'fetched' | 'summarised',
      reason: string | null,
      retryAt: Date | null,
    ) => {
      const id = await saveExampleEpisode(db, source)
      await db.transaction().execute((tx) => saveStage(tx, id, { stage, reason, retryAt }))
      return id
    }
    const soon = new Date('2026-11-23T07:00:00Z')
    const late = new Date('2026-11-24T07:00:00Z')
    const waitsLong = await made('fetched', 'No captions yet.', late)
    const waits = await made('fetched', 'No captions yet.', soon)
    const goesOn = await made('fetched', null, null)
    await made('fetched', 'Nobody offers a text.', null)
    await made('summarised', null, null)
    const unwanted = await made('fetched', null, null)
    await db.transaction().execute((tx) => saveWanted(tx, [unwanted], false))
    const found = await listUnfinishedEpisodes(db, 10)
    expect(found).toEqual([
      { id: goesOn, stage: 'fetched', retryAt: null },
      { id: waits, stage: 'fetched', retryAt: soon },
      { id: waitsLong, stage: 'fetched', retryAt: late },
    ])
    expect(await listUnfinishedEpisodes(db, 1)).toMatchObject([{ id: goesOn }])
  })
})

it('keeps content, attempts and stage, and counts the version up with the stage', async () => {
  const id = await saveExampleEpisode(db, await saveExampleSource(db))
  const notes: CleanNotes = { html: '<p>x</p>', text: 'x', links: [], chapters: [] }
  const chapters = [{ title: 'Start', start: 0 }]
  await db.transaction().execute(async (tx) => {
    await saveContent(tx, id, { notes, chapters, chaptersOrigin: 'publisher' })
    await saveAttempts(tx, id, [{ provider: 'p', outcome: 'none', reason: 'no', ms: 3 }])
    await saveStage(tx, id, { stage: 'fetched', reason: null, retryAt: null })
    await saveStage(tx, id, { reason: 'Wait.', retryAt: null })
  })
  expect(await findEpisode(db, id)).toMatchObject({
    ...{ notes, givenChapters: chapters, stage: 'fetched', stageReason: 'Wait.' },
  })
  expect(await findChaptersOrigin(db, id)).toBe('publisher')
  const row = await db
    .selectFrom('episodes')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(row.version).toBe('3')
})
