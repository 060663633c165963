import type { Reader } from '../model/reader.ts'
import type { DigestPage } from '../store/views/digest-page.ts'
import type { EpisodeCard, SourceLabel } from '../store/views/episode-card.ts'
import type { EpisodePage, StoryView } from '../store/views/episode-page.ts'
import type { OutboxMessage, OutboxPage } from '../store/views/outbox-page.ts'
import type { SettingsPage } from '../store/views/settings-page.ts'
import type { SourceRow, SourcesPage } from '../store/views/sources-page.ts'
import type { TodayPage } from '../store/views/today-page.ts'
import {
  FAKE_CHAPTERS,
  FAKE_NOTES,
  FAKE_SECONDS,
  FAKE_SEGMENTS,
  FAKE_SUMMARY,
} from './fake-episode.ts'
import { FAKE_MAIL_HTML, FAKE_MAIL_TEXT } from './fake-mail.ts'

/** Everything below is made up: no person, show or company of these names is meant. */
export const FAKE_NOW = new Date('2026-11-23T08:20:00Z')

const hoursAgo = (hours: number) => new Date(FAKE_NOW.getTime() - hours * 3_600_000)

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

const source = (number: number, title: string, kind: SourceLabel['kind']): SourceLabel => ({
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

function card(number: number, from: SourceLabel, fields: Partial<EpisodeCard>): EpisodeCard {
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

export const FAKE_MESSAGE: OutboxMessage = {
  id: fakeId(500),
  digestId: fakeId(400),
  subject: 'Your digest: the night train, a village battery, and a wooden plane',
  address: 'outbox',
  state: 'sent',
  createdAt: hoursAgo(2),
  sentAt: hoursAgo(1.3),
  lastAnswer: null,
  bytes: 48_211,
  from: 'murmurcast <digest@murmur.example>',
  to: 'ada@reader.example',
  messageId: '<daily.2026-11-23@murmur.example>',
  html: FAKE_MAIL_HTML,
  text: FAKE_MAIL_TEXT,
  raw: new TextEncoder().encode(`Subject: Your digest\r\n\r\n${FAKE_MAIL_TEXT}`),
}

export const FAKE_OUTBOX: OutboxPage = {
  version: '1',
  sendsMail: false,
  messages: [
    FAKE_MESSAGE,
    {
      ...FAKE_MESSAGE,
      id: fakeId(501),
      subject: 'Your digest: two podcasts and a letter',
      state: 'uncertain',
      address: 'ada@reader.example',
      lastAnswer: 'The connection broke after the last byte.',
    },
    {
      ...FAKE_MESSAGE,
      id: fakeId(502),
      subject: 'Your digest: a quiet Saturday',
      state: 'failed',
      address: 'ada@reader.example',
      lastAnswer: '550 5.1.1 No such mailbox',
    },
  ],
}

export const FAKE_SETTINGS: SettingsPage = {
  settings: {
    displayName: FAKE_READER.displayName,
    email: FAKE_READER.email,
    timeZone: FAKE_READER.timeZone,
    digestAt: FAKE_READER.digestAt,
    language: FAKE_READER.language,
  },
  sendsMail: true,
  nextDigestAt: new Date('2026-11-24T06:00:00Z'),
}
