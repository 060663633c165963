import type { MadeDigest } from '../actions/make-digest.ts'
import { type ReadEpisode, readEpisode } from '../actions/read-episode.ts'
import type { Summary } from '../model/summary.ts'
import type { Transcript } from '../model/transcript.ts'
import { noUsage } from '../model/usage.ts'
import { createFakeGuardedFetch } from '../platform/http/fake-guarded-fetch.ts'

const QUOTE = 'The wall costs more each year.'

const transcript: Transcript = {
  language: 'en',
  origin: 'publisher',
  segments: [{ start: 0, end: 4, speaker: 'Ines Moor', text: QUOTE }],
}

const summary: Summary = {
  ...{ schemaVersion: 1, title: 'The wall', show: 'Harbour Light', durationSeconds: 4 },
  ...{ publishedAt: '2026-11-20T05:00:00.000Z', language: 'en', transcriptOrigin: 'publisher' },
  ...{ tier: 'embedded', badges: ['Interview'], description: QUOTE },
  evidence: [{ id: 'e1', unit: 'time', start: 0, end: 4, speaker: 'Ines Moor', quote: QUOTE }],
  paragraphs: [{ sentences: [{ text: QUOTE, evidenceIds: ['e1'] }] }],
  insights: [
    {
      ...{ id: 'i1', label: 'cost', text: QUOTE, speaker: 'Ines Moor', stance: 'fact' },
      ...{ evidenceIds: ['e1'], check: 'quoted' },
    },
  ],
  ...{ disagreements: [], chapters: [], topics: ['walls', 'water'], people: [], speakers: [] },
  ...{ links: [], names: [], ads: [] },
  coverage: { wordsIn: 6, wordsOut: 6, minutesCited: [0] },
  checks: { claims: 1, passed: 0, quoted: 1, dropped: [] },
  usage: noUsage(1),
}

/** An episode for tests, read in one go. */
export function readExampleEpisode(): Promise<ReadEpisode> {
  const given = {
    name: 'given',
    find: async () => ({ found: true, transcript, reason: '' }) as const,
  }
  return readEpisode(
    {
      fetch: createFakeGuardedFetch({}),
      now: new Date('2026-11-23T12:00:00Z'),
      providers: [given],
      summarise: async () => summary,
    },
    { url: 'https://s.example/', title: 'Harbour Light', siteUrl: null, kind: 'podcast' },
    {
      ...{ guid: '1', title: 'The wall', link: null, publishedAt: null, durationSeconds: 4 },
      ...{ notesRaw: '', enclosures: [], transcripts: [], chaptersUrl: null, persons: [] },
      ...{ imageUrl: null, season: null, number: null, language: 'en' },
    },
  )
}

/** A digest of some episodes, as `makeDigest` gives it. */
export function exampleMadeDigest(
  episodes: ReadEpisode[],
  missing: MadeDigest['content']['missing'] = [],
): MadeDigest {
  const items = episodes.map(({ episode, source }) => ({
    ...{ episodeId: episode.id, title: episode.title, show: source.title, kind: episode.kind },
    ...{ publishedAt: null, durationSeconds: null, readingMinutes: 1, language: 'en' },
    ...{ description: QUOTE, badges: [], moments: [], pageUrl: 'x.html', verdict: null },
    ...{ strip: null, origin: 'publisher' as const },
  }))
  const about = { edition: 'daily', localDate: '2026-11-23', moreCount: 0, links: null } as const
  return {
    content: { ...about, items, stories: [], carriedEpisodeIds: [], missing },
    rendered: { subject: 'S', html: '<p>digest', text: 'digest', shownEpisodeIds: [] },
    episodes,
  }
}
