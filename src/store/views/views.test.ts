import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createTestDatabase,
  type TestDatabase,
} from '../../../tests/ground/create-test-database.ts'
import { MEMBERS } from '../../model/audience.ts'
import type { Edition } from '../../model/digest.ts'
import type { Reader } from '../../model/reader.ts'
import type { Source } from '../../model/source.ts'
import { newId } from '../../platform/ids.ts'
import type { Db } from '../database.ts'
import { claimDelivery, saveDeliveryOnce, settleDelivery } from '../deliveries.ts'
import { saveDigestOnce } from '../digests.ts'
import { saveContent, saveStage, saveWanted } from '../episodes.ts'
import {
  exampleSummary,
  exampleTranscript,
  saveExampleEpisode,
  saveExampleReader,
  saveExampleSource,
  saveExampleSummary,
} from '../example-rows.ts'
import { saveCheckFailed } from '../sources.ts'
import { savePaused } from '../subscriptions.ts'
import { saveTranscript } from '../transcripts.ts'
import { findDigestPage } from './find-digest-page.ts'
import { findEpisodePage } from './find-episode-page.ts'
import { getSourcesPage } from './get-sources-page.ts'
import { getTodayPage } from './get-today-page.ts'
import { findOutboxBytes, getOutboxPage } from './list-outbox.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const LATER = new Date('2026-11-22T13:00:00Z')
const day = (n: number) => ({ publishedAt: new Date(Date.UTC(2026, 10, n)) })

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
  source = await saveExampleSource(db, { imageUrl: 'sample:cover.svg' }, [reader])
})

const stage = (id: string, change: Parameters<typeof saveStage>[2]) =>
  db.transaction().execute((tx) => saveStage(tx, id, change))

async function told(title: string, n: number): Promise<string> {
  const id = await saveExampleEpisode(db, source, { title, ...day(n) })
  await saveExampleSummary(db, id)
  await stage(id, { stage: 'summarised', reason: null, retryAt: null })
  return id
}

async function digest(
  localDate: string,
  episodeIds: string[] = [],
  edition: Edition = 'daily',
  carriedEpisodeIds: string[] = [],
): Promise<string> {
  const id = newId()
  await db.transaction().execute((tx) =>
    saveDigestOnce(tx, {
      ...{ id, readerId: reader.id, edition, localDate, episodeIds, carriedEpisodeIds },
      ...{
        content: { stories: [] },
        missing: [{ sourceTitle: 'S', episodeTitle: null, reason: 'Asleep.' }],
      },
    }),
  )
  return id
}

async function deliver(digestId: string): Promise<string> {
  const id = newId()
  const row = { id, digestId, address: 'outbox', messageId: `<${id}>`, subject: 'Hello' }
  await db
    .transaction()
    .execute((tx) => saveDeliveryOnce(tx, { ...row, raw: Buffer.from('raw ÿ') }))
  await claimDelivery(db, id, NOW)
  const end = { id, state: 'sent', answer: '250 ok', now: LATER } as const
  await db.transaction().execute((tx) => settleDelivery(tx, end))
  return id
}

