import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTestDatabase,
  type TestDatabase,
} from '../../../tests/ground/create-test-database.ts'
import { type Audience, MEMBERS, PUBLIC, readersOnly } from '../../model/audience.ts'
import type { Reader } from '../../model/reader.ts'
import type { Source } from '../../model/source.ts'
import { newId } from '../../platform/ids.ts'
import type { Db, StoredStory } from '../database.ts'
import { claimDelivery, saveDeliveryOnce } from '../deliveries.ts'
import { saveDigestOnce } from '../digests.ts'
import { saveStage } from '../episodes.ts'
import {
  exampleSummary,
  exampleTranscript,
  saveExampleEpisode,
  saveExampleReader,
  saveExampleSource,
} from '../example-rows.ts'
import { saveCheckFailed } from '../sources.ts'
import { saveSummary } from '../summaries.ts'
import { saveTranscript } from '../transcripts.ts'
import { bindViews } from './bind-views.ts'
import { findDigestPage } from './find-digest-page.ts'
import { findEpisodePage } from './find-episode-page.ts'
import { getSourcesPage } from './get-sources-page.ts'
import { getTodayPage } from './get-today-page.ts'
import { episodeCards, listEpisodeCards } from './list-episode-cards.ts'
import { findOutboxBytes, getOutboxPage } from './list-outbox.ts'
import { listEpisodeStories, toStoryViews } from './story-views.ts'

const NOW = new Date('2026-11-22T12:00:00Z')

let database: TestDatabase
let db: Db
let ada: Reader
let ben: Reader
/** Every id of anything that anybody could ask for. */
const ids: { episodes: string[]; digests: string[]; deliveries: string[] } = {
  episodes: [],
  digests: [],
  deliveries: [],
}

/** The episodes that each mark's story is told by. */
const byMark = new Map<string, string[]>()

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  ada = await saveExampleReader(db, { role: 'owner' })
  ben = await saveExampleReader(db)
  const adas = await fillHouse(ada, ben, 'ADA-ONLY')
  const bens = await fillHouse(ben, ada, 'BEN-ONLY')
  // Each digest tells what its reader may see, and what they once could.
  await makeDigest(ada, 'ADA-ONLY', [...tell('ADA-ONLY', adas), ...tell('BEN-ONLY', bens)])
  await makeDigest(ben, 'BEN-ONLY', [...tell('BEN-ONLY', bens), ...tell('ADA-ONLY', adas)])
  const open = await saveExampleSource(db, { title: 'FOR-ALL' }, [ada, ben])
  await makeEpisodes(open, 'FOR-ALL')
  const members = await saveExampleSource(db, { title: 'MEMBERS-ONLY', audience: MEMBERS }, [ben])
  await makeEpisodes(members, 'MEMBERS-ONLY')
})
afterAll(() => database[Symbol.asyncDispose]())

/** What belongs to one reader alone, each text marked, and followed by another as well. */
async function fillHouse(reader: Reader, other: Reader, mark: string): Promise<string[]> {
  const own = readersOnly([reader.id])
  const followed = (audience: Audience) =>
    saveExampleSource(db, { ...markedSource(mark), audience }, [reader, other])
  await makeEpisodes(await followed(own), mark)
  const becamePrivate = await followed(PUBLIC)
  await makeEpisodes(becamePrivate, mark)
  await narrow('sources', becamePrivate.id, reader)
  const becameAsleep = await followed(own)
  await db.transaction().execute((tx) =>
    saveCheckFailed(tx, {
      ...{ sourceId: becameAsleep.id, checkedAt: NOW, nextCheckAt: NOW },
      ...{ reason: `${mark} is asleep.`, gone: false },
    }),
  )
  const shared = await saveExampleSource(db, { title: 'FOR-ALL' }, [reader, other])
  const narrowed = await makeEpisodes(shared, mark)
  for (const id of narrowed) await narrow('episodes', id, reader)
  byMark.set(mark, narrowed)
  return narrowed
}

