import type { DigestPage } from '../store/views/digest-page.ts'
import type { SourceLabel } from '../store/views/episode-card.ts'
import type { EpisodePage, StoryView } from '../store/views/episode-page.ts'
import type { SourceRow, SourcesPage } from '../store/views/sources-page.ts'
import type { TodayPage } from '../store/views/today-page.ts'
import { FAKE_NOTES, FAKE_SUMMARY } from './fake-episode.ts'
import {
  card,
  FAKE_CARDS,
  FAKE_NOW,
  FAKE_SOURCES,
  fakeId,
  hoursAgo,
  source,
} from './fake-library.ts'
import { FAKE_CHAPTERS, FAKE_SECONDS, FAKE_SEGMENTS } from './fake-transcript.ts'

export const FAKE_STORY: StoryView = {
  id: fakeId(300),
  title: 'What a berth on the night train costs',
  others: [FAKE_CARDS.rates],
  differences: [
    {
      point: 'the price of a berth',
      kind: 'number',
      sides: [
        {
          episodeId: FAKE_CARDS.nightTrain.id,
          sourceTitle: 'The Slow Lane',
          speaker: 'Tobias Achterberg',
          quote: 'A berth with us is sixty-nine euros on average.',
          unit: 'time',
          start: 948,
        },
        {
          episodeId: FAKE_CARDS.rates.id,
          sourceTitle: 'The Thursday Ledger',
          speaker: null,
          quote: 'With everything counted, a berth costs ninety euros and not sixty-nine.',
          unit: 'paragraph',
          start: 6,
        },
      ],
    },
  ],
}

export const FAKE_EPISODE: EpisodePage = {
  version: '1',
  id: FAKE_CARDS.nightTrain.id,
  audience: 'public',
  source: FAKE_SOURCES.slowLane,
  title: 'The night train that paid for itself',
  link: 'https://slowlane.example/episodes/night-train',
  publishedAt: hoursAgo(27),
  durationSeconds: FAKE_SECONDS,
  readingMinutes: 3,
  stage: 'grouped',
  stageReason: null,
  retryAt: null,
  player: {
    url: 'https://audio.slowlane.example/night-train.mp3',
    type: 'audio/mpeg',
    bytes: 39_400_000,
    redirectOrigins: ['https://cdn.example'],
  },
  notes: FAKE_NOTES,
  givenChapters: FAKE_CHAPTERS,
  summary: FAKE_SUMMARY,
  transcript: { state: 'shown', origin: 'publisher', language: 'en', segments: FAKE_SEGMENTS },
  stories: [FAKE_STORY],
  moreFromSource: [
    card(11, FAKE_SOURCES.slowLane, {
      title: 'A bus, a border and a very long bridge',
      description: 'Mara rides the longest city bus line in Europe, end to end, and times it.',
    }),
    card(12, FAKE_SOURCES.slowLane, {
      title: 'Who owns the platform clock?',
      durationSeconds: 2210,
    }),
  ],
}

/** The same page before its words were found. */
export const FAKE_WAITING_EPISODE: EpisodePage = {
  ...FAKE_EPISODE,
  id: fakeId(220),
  title: 'Signals, points and a bridge that sings',
  stage: 'fetched',
  stageReason: 'The publisher’s transcript is announced and not there yet.',
  retryAt: new Date(FAKE_NOW.getTime() + 3_600_000),
  summary: null,
  transcript: {
    state: 'waiting',
    reason: 'The publisher’s file answers “not found”.',
    retryAt: new Date(FAKE_NOW.getTime() + 3_600_000),
  },
  stories: [],
  moreFromSource: [],
}

/** A newsletter issue: its text stands in place of a transcript, and only its reader sees it. */
export const FAKE_ISSUE: EpisodePage = {
  ...FAKE_EPISODE,
  id: FAKE_CARDS.rates.id,
  audience: 'readers',
  source: FAKE_SOURCES.ledger,
  title: FAKE_CARDS.rates.title,
  link: null,
  durationSeconds: null,
  player: null,
  notes: null,
  givenChapters: [],
  summary: null,
  stage: 'fetched',
  transcript: {
    state: 'shown',
    origin: 'text',
    language: 'en',
    segments: [
      'Last week a listener asked what a berth on the night train costs.',
      'The operator says sixty-nine euros. That is what people paid.',
      'With everything counted, a berth costs ninety euros and not sixty-nine.',
    ].map((text, index) => ({ start: index, end: index, speaker: null, text })),
  },
  stories: [],
  moreFromSource: [],
}