describe('getTodayPage', () => {
  it('sorts what happened into told, arrived, at work and missing', async () => {
    const [first, second] = [await told('first', 10), await told('second', 11)]
    const digestId = await digest('2026-11-21', [first, second])
    await digest('2026-11-14', [])
    const [older, newer] = [await told('older', 12), await told('newer', 13)]
    const working = await saveExampleEpisode(db, source, { title: 'working' })
    const waiting = await saveExampleEpisode(db, source, { title: 'waiting' })
    await stage(waiting, { stage: 'fetched', reason: 'No captions yet.', retryAt: LATER })
    const unwanted = await saveExampleEpisode(db, source, { title: 'unwanted' })
    await db.transaction().execute((tx) => saveWanted(tx, [unwanted], false))
    const asleep = await saveExampleSource(db, { title: 'Asleep' }, [reader])
    const failed = { checkedAt: NOW, nextCheckAt: LATER, reason: 'It is asleep.', gone: false }
    await db.transaction().execute((tx) => saveCheckFailed(tx, { ...failed, sourceId: asleep.id }))
    const page = await getTodayPage(db, reader, LATER)
    expect(page).toMatchObject({ sourceCount: 2, nextDigestAt: LATER })
    expect(page.latestDigest).toMatchObject({ id: digestId, localDate: '2026-11-21' })
    expect(page.latestDigest?.items.map((item) => item.id)).toEqual([first, second])
    expect(page.arrived.map((item) => item.id)).toEqual([newer, older])
    expect(page.arrived[0]).toMatchObject({
      ...{ title: 'newer', badges: ['Interview'], readingMinutes: 1 },
      source: { title: 'Harbour Light', image: '/sample-library/cover.svg' },
      moments: [{ speaker: 'Ines Moor', unit: 'time', start: 0 }],
    })
    expect(page.working).toMatchObject([{ episodeId: working, stage: 'discovered' }])
    expect(page.missing).toMatchObject([
      { source: { title: 'Asleep' }, episode: null, reason: 'It is asleep.', retryAt: LATER },
      { episode: { id: waiting }, reason: 'No captions yet.', retryAt: LATER },
    ])
  })

  it('has a version that changes with the page and not without', async () => {
    const [before, same] = [
      await getTodayPage(db, reader, null),
      await getTodayPage(db, reader, null),
    ]
    expect(same.version).toBe(before.version)
    await saveExampleEpisode(db, source)
    expect((await getTodayPage(db, reader, null)).version).not.toBe(before.version)
  })
})

describe('findEpisodePage', () => {
  it('shows all of it, and more of the same source', async () => {
    const enclosures = [
      { url: 'https://media.example.org/cover.jpg', type: 'image/jpeg', bytes: null },
      { url: 'https://media.example.org/1.mp3', type: 'audio/mpeg', bytes: 5 },
    ]
    const id = await saveExampleEpisode(db, source, { title: 'T', enclosures, ...day(10) })
    const [newer, older] = [await told('newer', 12), await told('older', 9)]
    await saveExampleEpisode(db, source, { title: 'not told yet' })
    await saveExampleSummary(db, id)
    const notes = { html: '<p>n</p>', text: 'n', links: [], chapters: [] }
    const chapters = [{ title: 'Start', start: 0 }]
    const transcript = exampleTranscript({ origin: 'captions' })
    await db.transaction().execute(async (tx) => {
      await saveContent(tx, id, { notes, chapters, chaptersOrigin: 'notes' })
      await saveTranscript(tx, { id: newId(), episodeId: id, transcript })
      await saveStage(tx, id, { stage: 'summarised', reason: null, retryAt: null })
    })
    const page = await findEpisodePage(db, reader, id)
    expect(page).toMatchObject({
      ...{ id, title: 'T', audience: 'public', stage: 'summarised', stageReason: null, notes },
      ...{ givenChapters: chapters, readingMinutes: 1, summary: exampleSummary({}) },
      player: { url: 'https://media.example.org/1.mp3', type: 'audio/mpeg', bytes: 5 },
      transcript: { state: 'shown', ...transcript },
    })
    expect(page?.moreFromSource.map((card) => card.id)).toEqual([newer, older])
    expect(page?.moreFromSource[0]?.moments).toEqual([])
  })

  it('keeps the transcript for members, and never under one version with theirs', async () => {
    const id = await told('T', 10)
    const transcript = exampleTranscript({})
    const row = { id: newId(), episodeId: id, transcript }
    await db.transaction().execute((tx) => saveTranscript(tx, row))
    const [guest, member] = [
      await findEpisodePage(db, null, id),
      await findEpisodePage(db, reader, id),
    ]
    expect(guest?.transcript).toEqual({ state: 'members-only', origin: 'publisher' })
    expect(member?.transcript).toMatchObject({ state: 'shown' })
    expect(guest?.version).not.toBe(member?.version)
    expect((await findEpisodePage(db, reader, id))?.version).toBe(member?.version)
    await db.updateTable('sources').set({ title: 'Renamed' }).where('id', '=', source.id).execute()
    expect((await findEpisodePage(db, reader, id))?.version).not.toBe(member?.version)
  })

  const TEXTS = [
    ['discovered', null, null, 'waiting'],
    ['fetched', 'No captions yet.', LATER, 'waiting'],
    ['fetched', 'Nobody offers a text.', null, 'missing'],
    ['summarised', null, null, 'missing'],
  ] as const
  for (const [at, reason, retryAt, state] of TEXTS) {
    it(`says of a text at ${at}, ${reason ?? 'without a reason'}: ${state}`, async () => {
      const id = await saveExampleEpisode(db, source)
      await stage(id, { stage: at, reason, retryAt })
      const page = await findEpisodePage(db, reader, id)
      expect(page?.transcript).toMatchObject({ state, ...(reason && { reason }) })
    })
  }

  it('finds nothing where there is nothing, and nothing for members for a guest', async () => {
    expect(await findEpisodePage(db, reader, newId())).toBeNull()
    const members = await saveExampleSource(db, { audience: MEMBERS })
    const id = await saveExampleEpisode(db, members)
    expect(await findEpisodePage(db, null, id)).toBeNull()
    expect(await findEpisodePage(db, reader, id)).not.toBeNull()
  })
})

