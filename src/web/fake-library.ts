import type { Reader } from '../model/reader.ts'
import type { EpisodeCard, SourceLabel } from '../store/views/episode-card.ts'
import { FAKE_SUMMARY } from './fake-episode.ts'
import { FAKE_SECONDS } from './fake-transcript.ts'

/** Everything below is made up: no person, show or company of these names is meant. */
export const FAKE_NOW = new Date('2026-11-23T08:20:00Z')

/** An instant before the fakes' present. */
export const hoursAgo = (hours: number) => new Date(FAKE_NOW.getTime() - hours * 3_600_000)

/** A UUID that is easy to tell apart in tests. */
export function fakeId(number: number): string {
  return `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export const FAKE_READER: Reader = {
  id: fakeId(1),
  role: 'owner',
  email: 'ada@reader.example',
  displayName: 'Ada Winterbourne',
  timeZone: 'Europe/Zurich',
  digestAt: '07:00',
  language: 'en',
}

/** A source of the made-up library. */
export const source = (number: number, title: string, kind: SourceLabel['kind']): SourceLabel => ({
  id: fakeId(100 + number),
  title,
  kind,
  siteUrl: `https://source${number}.example/`,
  image: null,
})

export const FAKE_SOURCES = {
  slowLane: source(1, 'The Slow Lane', 'podcast'),
  grid: source(2, 'Grid & Current', 'podcast'),
  bench: source(3, 'Workbench Evenings', 'youtube'),
  ledger: source(4, 'The Thursday Ledger', 'newsletter'),
  harbour: source(5, 'Notes from the Harbour', 'blog'),
}

/** An item of the made-up library. */
export function card(number: number, from: SourceLabel, fields: Partial<EpisodeCard>): EpisodeCard {
  return {
    id: fakeId(200 + number),
    source: from,
    title: 'Untitled',
    publishedAt: hoursAgo(number * 7),
    durationSeconds: 1800,
    readingMinutes: 3,
    badges: [],
    description: '',
    moments: [],
    ...fields,
  }
}

export const FAKE_CARDS = {
  nightTrain: card(1, FAKE_SOURCES.slowLane, {
    title: 'The night train that paid for itself',
    durationSeconds: FAKE_SECONDS,
    badges: ['Interview', 'Discussion'],
    description: FAKE_SUMMARY.description,
    moments: FAKE_SUMMARY.evidence
      .filter(({ id }) => id === 'e3' || id === 'e6')
      .map(({ quote, speaker, unit, start }) => ({ quote, speaker, unit, start })),
  }),
  battery: card(2, FAKE_SOURCES.grid, {
    title: 'What a village battery does on a windless Sunday',
    durationSeconds: 3720,
    badges: ['Analysis'],
    description:
      'Four households, one shared battery and eleven months of meter readings, told by the two engineers who wired it.',
    moments: [
      {
        quote:
          'We expected it to last until Monday noon. It lasted until Sunday at four in the afternoon.',
        speaker: 'Priya Ostrander',
        unit: 'time',
        start: 1274,
      },
    ],
  }),
  plane: card(3, FAKE_SOURCES.bench, {
    title: 'Tuning a wooden plane with three files and some patience',
    durationSeconds: 1124,
    badges: ['Tutorial'],
    description:
      'Joss Hallewell flattens a sole, squares a mouth and takes the first clean shaving.',
  }),
  rates: card(4, FAKE_SOURCES.ledger, {
    title: 'Sleepers, subsidies and the ninety-euro berth',
    durationSeconds: null,
    readingMinutes: 4,
    badges: ['Opinion', 'News'],
    description: 'Why the price of a berth depends on who counts it.',
    moments: [
      {
        quote: 'With everything counted, a berth costs ninety euros and not sixty-nine.',
        speaker: null,
        unit: 'paragraph',
        start: 6,
      },
    ],
  }),
  ferry: card(5, FAKE_SOURCES.harbour, {
    title: 'The last ferry with a steam whistle',
    durationSeconds: null,
    badges: ['Story'],
    description: '',
  }),
}
