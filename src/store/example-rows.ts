import { PUBLIC } from '../model/audience.ts'
import type { Reader } from '../model/reader.ts'
import type { Source } from '../model/source.ts'
import type { Summary } from '../model/summary.ts'
import type { Transcript } from '../model/transcript.ts'
import { noUsage } from '../model/usage.ts'
import { newId } from '../platform/ids.ts'
import type { Db } from './database.ts'
import { type NewEpisode, saveNewEpisodes } from './episodes.ts'
import { saveSourceOnce } from './sources.ts'
import { saveSubscriptionOnce } from './subscriptions.ts'
import { type SummaryKey, saveSummary } from './summaries.ts'

/** A reader for tests, with whatever the test is about. */
export function exampleReader(change: Partial<Reader>): Reader {
  return {
    id: newId(),
    role: 'member',
    email: null,
    displayName: 'Ines Moor',
    timeZone: 'Europe/Zurich',
    digestAt: '07:00',
    language: 'en',
    ...change,
  }
}

/** A source for tests, with a URL of its own. */
export function exampleSource(change: Partial<Source>): Source {
  const id = newId()
  return {
    id,
    kind: 'podcast',
    url: `https://shows.example/${id}/feed.xml`,
    title: 'Harbour Light',
    description: 'How things around the harbour work.',
    siteUrl: 'https://harbour-light.example',
    imageUrl: null,
    author: null,
    language: 'en',
    audience: PUBLIC,
    state: 'new',
    stateReason: null,
    lastCheckedAt: null,
    nextCheckAt: null,
    ...change,
  }
}

/** An episode for tests, with a guid of its own. */
export function exampleEpisode(change: Partial<NewEpisode>): NewEpisode {
  const id = change.id ?? newId()
  return {
    id,
    guid: `guid-${id}`,
    title: 'The price of a wall in the water',
    link: null,
    publishedAt: new Date('2026-11-20T05:00:00Z'),
    durationSeconds: 1800,
    notesRaw: '<p>What the barrier costs.</p>',
    enclosures: [],
    transcripts: [],
    chaptersUrl: null,
    persons: [],
    imageUrl: null,
    season: null,
    number: null,
    language: 'en',
    ...change,
  }
}

/** A transcript for tests. */
export function exampleTranscript(change: Partial<Transcript>): Transcript {
  return {
    language: 'en',
    origin: 'publisher',
    segments: [{ start: 0, end: 4, speaker: 'Ines Moor', text: 'The wall costs more each year.' }],
    ...change,
  }
}

/** A summary for tests: one insight with its evidence. */
export function exampleSummary(change: Partial<Summary>): Summary {
  const quote = 'The wall costs more each year.'
  return {
    schemaVersion: 1,
    title: 'The price of a wall in the water',
    show: 'Harbour Light',
    publishedAt: '2026-11-20T05:00:00.000Z',
    durationSeconds: 1800,
    language: 'en',
    transcriptOrigin: 'publisher',
    tier: 'embedded',
    badges: ['Interview'],
    description: quote,
    evidence: [{ id: 'e1', unit: 'time', start: 0, end: 4, speaker: 'Ines Moor', quote }],
    paragraphs: [{ sentences: [{ text: quote, evidenceIds: ['e1'] }] }],
    insights: [
      {
        ...{ id: 'i1', label: 'cost', text: quote, speaker: 'Ines Moor', stance: 'fact' },
        ...{ evidenceIds: ['e1'], check: 'quoted' },
      },
    ],
    ...{ disagreements: [], chapters: [], topics: [], people: [], speakers: [], links: [] },
    ...{ names: [], ads: [] },
    coverage: { wordsIn: 6, wordsOut: 6, minutesCited: [0] },
    checks: { claims: 1, passed: 0, quoted: 1, dropped: [] },
    usage: noUsage(1),
    ...change,
  }
}

/** Saves a reader, as the sign-up of a member will. */
export async function saveExampleReader(db: Db, change: Partial<Reader> = {}): Promise<Reader> {
  const reader = exampleReader(change)
  await db
    .insertInto('readers')
    .values({
      id: reader.id,
      role: reader.role,
      email: reader.email,
      display_name: reader.displayName,
      time_zone: reader.timeZone,
      digest_at: reader.digestAt,
      language: reader.language,
    })
    .execute()
  return reader
}

/** Saves a source with its followers. */
export async function saveExampleSource(
  db: Db,
  change: Partial<Source> = {},
  followers: readonly Pick<Reader, 'id'>[] = [],
): Promise<Source> {
  const source = await saveSourceOnce(db, exampleSource(change))
  for (const { id: readerId } of followers) {
    const row = { id: newId(), readerId, sourceId: source.id }
    await db.transaction().execute((tx) => saveSubscriptionOnce(tx, row))
  }
  return source
}

/** Saves one new episode of a source and returns its id. */
export async function saveExampleEpisode(
  db: Db,
  source: Source,
  change: Partial<NewEpisode> = {},
): Promise<string> {
  const episode = exampleEpisode(change)
  await db.transaction().execute((tx) => saveNewEpisodes(tx, source, [episode]))
  return episode.id
}

/** Gives an episode a summary of its own, or the one under `key`. */
export async function saveExampleSummary(
  db: Db,
  episodeId: string,
  { key, now = new Date('2026-11-22T12:00:00Z') }: { key?: SummaryKey; now?: Date } = {},
): Promise<void> {
  const own = { contentHash: episodeId, language: 'en', promptVersion: 'embedded-1' }
  const summary = exampleSummary({})
  const request = { id: newId(), key: key ?? own, episodeId, summary, now }
  await db.transaction().execute((tx) => saveSummary(tx, request))
}
