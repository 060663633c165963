import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/ground/create-test-database.ts'
import { readersOnly } from '../model/audience.ts'
import type { Reader } from '../model/reader.ts'
import { newId } from '../platform/ids.ts'
import type { Db } from './database.ts'
import {
  exampleSource,
  exampleTranscript,
  saveExampleEpisode,
  saveExampleReader,
  saveExampleSource,
  saveExampleSummary,
} from './example-rows.ts'
import { findPollHints, saveMove } from './source-polls.ts'
import {
  claimSourcesDueForCheck,
  countFailures,
  deleteSourceIfUnfollowed,
  findReadingState,
  findSource,
  findSourceByUrl,
  saveCheckFailed,
  saveCheckSucceeded,
  saveSourceDue,
  saveSourceOnce,
} from './sources.ts'
import { deleteSubscription, savePaused } from './subscriptions.ts'
import { findSummary } from './summaries.ts'
import { saveTranscript } from './transcripts.ts'

const NOW = new Date('2026-11-23T06:00:00Z')
const LATER = new Date('2026-11-23T06:10:00Z')

let database: TestDatabase
let db: Db
let reader: Reader
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  reader = await saveExampleReader(db)
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  await db.deleteFrom('sources').execute()
})

const followed = (nextCheckAt: Date | null = NOW) =>
  saveExampleSource(db, { nextCheckAt }, [reader])

const claim = (limit = 10, now = NOW) =>
  db.transaction().execute((tx) => claimSourcesDueForCheck(tx, { now, leaseUntil: LATER, limit }))

describe('claimSourcesDueForCheck', () => {
  it('gives a source to one of two that ask at once, and passes by what is locked', async () => {
    const ids = new Set<string>()
    for (let n = 0; n < 6; n += 1) ids.add((await followed()).id)
    const [first, second] = await db.transaction().execute(async (tx) => {
      const mine = await claimSourcesDueForCheck(tx, { now: NOW, leaseUntil: LATER, limit: 4 })
      // The other connection asks while the first transaction is open.
      return [mine, await claim(4)] as const
    })
    expect([first.length, second.length]).toEqual([4, 2])
    expect(new Set([...first, ...second])).toEqual(ids)
  })

  it('gives each of many to exactly one of eight that ask at once', async () => {
    for (let n = 0; n < 40; n += 1) await followed()
    const lots = await Promise.all(Array.from({ length: 8 }, () => claim(10)))
    const all = lots.flat()
    expect(new Set(all).size).toBe(all.length)
    for (const lot of lots) expect(lot.length).toBeLessThanOrEqual(10)
    expect([...all, ...(await claim(40))]).toHaveLength(40)
  })

  it('leaves it to its taker until the lease is over', async () => {
    const { id } = await followed()
    expect(await claim()).toEqual([id])
    expect(await claim()).toEqual([])
    expect(await claim(10, LATER)).toEqual([id])
  })

  it('gives out only what is due, followed, and paused by nobody', async () => {
    const due = await followed()
    await followed(LATER)
    await followed(null)
    await saveExampleSource(db, { nextCheckAt: NOW })
    await saveExampleSource(db, { nextCheckAt: NOW, state: 'paused' }, [reader])
    await saveExampleSource(db, { nextCheckAt: NOW, state: 'gone' }, [reader])
    const paused = await followed()
    await db
      .transaction()
      .execute((tx) => savePaused(tx, { readerId: reader.id, sourceId: paused.id, paused: true }))
    expect(await claim()).toEqual([due.id])
    const other = await saveExampleReader(db)
    await saveExampleSource(db, { url: paused.url }, [other])
    expect(await claim()).toEqual([paused.id])
  })
})

describe('saveSourceOnce', () => {
  it('keeps one row when many save the same address at once', async () => {
    const url = 'https://shows.example/same/feed.xml'
    const saved = await Promise.all(
      Array.from({ length: 8 }, () => saveSourceOnce(db, exampleSource({ url }))),
    )
    expect(new Set(saved.map((source) => source.id)).size).toBe(1)
  })

  it.each([
    ['http://www.shows.example/spelt/feed', 'https://shows.example/spelt/feed/'],
    ['https://shows.example/asked?id=1', 'http://shows.example/asked/?id=1'],
  ])('keeps one row for %s and %s', async (url, other) => {
    const saved = await saveSourceOnce(db, exampleSource({ url }))
    const again = await saveSourceOnce(db, exampleSource({ url: other }))
    expect(again).toEqual(saved)
    expect(await findSourceByUrl(db, other)).toEqual(saved)
  })

  it('keeps apart what differs in more than spelling', async () => {
    const same = [
      'https://a.example/f',
      'https://a.example/F',
      'https://u:p@a.example/f',
      'https://a.example/f?x=1',
    ]
    for (const url of same) expect((await saveSourceOnce(db, exampleSource({ url }))).url).toBe(url)
  })

  it('gives back what was saved', async () => {
    const source = exampleSource({
      audience: readersOnly([reader.id]),
      nextCheckAt: NOW,
      stateReason: 'asleep',
    })
    expect(await saveSourceOnce(db, source)).toEqual(source)
    expect(await findSource(db, source.id)).toEqual(source)
  })
})

