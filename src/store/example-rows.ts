import { PUBLIC } from '../model/audience.ts'
import type { Reader } from '../model/reader.ts'
import type { Source } from '../model/source.ts'
import { newId } from '../platform/ids.ts'
import type { NewEpisode } from './episodes.ts'

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
