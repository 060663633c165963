import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/ground/create-test-database.ts'
import { MEMBERS, readersOnly } from '../model/audience.ts'
import type { DeliveryState } from '../model/digest.ts'
import type { Reader } from '../model/reader.ts'
import type { Source } from '../model/source.ts'
import { newId } from '../platform/ids.ts'
import type { Db } from './database.ts'
import { saveDeliveryOnce, settleDelivery } from './deliveries.ts'
import {
  findLastDigestDate,
  listDigestCandidates,
  listMissingItems,
  type NewDigest,
  saveDigestOnce,
} from './digests.ts'
import { saveStage, saveWanted } from './episodes.ts'
import {
  saveExampleEpisode,
  saveExampleReader,
  saveExampleSource,
  saveExampleSummary,
} from './example-rows.ts'
import { saveCheckFailed } from './sources.ts'
import { savePaused } from './subscriptions.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const SINCE = new Date('2026-11-10T00:00:00Z')

let database: TestDatabase
let db: Db
let reader: Reader
let source: Source
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  reader = await saveExampleReader(db)
  source = await saveExampleSource(db, {}, [reader])
})

const told = async (of: Source = source, now = NOW) => {
  const id = await saveExampleEpisode(db, of)
  await saveExampleSummary(db, id, { now })
  return id
}

const makeDigest = (change: Partial<NewDigest> = {}): NewDigest => ({
  id: newId(),
  readerId: reader.id,
  edition: 'daily',
  localDate: '2026-11-23',
  content: { stories: [] },
  missing: [],
  episodeIds: [],
  carriedEpisodeIds: [],
  ...change,
})

const save = (digest: NewDigest) => db.transaction().execute((tx) => saveDigestOnce(tx, digest))

async function deliver(digestId: string, state: DeliveryState, address = 'a@x.example') {
  const id = newId()
  await db.transaction().execute(async (tx) => {
    const messageId = `<${id}@x.example>`
    const raw = Buffer.from('x')
    await saveDeliveryOnce(tx, { id, digestId, address, messageId, subject: 's', raw })
  })
  await db.transaction().execute((tx) => settleDelivery(tx, { id, state, answer: 'x', now: NOW }))
}

const candidates = (who = reader, limit = 50) =>
  listDigestCandidates(db, { readerId: who.id, edition: 'daily', since: SINCE, limit })

describe('saveDigestOnce', () => {
  it('makes one digest per reader, edition and date, however many try at once', async () => {
    const tries = await Promise.all(Array.from({ length: 6 }, () => save(makeDigest())))
    expect(tries.filter(Boolean)).toHaveLength(1)
    expect(await save(makeDigest({ edition: 'weekly' }))).toBe(true)
    expect(await save(makeDigest({ localDate: '2026-11-24' }))).toBe(true)
    const other = await saveExampleReader(db)
    expect(await save(makeDigest({ readerId: other.id }))).toBe(true)
    const about = { readerId: reader.id, edition: 'daily' } as const
    expect(await findLastDigestDate(db, about)).toBe('2026-11-24')
  })

  it('is refused when it would tell a reader the same episode twice', async () => {
    const episodeIds = [await told()]
    await save(makeDigest({ episodeIds }))
    const again = makeDigest({ localDate: '2026-11-24', episodeIds })
    await expect(save(again)).rejects.toMatchObject({ constraint: 'digest_episodes_once' })
    const rows = await db.selectFrom('digests').select('id').where('id', '=', again.id).execute()
    expect(rows).toEqual([])
    expect(await save({ ...again, carriedEpisodeIds: episodeIds })).toBe(true)
    // Another edition and another reader are told it for the first time.
    expect(await save(makeDigest({ edition: 'weekly', episodeIds }))).toBe(true)
    const other = await saveExampleReader(db)
    expect(await save(makeDigest({ readerId: other.id, episodeIds }))).toBe(true)
  })
})