describe('checks', () => {
  const about = { kind: 'podcast', title: 'New name', description: '', siteUrl: null } as const
  const reading = { etag: '"1"', lastModified: null, bodyHash: 'abc' }
  const succeeded = (sourceId: string) => ({
    ...{ sourceId, checkedAt: NOW, nextCheckAt: LATER, reading },
    about: {
      ...about,
      ...{ imageUrl: null, author: 'Ada', language: null },
      ttlMinutes: 90,
      skipHours: [3],
    },
  })
  const failed = (sourceId: string, gone = false) => ({
    ...{ sourceId, checkedAt: NOW, nextCheckAt: LATER, reason: 'The publisher is asleep.', gone },
  })

  it('count failures in a row, and forget them at the first success', async () => {
    const { id, description } = await followed()
    await db.transaction().execute((tx) => saveCheckFailed(tx, failed(id)))
    await db.transaction().execute((tx) => saveCheckFailed(tx, failed(id)))
    expect(await countFailures(db, id)).toBe(2)
    expect(await findSource(db, id)).toMatchObject({
      state: 'failing',
      stateReason: 'The publisher is asleep.',
    })
    await db.transaction().execute((tx) => saveCheckSucceeded(tx, succeeded(id)))
    expect(await countFailures(db, id)).toBe(0)
    expect(await findReadingState(db, id)).toEqual(reading)
    // What the feed leaves empty stays as it was known.
    const now = { state: 'ok', stateReason: null, title: 'New name', author: 'Ada' }
    expect(await findSource(db, id)).toMatchObject({ ...now, description })
  })

  it('keep what the publisher asks of those who poll', async () => {
    const { id } = await followed()
    await db.transaction().execute((tx) => saveCheckSucceeded(tx, succeeded(id)))
    await db
      .transaction()
      .execute((tx) => saveCheckSucceeded(tx, { ...succeeded(id), about: null }))
    expect(await findPollHints(db, id)).toEqual({ published: [], ttlMinutes: 90, skipHours: [3] })
  })

  it('do not wake what a person has paused; a person does', async () => {
    const { id } = await saveExampleSource(db, { state: 'paused' }, [reader])
    await db.transaction().execute((tx) => saveCheckSucceeded(tx, succeeded(id)))
    await db.transaction().execute((tx) => saveCheckFailed(tx, failed(id)))
    expect(await findSource(db, id)).toMatchObject({ state: 'paused', title: 'Harbour Light' })
    await db.transaction().execute((tx) => saveSourceDue(tx, id, NOW))
    expect(await findSource(db, id)).toMatchObject({ state: 'new', nextCheckAt: NOW })
  })

  it('say nothing of the end of a source that is taken up again', async () => {
    const { id } = await followed()
    await db.transaction().execute((tx) => saveCheckFailed(tx, failed(id, true)))
    expect(await findSource(db, id)).toMatchObject({ state: 'gone' })
    await db.transaction().execute((tx) => saveSourceDue(tx, id, NOW))
    expect(await findSource(db, id)).toMatchObject({ state: 'new', stateReason: null })
  })
})

describe('saveMove', () => {
  const NEW = 'https://moved.example/feed.xml'
  const answer = (sourceId: string, ...targets: (string | null)[]) =>
    db.transaction().execute(async (tx) => {
      for (const movedTo of targets) await saveMove(tx, { sourceId, movedTo })
    })
  const urlOf = async (id: string) => (await findSource(db, id))?.url

  it('believes three answers in a row, not three in all', async () => {
    const { id, url } = await followed()
    await answer(id, NEW, NEW, null, NEW, NEW)
    expect(await urlOf(id)).toBe(url)
    await answer(id, 'https://other.example/', NEW, NEW)
    expect(await urlOf(id)).toBe(url)
    await answer(id, NEW)
    expect(await urlOf(id)).toBe(NEW)
  })

  it('leaves a source where it is when another one is there', async () => {
    const { id, url } = await followed()
    await saveExampleSource(db, { url: NEW.replace('https://', 'http://www.') })
    await answer(id, NEW, NEW, NEW, NEW)
    expect(await urlOf(id)).toBe(url)
  })

  it('takes over another spelling of the same address', async () => {
    const { id } = await saveExampleSource(db, { url: NEW.replace('https', 'http') }, [reader])
    await answer(id, NEW, NEW, NEW)
    expect(await urlOf(id)).toBe(NEW)
  })
})

describe('deleteSourceIfUnfollowed', () => {
  it('leaves nothing behind but the summary that another episode shares', async () => {
    const source = await followed()
    const other = await followed()
    const shared = { contentHash: 'shared', language: 'en', promptVersion: '1' }
    const [own, alike, kept] = [
      await saveExampleEpisode(db, source),
      await saveExampleEpisode(db, source),
      await saveExampleEpisode(db, other),
    ]
    await saveExampleSummary(db, own)
    await saveExampleSummary(db, alike, { key: shared })
    await saveExampleSummary(db, kept, { key: shared })
    for (const episodeId of [own, kept]) {
      const row = { id: newId(), episodeId, transcript: exampleTranscript({}) }
      await db.transaction().execute((tx) => saveTranscript(tx, row))
    }
    const remove = () => db.transaction().execute((tx) => deleteSourceIfUnfollowed(tx, source.id))
    expect(await remove()).toBe(false)
    await db
      .transaction()
      .execute((tx) => deleteSubscription(tx, { readerId: reader.id, sourceId: source.id }))
    expect(await remove()).toBe(true)
    expect(await findSource(db, source.id)).toBeUndefined()
    expect(await findSummary(db, kept)).toBeDefined()
    const count = async (table: 'episodes' | 'episode_contents' | 'transcripts' | 'summaries') =>
      (await db.selectFrom(table).selectAll().execute()).length
    expect(await count('episodes')).toBe(1)
    expect(await count('episode_contents')).toBe(1)
    expect(await count('transcripts')).toBe(1)
    expect(await count('summaries')).toBe(1)
  })
})