export const FAKE_TODAY: TodayPage = {
  version: '1',
  sourceCount: 5,
  latestDigest: {
    id: fakeId(400),
    edition: 'daily',
    localDate: '2026-11-23',
    createdAt: hoursAgo(2),
    stories: [],
    items: [FAKE_CARDS.nightTrain, FAKE_CARDS.battery, FAKE_CARDS.plane],
  },
  nextDigestAt: new Date('2026-11-24T06:00:00Z'),
  arrived: [FAKE_CARDS.rates, FAKE_CARDS.ferry],
  working: [
    {
      episodeId: fakeId(221),
      title: 'Forty kilometres of copper',
      source: FAKE_SOURCES.grid,
      stage: 'fetched',
      discoveredAt: hoursAgo(0.1),
    },
    {
      episodeId: fakeId(222),
      title: 'Dovetails without a jig',
      source: FAKE_SOURCES.bench,
      stage: 'transcribed',
      discoveredAt: hoursAgo(0.2),
    },
  ],
  missing: [
    {
      source: FAKE_SOURCES.slowLane,
      episode: { id: fakeId(220), title: 'Signals, points and a bridge that sings' },
      reason: 'The publisher’s transcript is announced and not there yet.',
      retryAt: new Date(FAKE_NOW.getTime() + 3_600_000),
    },
    {
      source: FAKE_SOURCES.harbour,
      episode: null,
      reason:
        'The site answers with an error page since Saturday. Check the address, or wait: it is tried every few hours.',
      retryAt: null,
    },
  ],
}

export const FAKE_EMPTY_TODAY: TodayPage = {
  version: '1',
  sourceCount: 1,
  latestDigest: null,
  nextDigestAt: null,
  arrived: [],
  working: [],
  missing: [],
}

function row(label: SourceLabel, fields: Partial<SourceRow>): SourceRow {
  return {
    ...label,
    author: null,
    url: `${label.siteUrl}feed.xml`,
    state: 'ok',
    stateReason: null,
    isPaused: false,
    isPrivate: false,
    lastCheckedAt: hoursAgo(0.4),
    nextCheckAt: new Date(FAKE_NOW.getTime() + 1_900_000),
    episodeCount: 84,
    latest: null,
    ...fields,
  }
}

export const FAKE_SOURCES_PAGE: SourcesPage = {
  version: '1',
  sources: [
    row(FAKE_SOURCES.grid, {
      author: 'Priya Ostrander and Lev Marchetti',
      episodeCount: 212,
      latest: {
        id: FAKE_CARDS.battery.id,
        title: FAKE_CARDS.battery.title,
        publishedAt: hoursAgo(14),
      },
    }),
    row(FAKE_SOURCES.harbour, {
      state: 'failing',
      stateReason:
        'The site answers with an error page (503) since Saturday. Nothing that you have is lost.',
      episodeCount: 31,
    }),
    row(FAKE_SOURCES.slowLane, {
      author: 'Mara Lindgren',
      latest: {
        id: FAKE_CARDS.nightTrain.id,
        title: FAKE_CARDS.nightTrain.title,
        publishedAt: hoursAgo(27),
      },
    }),
    row(FAKE_SOURCES.ledger, { isPrivate: true, episodeCount: 12, nextCheckAt: null }),
    row(FAKE_SOURCES.bench, { isPaused: true, episodeCount: 96 }),
    row(
      source(
        6,
        'A source with a remarkably long title that goes on and on, as some do, and then on',
        'podcast',
      ),
      {
        state: 'new',
        lastCheckedAt: null,
        episodeCount: 0,
      },
    ),
  ],
}

export const FAKE_DIGEST: DigestPage = {
  version: '1',
  id: fakeId(400),
  edition: 'daily',
  localDate: '2026-11-23',
  createdAt: hoursAgo(2),
  items: [
    { ...FAKE_CARDS.nightTrain, isCarried: false },
    { ...FAKE_CARDS.battery, isCarried: false },
    { ...FAKE_CARDS.plane, isCarried: true },
  ],
  stories: [{ ...FAKE_STORY, others: [FAKE_CARDS.nightTrain, FAKE_CARDS.rates] }],
  missing: [
    {
      sourceTitle: 'The Slow Lane',
      episodeTitle: 'Signals, points and a bridge that sings',
      reason: 'The publisher’s transcript is announced and not there yet.',
    },
  ],
  deliveries: [
    {
      id: fakeId(500),
      address: 'ada@reader.example',
      state: 'sent',
      sentAt: hoursAgo(1.3),
      lastAnswer: '250 2.0.0 Ok: queued',
    },
  ],
  earlier: { id: fakeId(401), localDate: '2026-11-22' },
  later: null,
}