describe('listDigestCandidates', () => {
  it('gives what is summarised, new, followed and not told yet, newest first', async () => {
    const at = (day: number) => ({ publishedAt: new Date(Date.UTC(2026, 10, day)) })
    const made = async (day: number | null, now = NOW) => {
      const change = day === null ? { publishedAt: null } : at(day)
      const id = await saveExampleEpisode(db, source, change)
      await saveExampleSummary(db, id, { now })
      return id
    }
    const [older, newer, undated] = [await made(18), await made(20), await made(null)]
    await made(21, new Date('2026-11-09T00:00:00Z'))
    await saveExampleEpisode(db, source)
    const sent = await made(19)
    await save(makeDigest({ episodeIds: [sent] }))
    await told(await saveExampleSource(db))
    const paused = await saveExampleSource(db, {}, [reader])
    await told(paused)
    await db
      .transaction()
      .execute((tx) => savePaused(tx, { readerId: reader.id, sourceId: paused.id, paused: true }))
    const found = await candidates()
    expect(found.map((each) => each.episodeId)).toEqual([newer, older, undated])
    expect(found[0]).toMatchObject({ sourceId: source.id, isCarried: false, priority: 'normal' })
    expect(await candidates(reader, 1)).toHaveLength(1)
  })

  it('keeps what is private from everybody else who follows', async () => {
    const other = await saveExampleReader(db)
    const own = await saveExampleSource(db, { audience: readersOnly([reader.id]) }, [reader, other])
    const members = await saveExampleSource(db, { audience: MEMBERS }, [reader, other])
    const secret = await told(own)
    const open = await told(members)
    const idsFor = async (who: Reader) => (await candidates(who)).map((each) => each.episodeId)
    expect((await idsFor(reader)).toSorted()).toEqual([secret, open].toSorted())
    expect(await idsFor(other)).toEqual([open])
    // A source that became private takes the episodes along that were found before.
    await db
      .updateTable('sources')
      .set({ audience: 'readers', audience_reader_ids: [reader.id] })
      .where('id', '=', members.id)
      .execute()
    expect(await idsFor(other)).toEqual([])
  })

  const CASES: [DeliveryState[], boolean, string][] = [
    [['uncertain'], true, 'uncertain'],
    [['sent'], false, 'sent'],
    [['failed'], false, 'refused'],
    [['uncertain', 'sent'], false, 'uncertain at one address, sent to the other'],
    [['uncertain', 'uncertain'], true, 'uncertain at both addresses'],
    [['cancelled'], true, 'cancelled, because the address changed'],
    [['cancelled', 'uncertain'], true, 'cancelled at the old address, uncertain at the new'],
    [['cancelled', 'sent'], false, 'cancelled at the old address, sent to the new'],
    [['uncertain', 'failed'], true, 'uncertain at one address, refused at the other'],
    [['uncertain', 'built'], false, 'uncertain at one address, on its way to the other'],
  ]
  for (const [states, isCarried, what] of CASES) {
    it(`tells again what a digest held that is ${what}: ${isCarried}`, async () => {
      const id = await told()
      const first = makeDigest({ episodeIds: [id] })
      await save(first)
      for (const [n, state] of states.entries()) await deliver(first.id, state, `${n}@x.example`)
      const expected = isCarried ? [{ episodeId: id, isCarried: true }] : []
      expect(await candidates()).toMatchObject(expected)
      if (!isCarried) return
      // As often as it takes: one uncertain message after another is still no message.
      const more = { episodeIds: [id], carriedEpisodeIds: [id] }
      const second = makeDigest({ localDate: '2026-11-24', ...more })
      await save(second)
      await deliver(second.id, 'uncertain')
      expect(await candidates()).toMatchObject(expected)
      const third = makeDigest({ localDate: '2026-11-25', ...more })
      await save(third)
      await deliver(third.id, 'sent')
      expect(await candidates()).toEqual([])
    })
  }
})

describe('listMissingItems', () => {
  it('names failing sources and stopped episodes of what the reader follows and may see', async () => {
    const other = await saveExampleReader(db)
    const hidden = await saveExampleSource(
      db,
      { title: 'Secret letter', audience: readersOnly([other.id]) },
      [reader, other],
    )
    const failed = { checkedAt: NOW, nextCheckAt: NOW, reason: 'It is asleep.', gone: false }
    const stop = async (of: Source, title: string, isWanted = true) => {
      const id = await saveExampleEpisode(db, of, { title })
      await db.transaction().execute(async (tx) => {
        await saveStage(tx, id, { stage: 'fetched', reason: 'No text.', retryAt: null })
        await saveWanted(tx, [id], isWanted)
      })
    }
    for (const { id: sourceId } of [source, hidden]) {
      await db.transaction().execute((tx) => saveCheckFailed(tx, { ...failed, sourceId }))
    }
    await stop(source, 'Shown')
    await stop(source, 'Old', false)
    await stop(hidden, 'Secret issue')
    const about = { sourceTitle: 'Harbour Light' }
    const whole = { ...about, episodeTitle: null, reason: 'It is asleep.' }
    const shown = { ...about, episodeTitle: 'Shown', reason: 'No text.' }
    expect(await listMissingItems(db, reader.id, SINCE)).toEqual([shown, whole])
    const theirs = await listMissingItems(db, other.id, SINCE)
    expect(theirs.map((item) => item.episodeTitle)).toEqual(['Secret issue', null])
    expect(await listMissingItems(db, reader.id, new Date('2100-01-01'))).toEqual([whole])
  })
})
