import { describe, expect, it } from 'vitest'
import { summarySchema } from '../../model/summary.ts'
import { exampleInput, timedLines } from '../example-input.ts'
import { findFalseQuotes } from '../grounding/find-false-quotes.ts'
import { isDeletionOf } from '../grounding/find-quote.ts'
import { summariseEmbedded } from './summarise-embedded.ts'

const sentence = (n: number) =>
  `The harbour board spent ${n + 3} million crowns on gate number ${n} because storms broke the old wall.`
const long = (lines: number) => Array.from({ length: lines }, (_, n) => sentence(n % 97)).join('\n')

const BAD_INPUTS: readonly [string, string][] = [
  ['nothing', ''],
  ['one word', 'Hello'],
  ['silence', '[Music]\n[Silence]\n♪'],
  ['no punctuation', long(80).replace(/[.,]/g, '').toLowerCase()],
  ['all capitals', long(80).toUpperCase()],
  [
    'mixed languages',
    `${long(10)}\nHoy hablamos de la economía del puerto.\n今日は港について話します。`,
  ],
  [
    'right to left',
    'اليوم سنتحدث عن الميناء والسفن التي تصل في المساء إلى المدينة القديمة.\n'.repeat(40),
  ],
  ['emoji', '😀😀😀 🚢 ship 👩‍👩‍👧‍👦 family ⚓ anchor. 🎉\n'.repeat(50)],
  [
    'zero width',
    'The\u200B har\u200Bbour\u200D board\uFEFF met\u202E today and spent money.\n'.repeat(40),
  ],
  ['captions three times', `${long(30)}\n`.replace(/(.*)\n/g, '$1\n$1\n$1\n')],
  ['a song', 'La la la, row the boat, row the boat, la la la\n'.repeat(60)],
  ['lone surrogates', 'broken \ud800 text \udfff here and there.\n'.repeat(30)],
  ['only digits', '1 2 3 4 5 6 7 8 9 10\n'.repeat(50)],
  ['Chinese', '今天我们讨论港口的新防波堤，它花费了三亿克朗。市长说这是必要的。\n'.repeat(40)],
]

describe('summariseEmbedded', () => {
  it.each(BAD_INPUTS)('gives a sound summary of %s', (_, text) => {
    const transcript = timedLines(text)
    const summary = summariseEmbedded(exampleInput({ transcript }))
    expect(summarySchema.safeParse(summary).success).toBe(true)
    expect(findFalseQuotes(summary, transcript.segments)).toEqual([])
    expect(summary.insights.every(({ check }) => check === 'quoted')).toBe(true)
  })

  it('claims nothing when nothing was said', () => {
    const summary = summariseEmbedded(exampleInput())
    expect(summary.insights).toEqual([])
    expect(summary.paragraphs).toEqual([])
    expect(summary.evidence).toEqual([])
  })

  it('reads one line of a megabyte', () => {
    const segments = [{ start: 0, end: 3600, speaker: null, text: 'word '.repeat(200_000).trim() }]
    const transcript = { language: 'en', origin: 'captions' as const, segments }
    const summary = summariseEmbedded(exampleInput({ transcript }))
    expect(findFalseQuotes(summary, segments)).toEqual([])
  })

  it('keeps the chapters of the publisher', () => {
    const summary = summariseEmbedded(
      exampleInput({
        transcript: timedLines(long(100)),
        givenChapters: [
          { title: 'Opening', start: 0 },
          { title: 'The wall', start: 120 },
          { title: 'Money', start: 300 },
        ],
        givenChaptersOrigin: 'publisher',
      }),
    )
    expect(summary.chapters.map(({ title, start, origin }) => [title, start, origin])).toEqual([
      ['Opening', 0, 'publisher'],
      ['The wall', 120, 'publisher'],
      ['Money', 300, 'publisher'],
    ])
  })

  it('gives paragraphs of text by their index', () => {
    const segments = long(40)
      .split('\n')
      .map((text, index) => ({ start: index, end: index, speaker: null, text }))
    const transcript = { language: 'en', origin: 'text' as const, segments }
    const summary = summariseEmbedded(exampleInput({ transcript }))
    expect(summary.evidence.length).toBeGreaterThan(0)
    expect(summary.evidence.every(({ unit }) => unit === 'paragraph')).toBe(true)
    expect(findFalseQuotes(summary, segments)).toEqual([])
  })
})

describe('what a summary is made of', () => {
  const TALK = Array.from({ length: 60 }, (_, n) => {
    const host = n % 6 === 0
    return host
      ? `Speaker 1: What did the harbour do about gate number ${n + 1}?`
      : `Speaker 2: ${n === 1 ? "I'm Henrike Daswani. " : ''}The gate at ${['Strand', 'Mole', 'Gannet', 'Ferry'][n % 4]} Point cost ${n + 3} million crowns because the storm of ${1950 + n} broke the stone.`
  }).join('\n')
  const summary = summariseEmbedded(
    exampleInput({
      title: 'The gates',
      persons: [{ name: 'Henrike Daswani', role: 'guest' }],
      transcript: timedLines(TALK),
    }),
  )

  it('shows only words that were said, in order', () => {
    const quotes = new Map(summary.evidence.map(({ id, quote }) => [id, quote]))
    const said = [...summary.insights, ...summary.paragraphs.flatMap(({ sentences }) => sentences)]
    expect(said.length).toBeGreaterThan(1)
    for (const { text, evidenceIds } of said) {
      expect(isDeletionOf(text, evidenceIds.map((id) => quotes.get(id)).join(' '))).toBe(true)
    }
  })

  it('names a speaker who says who they are, with the proof, and guesses nobody', () => {
    const byLabel = new Map(summary.speakers.map((speaker) => [speaker.label, speaker]))
    const proof = byLabel.get('Speaker 2')?.proofEvidenceId
    expect(byLabel.get('Speaker 2')?.name).toBe('Henrike Daswani')
    expect(summary.evidence.find(({ id }) => id === proof)?.quote).toContain("I'm Henrike")
    expect(byLabel.get('Speaker 1')?.name).toBeNull()
    expect(summary.insights.map(({ speaker }) => speaker)).toContain('Henrike Daswani')
    expect(summary.insights.map(({ speaker }) => speaker)).not.toContain('Speaker 2')
  })

  it('makes no two key moments alike', () => {
    expect(new Set(summary.insights.map(({ text }) => text)).size).toBe(summary.insights.length)
  })

  it('takes the description from the notes', () => {
    const notes = {
      html: '',
      text: 'Follow us on https://x.example\n\nFive steel gates are to close the harbour of Port Merrow. More.',
      links: [],
      chapters: [],
    }
    const described = summariseEmbedded(exampleInput({ notes, transcript: timedLines(TALK) }))
    expect(described.description).toBe('Five steel gates are to close the harbour of Port Merrow.')
  })

  it('grows no faster than the words', () => {
    const cost = (repeats: number) => {
      const transcript = timedLines(`${TALK}\n`.repeat(repeats))
      const begun = process.cpuUsage()
      summariseEmbedded(exampleInput({ transcript }))
      const { user, system } = process.cpuUsage(begun)
      return user + system
    }
    cost(20)
    expect(cost(90) / cost(30)).toBeLessThan(6)
  })
})