/** A story of these episodes in which they differ. */
function tell(mark: string, episodeIds: readonly string[]): StoredStory[] {
  const at = { unit: 'time', start: 0 } as const
  const sides = episodeIds.map((episodeId) => ({
    ...{ episodeId, show: mark, speaker: mark, quote: mark, at },
  }))
  return [{ title: mark, episodeIds, differences: [{ point: mark, kind: 'number', sides }] }]
}

const markedSource = (mark: string): Partial<Source> => ({
  ...{ title: mark, description: mark, author: mark },
  siteUrl: `https://${mark}.example`,
  imageUrl: `sample:${mark}.svg`,
  url: `https://feeds.example/${newId()}/${mark}`,
})

/** One episode in each stage of the line, and one that was stopped. */
async function makeEpisodes(source: Source, mark: string): Promise<string[]> {
  const make = async () => {
    const about = { title: mark, notesRaw: mark, link: `https://x.example/${mark}` }
    const enclosures = [{ url: `https://x.example/${mark}.mp3`, type: 'audio/mpeg', bytes: 1 }]
    const id = await saveExampleEpisode(db, source, { ...about, enclosures })
    ids.episodes.push(id)
    return id
  }
  const [working, stopped, told] = [await make(), await make(), await make()]
  await db.transaction().execute(async (tx) => {
    await saveStage(tx, stopped, { stage: 'fetched', reason: `${mark} stopped.`, retryAt: null })
    const segments = [{ start: 0, end: 4, speaker: mark, text: mark }]
    const transcript = exampleTranscript({ segments })
    await saveTranscript(tx, { id: newId(), episodeId: told, transcript })
    const evidence = [
      { id: 'e1', unit: 'time' as const, start: 0, end: 4, speaker: mark, quote: mark },
    ]
    await saveSummary(tx, {
      ...{ id: newId(), episodeId: told, now: NOW },
      key: { contentHash: told, language: 'en', promptVersion: '1' },
      summary: exampleSummary({ title: mark, description: mark, topics: [mark], evidence }),
    })
    await saveStage(tx, told, { stage: 'summarised', reason: null, retryAt: null })
  })
  return [working, stopped, told]
}

async function narrow(table: 'sources' | 'episodes', id: string, reader: Reader): Promise<void> {
  await db
    .updateTable(table)
    .set({ audience: 'readers', audience_reader_ids: [reader.id] })
    .where('id', '=', id)
    .execute()
}

async function makeDigest(reader: Reader, mark: string, stories: StoredStory[]): Promise<void> {
  const [digestId, id] = [newId(), newId()]
  ids.digests.push(digestId)
  ids.deliveries.push(id)
  await db.transaction().execute(async (tx) => {
    await saveDigestOnce(tx, {
      ...{ id: digestId, readerId: reader.id, edition: 'daily', localDate: '2026-11-22' },
      content: { stories },
      missing: [{ sourceTitle: mark, episodeTitle: mark, reason: mark }],
      episodeIds: stories.flatMap(({ episodeIds }) => episodeIds),
      carriedEpisodeIds: [],
    })
    const [address, subject, raw] = [`${mark}@x.example`, mark, Buffer.from(mark)]
    await saveDeliveryOnce(tx, { id, digestId, address, messageId: `<${id}>`, subject, raw })
  })
  await claimDelivery(db, id, NOW)
}