describe('findDigestPage', () => {
  it('shows items in their order, what was carried, deliveries and neighbours', async () => {
    const [a, b, c] = [await told('a', 10), await told('b', 12), await told('c', 11)]
    const monday = await digest('2026-11-16', [b])
    const tuesday = await digest('2026-11-17', [c, a, b], 'daily', [b])
    const weekly = await digest('2026-11-17', [], 'weekly')
    const delivery = await deliver(tuesday)
    const page = await findDigestPage(db, reader, tuesday)
    expect(page?.items.map(({ id, isCarried }) => [id, isCarried])).toEqual([
      [c, false],
      [a, false],
      [b, true],
    ])
    expect(page).toMatchObject({
      ...{ edition: 'daily', localDate: '2026-11-17' },
      missing: [{ sourceTitle: 'S', episodeTitle: null, reason: 'Asleep.' }],
      deliveries: [{ id: delivery, address: 'outbox', state: 'sent', sentAt: LATER }],
      earlier: { id: monday, localDate: '2026-11-16' },
      later: { id: weekly, localDate: '2026-11-17' },
    })
    expect(await findDigestPage(db, reader, weekly)).toMatchObject({
      ...{ earlier: { id: tuesday }, later: null },
    })
    expect(await findDigestPage(db, reader, monday)).toMatchObject({
      ...{ earlier: null, later: { id: tuesday } },
    })
    expect(await findDigestPage(db, await saveExampleReader(db), tuesday)).toBeNull()
  })
})

describe('getSourcesPage', () => {
  it('lists what is followed by title, with how it is doing', async () => {
    const quiet = await saveExampleSource(db, { title: 'a quiet one' }, [reader])
    await saveExampleSource(db, { title: 'Not followed' })
    await db
      .transaction()
      .execute((tx) => savePaused(tx, { readerId: reader.id, sourceId: quiet.id, paused: true }))
    await told('older', 10)
    const latest = await told('newer', 12)
    const { sources } = await getSourcesPage(db, reader)
    expect(sources).toMatchObject([
      { id: quiet.id, isPaused: true, episodeCount: 0, latest: null, isPrivate: false },
      {
        ...{ id: source.id, isPaused: false, episodeCount: 2, url: source.url, state: 'new' },
        latest: { id: latest, title: 'newer', publishedAt: day(12).publishedAt },
      },
    ])
    expect(sources).toHaveLength(2)
  })
})

describe('the outbox', () => {
  it("keeps a reader's messages, newest first, with their bytes", async () => {
    const id = await deliver(await digest('2026-11-16'))
    const page = await getOutboxPage(db, reader, false)
    const bytes = Buffer.byteLength('raw ÿ')
    expect(page).toMatchObject({ sendsMail: false, messages: [{ id, subject: 'Hello', bytes }] })
    const message = await findOutboxBytes(db, reader, id)
    expect(message).toMatchObject({ id, messageId: `<${id}>`, state: 'sent' })
    expect(Buffer.from(message?.raw ?? []).toString()).toBe('raw ÿ')
    expect(await findOutboxBytes(db, await saveExampleReader(db), id)).toBeNull()
  })
})
