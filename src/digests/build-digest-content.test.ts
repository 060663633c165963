import { describe, expect, it } from 'vitest'
import { chooseMoments } from '../model/choose-moments.ts'
import type { Evidence, Insight, Summary } from '../model/summary.ts'
import { buildDigestContent, type DigestEpisode } from './build-digest-content.ts'
import { chooseVerdict } from './choose-verdict.ts'
import { digestContentSchema } from './digest-content.ts'

function evidence(id: string, start: number, change: Partial<Evidence> = {}): Evidence {
  const quote = `Quotation ${id}, long enough to stand by itself on a page.`
  return { id, unit: 'time', start, end: start + 20, speaker: 'SPEAKER_01', quote, ...change }
}

function insight(id: string, change: Partial<Insight> = {}): Insight {
  return {
    id: `i-${id}`,
    label: `About ${id}`,
    text: id,
    speaker: null,
    stance: null,
    evidenceIds: [id],
    check: 'quoted',
    ...change,
  }
}

function summaryOf(pieces: Evidence[], change: Partial<Summary> = {}): Summary {
  return {
    schemaVersion: 1,
    title: 'T',
    show: 'S',
    publishedAt: null,
    durationSeconds: 3600,
    language: 'en-GB',
    transcriptOrigin: 'publisher',
    tier: 'embedded',
    badges: ['Interview'],
    description: 'What it is about.',
    evidence: pieces,
    paragraphs: [],
    insights: pieces.map((piece) => insight(piece.id)),
    disagreements: [],
    chapters: [
      { title: 'A', start: 0, end: 1200, origin: 'notes' },
      { title: 'B', start: 1200, end: 2400, origin: 'notes' },
      { title: 'C', start: 2400, end: 3600, origin: 'notes' },
    ],
    topics: [],
    people: [],
    speakers: [
      { label: 'SPEAKER_01', name: 'Ada Byrne', share: 0.7 },
      { label: 'SPEAKER_02', name: null, share: 0.3 },
    ],
    links: [],
    names: [],
    ads: [],
    coverage: { wordsIn: 0, wordsOut: 0, minutesCited: [] },
    checks: { claims: 0, passed: 0, quoted: 0, dropped: [] },
    usage: {} as Summary['usage'],
    ...change,
  }
}

const PIECES = [evidence('a', 60), evidence('b', 1300), evidence('c', 2500), evidence('d', 100)]

function told(id: string, summary: Summary, kind: DigestEpisode['episode']['kind'] = 'podcast') {
  const publishedAt = new Date('2026-11-23T05:00:00Z')
  const episode = { id, title: `Title ${id}`, kind, publishedAt, durationSeconds: 3600 }
  return { episode, source: { title: `Show ${id}` }, summary, readingMinutes: 3 }
}

const build = (change: Partial<Parameters<typeof buildDigestContent>[0]>) =>
  buildDigestContent({
    edition: 'daily',
    localDate: '2026-11-23',
    episodes: [told('1', summaryOf(PIECES)), told('2', summaryOf(PIECES))],
    stories: [],
    carriedEpisodeIds: [],
    moreCount: 0,
    missing: [],
    links: {
      webView: 'https://m.example/d',
      unsubscribe: 'https://m.example/u',
      settings: 'https://m.example/s',
    },
    urls: {
      pageOf: (id) => `https://m.example/e/${id}`,
      momentOf: (id, at) => `https://m.example/e/${id}#t=${at.start}`,
    },
    ...change,
  })

