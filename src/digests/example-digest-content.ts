import type { DigestContent, DigestItem, DigestStory } from './digest-content.ts'

/** An item to build tests on: complete, and ordinary in every field. */
export function exampleItem(change: Partial<DigestItem> = {}): DigestItem {
  return {
    episodeId: 'e1',
    title: 'The sea gate, and the man who moves the brass line',
    show: 'Harbour Light',
    kind: 'podcast',
    publishedAt: '2026-11-22T05:00:00Z',
    durationSeconds: 2712,
    readingMinutes: 4,
    language: 'en',
    description:
      'The engineer who drew the Narrows Barrier says what it would stop, what it would cost, and why a gate must never slam.',
    badges: ['Interview', 'News'],
    moments: [
      {
        label: 'Cost of the barrier',
        quote: 'The barrier will cost 340 million crowns to build, in today’s money.',
        speaker: 'Henrike Daswani',
        at: { unit: 'time', start: 1124 },
        url: 'https://murmurcast.example/episodes/e1#t=1124',
      },
      {
        label: null,
        quote: 'The first rule of a tidal gate is that it must never slam.',
        speaker: 'Henrike Daswani',
        at: { unit: 'time', start: 1490 },
        url: 'https://murmurcast.example/episodes/e1#t=1490',
      },
      {
        label: 'Who presses the button',
        quote:
          'In the two that closed too late, the machinery worked perfectly; in both cases somebody was waiting for a second signature.',
        speaker: null,
        at: { unit: 'time', start: 1716 },
        url: 'https://murmurcast.example/episodes/e1#t=1716',
      },
    ],
    pageUrl: 'https://murmurcast.example/episodes/e1',
    origin: 'publisher',
    verdict: {
      kind: 'listen',
      fromSeconds: 1110,
      minutes: 11,
      quotesInside: 9,
      quotesTotal: 12,
    },
    strip: {
      length: 2712,
      chapterStarts: [260, 690, 1110, 1500, 1900, 2400],
      cited: [
        { start: 300, end: 340 },
        { start: 1124, end: 1150 },
        { start: 1490, end: 1560 },
        { start: 1716, end: 1760 },
        { start: 2450, end: 2480 },
      ],
    },
    ...change,
  }
}

/** A digest to build tests on: a story of two shows, a newsletter, something missing. */
export function exampleContent(change: Partial<DigestContent> = {}): DigestContent {
  return {
    edition: 'daily',
    localDate: '2026-11-23',
    items: [exampleItem(), exampleItem(OTHER_TELLING), exampleItem(NEWSLETTER)],
    stories: [STORY],
    carriedEpisodeIds: [],
    moreCount: 0,
    missing: [
      {
        sourceTitle: 'Bench and Tide',
        episodeTitle: 'Sharpening a plane iron',
        reason: 'Captions are not out yet. It comes as soon as they are.',
      },
    ],
    links: {
      webView: 'https://murmurcast.example/digests/d1',
      unsubscribe: 'https://murmurcast.example/unsubscribe/abc',
      settings: 'https://murmurcast.example/settings',
    },
    ...change,
  }
}

const OTHER_TELLING: Partial<DigestItem> = {
  episodeId: 'e2',
  title: 'What 520 million crowns would buy',
  show: 'Slow Arithmetic',
  durationSeconds: 1490,
  readingMinutes: 2,
  badges: ['Opinion'],
  description: 'An insurer redoes the sums for the Narrows Barrier with other ports’ overruns.',
  moments: [
    {
      label: 'Cost of the barrier',
      quote: 'I put the barrier at 520 million crowns, and I would not be surprised by more.',
      speaker: 'Ottoline Brandvold',
      at: { unit: 'time', start: 402 },
      url: 'https://murmurcast.example/episodes/e2#t=402',
    },
  ],
  pageUrl: 'https://murmurcast.example/episodes/e2',
  origin: 'captions',
  verdict: null,
  strip: { length: 1490, chapterStarts: [300, 900], cited: [{ start: 402, end: 440 }] },
}

const NEWSLETTER: Partial<DigestItem> = {
  episodeId: 'e3',
  title: 'Low Water no. 31: mud, eels and a vote',
  show: 'Low Water',
  kind: 'newsletter',
  durationSeconds: null,
  readingMinutes: 3,
  badges: ['News'],
  description: 'The week on the Sallow: the eel count is up, and the Assembly votes on Thursday.',
  moments: [
    {
      label: null,
      quote: 'The eel count at the lower weir is up for the third year in a row.',
      speaker: null,
      at: { unit: 'paragraph', start: 4 },
      url: 'https://murmurcast.example/episodes/e3#p=5',
    },
  ],
  pageUrl: 'https://murmurcast.example/episodes/e3',
  origin: 'text',
  verdict: { kind: 'read' },
  strip: null,
}

const STORY: DigestStory = {
  title: 'The Narrows Barrier',
  episodeIds: ['e1', 'e2'],
  differences: [
    {
      point: 'cost of the barrier, in crowns',
      kind: 'number',
      sides: [
        {
          episodeId: 'e1',
          show: 'Harbour Light',
          speaker: 'Henrike Daswani',
          quote: 'The barrier will cost 340 million crowns to build, in today’s money.',
          at: { unit: 'time', start: 1124 },
          url: 'https://murmurcast.example/episodes/e1#t=1124',
        },
        {
          episodeId: 'e2',
          show: 'Slow Arithmetic',
          speaker: 'Ottoline Brandvold',
          quote: 'I put the barrier at 520 million crowns, and I would not be surprised by more.',
          at: { unit: 'time', start: 402 },
          url: 'https://murmurcast.example/episodes/e2#t=402',
        },
      ],
    },
  ],
}