/** Calls of every view with all that could be asked of it. */
type Calls = (reader: Reader) => Promise<unknown>[]
const views = () => bindViews({ db, sendsMail: true, nextDigestAt: async () => NOW })
const MEMBER_VIEWS: Record<string, Calls> = {
  getTodayPage: (reader) => [getTodayPage(db, reader, null)],
  findDigestPage: (reader) => ids.digests.map((id) => findDigestPage(db, reader, id)),
  findEpisodePage: (reader) => ids.episodes.map((id) => findEpisodePage(db, reader, id)),
  getSourcesPage: (reader) => [getSourcesPage(db, reader)],
  getOutboxPage: (reader) => [getOutboxPage(db, reader, true)],
  findOutboxBytes: (reader) => ids.deliveries.map((id) => findOutboxBytes(db, reader, id)),
  episodeCards: (reader) => [episodeCards(db, reader).execute()],
  listEpisodeCards: (reader) => [listEpisodeCards(db, reader, ids.episodes)],
  listEpisodeStories: (reader) => ids.episodes.map((id) => listEpisodeStories(db, reader, id)),
  toStoryViews: (reader) => [toStoryViews(db, reader, { digestId: 'd', stories: allStories() })],
  bindViews: (reader) => [
    ...[views().getTodayPage(reader), views().getSourcesPage(reader)],
    ...[views().getOutboxPage(reader), views().getSettingsPage(reader)],
    ...ids.episodes.map((id) => views().findEpisodePage(reader, id)),
    ...ids.digests.map((id) => views().findDigestPage(reader, id)),
  ],
}
const GUEST_VIEWS: Record<string, () => Promise<unknown>[]> = {
  findEpisodePage: () => ids.episodes.map((id) => findEpisodePage(db, null, id)),
  episodeCards: () => [episodeCards(db, null).execute()],
  listEpisodeCards: () => [listEpisodeCards(db, null, ids.episodes)],
  listEpisodeStories: () => [
    ...ids.episodes.map((id) => listEpisodeStories(db, null, id)),
    listEpisodeCards(db, null, ids.episodes),
  ],
  bindViews: () => ids.episodes.map((id) => views().findEpisodePage(null, id)),
}
const allStories = () =>
  ['ADA-ONLY', 'BEN-ONLY'].flatMap((mark) => tell(mark, byMark.get(mark) ?? []))

/** Functions that are given all they know. */
const PURE = new Set(['dataVersion', 'toEpisodeCard', 'toSourceLabel', 'sitePathOf'])

/** All that came out, as one text; bytes are read as text. */
async function shown(calls: Promise<unknown>[]): Promise<string> {
  return JSON.stringify(await Promise.all(calls), (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString() : readBytes(value),
  )
}

/** Buffers turn themselves into `{ type, data }` before they are asked about. */
function readBytes(value: unknown): unknown {
  const bytes = value as { type?: unknown; data?: unknown } | null
  return bytes?.type === 'Buffer' ? Buffer.from(bytes.data as number[]).toString() : value
}

describe('every view', () => {
  it('is asked here: one that is added needs its row', async () => {
    const names: string[] = []
    for (const file of readdirSync(new URL('.', import.meta.url))) {
      if (file.endsWith('.test.ts')) continue
      const exported = (await import(new URL(file, import.meta.url).href)) as object
      for (const [name, value] of Object.entries(exported)) {
        if (typeof value === 'function' && !PURE.has(name)) names.push(name)
      }
    }
    expect(names.toSorted()).toEqual(Object.keys(MEMBER_VIEWS).toSorted())
  })

  for (const [name, ask] of Object.entries(MEMBER_VIEWS)) {
    it(`${name} shows each reader their own and nothing of the other's`, async () => {
      const [adas, bens] = [await shown(ask(ada)), await shown(ask(ben))]
      expect(adas).not.toContain('BEN-ONLY')
      expect(bens).not.toContain('ADA-ONLY')
      // What shows nothing at all would pass.
      expect(adas).toContain('ADA-ONLY')
      expect(bens).toContain('BEN-ONLY')
    })
  }

  for (const [name, ask] of Object.entries(GUEST_VIEWS)) {
    it(`${name} shows a guest what is public and nothing else`, async () => {
      const seen = await shown(ask())
      expect(seen).toContain('FOR-ALL')
      expect(seen).not.toMatch(/ADA-ONLY|BEN-ONLY|MEMBERS-ONLY/)
    })
  }

  it('shows a stranger with an account what members may see', async () => {
    const stranger = await saveExampleReader(db)
    for (const ask of Object.values(MEMBER_VIEWS)) {
      expect(await shown(ask(stranger))).not.toMatch(/ADA-ONLY|BEN-ONLY/)
    }
    expect(await shown(MEMBER_VIEWS.listEpisodeCards?.(stranger) ?? [])).toContain('MEMBERS-ONLY')
  })
})