describe('buildDigestContent', () => {
  it('is content that can be stored', () => {
    const content = build({})
    expect(digestContentSchema.parse(JSON.parse(JSON.stringify(content)))).toEqual(content)
  })

  it('quotes the evidence itself, with its speaker, place and link', () => {
    const [item] = build({}).items
    expect(item?.moments.map(({ at }) => at.start)).toEqual([60, 1300, 2500])
    expect(item?.moments[0]).toEqual({
      label: 'About a',
      quote: PIECES[0]?.quote,
      speaker: 'Ada Byrne',
      at: { unit: 'time', start: 60 },
      url: 'https://m.example/e/1#t=60',
    })
    expect(item).toMatchObject({
      pageUrl: 'https://m.example/e/1',
      language: 'en-GB',
      show: 'Show 1',
    })
  })

  it.each([
    ['SPEAKER_02', null],
    ['Speaker 3', null],
    ['Piet Roos', 'Piet Roos'],
    [null, null],
  ])('shows the speaker label %s as %s', (speaker, shown) => {
    const summary = summaryOf([evidence('a', 60, { speaker })])
    const [item] = build({ episodes: [told('1', summary)] }).items
    expect(item?.moments[0]?.speaker).toBe(shown)
  })

  it('leaves out a label that the quotation begins with', () => {
    const summary = summaryOf([evidence('a', 60)], {
      insights: [insight('a', { label: 'quotation A' })],
    })
    const [item] = build({ episodes: [told('1', summary)] }).items
    expect(item?.moments[0]?.label).toBeNull()
  })

  it('draws a strip only where there is time to draw', () => {
    expect(build({}).items[0]?.strip).toMatchObject({ length: 3600, chapterStarts: [1200, 2400] })
    const text = summaryOf([evidence('a', 2, { unit: 'paragraph' })], { transcriptOrigin: 'text' })
    expect(build({ episodes: [told('1', text, 'newsletter')] }).items[0]?.strip).toBeNull()
  })

  const side = (episodeId: string, id: string) => ({
    episodeId,
    speaker: 'SPEAKER_01',
    quote: PIECES.find((piece) => piece.id === id)?.quote ?? '',
    start: 60,
  })
  const story = {
    title: 'The Barrier',
    episodeIds: ['1', '2', '3'],
    differences: [
      { point: 'cost', kind: 'number' as const, sides: [side('1', 'a'), side('2', 'a')] },
      { point: 'size', kind: 'number' as const, sides: [side('1', 'b'), side('3', 'b')] },
    ],
  }

  it('keeps of a story what the chosen episodes tell', () => {
    const content = build({ stories: [story] })
    expect(content.stories).toMatchObject([
      { episodeIds: ['1', '2'], differences: [{ point: 'cost', sides: [{}, {}] }] },
    ])
    expect(content.stories[0]?.differences[0]?.sides[0]).toMatchObject({
      show: 'Show 1',
      speaker: 'Ada Byrne',
      at: { unit: 'time', start: 60 },
      url: 'https://m.example/e/1#t=60',
    })
    expect(build({ stories: [{ ...story, episodeIds: ['1', '3'] }] }).stories).toEqual([])
  })

  it('does not quote below a story what the story quotes', () => {
    const quotes = build({ stories: [story] }).items[0]?.moments.map(({ quote }) => quote)
    expect(quotes).not.toContain(PIECES[0]?.quote)
    expect(quotes).toHaveLength(3)
  })
})

describe('chooseMoments', () => {
  const startsOf = (summary: Summary, limit = 3) =>
    chooseMoments(summary, limit).map(({ evidence: piece }) => piece.start)

  it('prefers what speaks for itself', () => {
    const summary = summaryOf(
      [
        evidence('a', 10, { quote: 'Yes.' }),
        evidence('b', 20, { speaker: null }),
        evidence('c', 30, { quote: 'It will cost 340 million crowns to build, in today’s money.' }),
        evidence('d', 40, {
          quote: 'And how much of that would the town itself have to pay, then?',
        }),
      ],
      { chapters: [] },
    )
    expect(startsOf(summary, 1)).toEqual([30])
    expect(startsOf(summary, 4)).toEqual([10, 20, 30, 40])
  })

  it('takes from different chapters first, and orders by place', () => {
    expect(startsOf(summaryOf([...PIECES].reverse()))).toHaveLength(3)
    expect(startsOf(summaryOf(PIECES))).toEqual([60, 1300, 2500])
  })

  it('shows nothing without evidence', () => {
    expect(startsOf(summaryOf([], { insights: [insight('nowhere')] }))).toEqual([])
  })
})

describe('chooseVerdict', () => {
  const at = (...starts: number[]) => summaryOf(starts.map((start, i) => evidence(`e${i}`, start)))

  it('says where to listen when most of what is quoted lies together', () => {
    const verdict = chooseVerdict(at(100, 1200, 1300, 1400, 1500, 1600, 3500), 'podcast')
    expect(verdict).toEqual({
      kind: 'listen',
      fromSeconds: 1200,
      minutes: 7,
      quotesInside: 5,
      quotesTotal: 7,
    })
  })

  it.each([
    ['what is quoted lies all over', at(100, 900, 1700, 2500, 3300, 3500)],
    ['too little is quoted', at(1200, 1300)],
    ['the episode is short', { ...at(1, 2, 3, 4, 5, 6), durationSeconds: 600 }],
    ['its length is unknown', { ...at(1, 2, 3, 4, 5, 6), durationSeconds: null }],
    ['there is no transcript', { ...at(1, 2, 3, 4, 5, 6), transcriptOrigin: 'text' as const }],
  ])('says nothing when %s', (_name, summary) => {
    expect(chooseVerdict(summary, 'podcast')).toBeNull()
  })

  it('says to read what is text, and to skip a transcript without a quotable line', () => {
    expect(chooseVerdict({ ...at(1), transcriptOrigin: 'text' }, 'newsletter')).toEqual({
      kind: 'read',
    })
    expect(chooseVerdict(at(), 'podcast')).toEqual({ kind: 'skip' })
  })
})
