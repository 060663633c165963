import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Segment, transcriptSchema } from '../model/transcript.ts'
import { type MendOptions, mendSegments } from './mend-segments.ts'

type Row = [start: number, end: number, text: string, speaker?: string | null]
const TIMED: MendOptions = { isTimed: true, carriesSpeakers: true }
const given = (rows: readonly Row[]): Segment[] =>
  rows.map(([start, end, text, speaker]) => ({ start, end, speaker: speaker ?? null, text }))
const mend = (rows: readonly Row[], options = TIMED): Row[] =>
  mendSegments(given(rows), options).map(({ start, end, text, speaker }) =>
    speaker === null ? [start, end, text] : [start, end, text, speaker],
  )

describe('mendSegments', () => {
  it.each<[string, Row[], Row[]]>([
    [
      'order',
      [
        [5, 6, 'two'],
        [1, 2, 'one'],
      ],
      [
        [1, 2, 'one'],
        [5, 6, 'two'],
      ],
    ],
    [
      'overlaps',
      [
        [1, 9, 'one'],
        [3, 4, 'two'],
      ],
      [
        [1, 3, 'one'],
        [3, 4, 'two'],
      ],
    ],
    [
      'negative times',
      [
        [-3, 2, 'one'],
        [3, 4, 'two'],
      ],
      [
        [0, 2, 'one'],
        [3, 4, 'two'],
      ],
    ],
    [
      'an end before its start',
      [
        [1, 2, 'one'],
        [5, 3, 'two'],
        [7, 8, 'three'],
      ],
      [
        [1, 2, 'one'],
        [5, 5, 'two'],
        [7, 8, 'three'],
      ],
    ],
    [
      'a start that is far off',
      [
        [1, 2, 'one'],
        [360_000, 3, 'two'],
        [7, 8, 'three'],
      ],
      [
        [1, 2, 'one'],
        [3, 3, 'two'],
        [7, 8, 'three'],
      ],
    ],
    [
      'times that are no numbers',
      [
        [1, Number.NaN, 'one'],
        [Number.NaN, 3, 'two'],
        [4, Number.POSITIVE_INFINITY, 'three'],
      ],
      [
        [1, 1, 'one'],
        [1, 3, 'two'],
        [4, 4, 'three'],
      ],
    ],
    [
      'empty segments',
      [
        [1, 2, ' \n '],
        [3, 4, '...'],
        [5, 6, 'said'],
      ],
      [[5, 6, 'said']],
    ],
    [
      'repeats',
      [
        [1, 2, 'one'],
        [1, 3, 'one'],
        [9, 10, 'one'],
      ],
      [
        [1, 3, 'one'],
        [9, 10, 'one'],
      ],
    ],
    [
      'markup',
      [[1, 2, '<i>one</i> <c.red>two</c> <00:00:01.500>three {\\an8}four']],
      [[1, 2, 'one two three four']],
    ],
    [
      'what looks like markup',
      [[1, 2, 'I <3 it, 1 < 2 and a > b']],
      [[1, 2, 'I <3 it, 1 < 2 and a > b']],
    ],
    [
      'references',
      [[1, 2, 'R&amp;D &quot;now&quot; &#39;n&#39; &lt;b&gt;then&lt;/b&gt;']],
      [[1, 2, `R&D "now" 'n' then`]],
    ],
    [
      'noises',
      [
        [1, 2, '[Music]'],
        [3, 4, '♪ la la ♪'],
        [5, 6, '(laughs) yes [applause]'],
        [7, 8, '[unintelligible 00:01:02.03] so'],
      ],
      [
        [3, 4, 'la la'],
        [5, 6, 'yes'],
        [7, 8, '[unintelligible] so'],
      ],
    ],
    ['white space', [[1, 2, ' one\n two\u00a0\u200b three ']], [[1, 2, 'one two three']]],
    [
      'rolling captions',
      [
        [0, 2, 'one line'],
        [2, 2.01, 'one line'],
        [2.01, 4, 'one line\ntwo line'],
        [4, 4.01, 'two line'],
        [4.01, 6, 'two line\nthree line'],
      ],
      [
        [0, 2.01, 'one line'],
        [2.01, 4.01, 'two line'],
        [4.01, 6, 'three line'],
      ],
    ],
  ])('mends %s', (_name, rows, expected) => {
    expect(mend(rows)).toEqual(expected)
  })

  it('keeps the joiners that scripts need', () => {
    expect(mend([[1, 2, 'می\u200cخواهم 👩\u200d💻']])).toEqual([[1, 2, 'می\u200cخواهم 👩\u200d💻']])
  })

  it('joins single words into sentences', () => {
    const words = 'This is one. Here comes another one after it. Pause'.split(' ')
    const rows = words.map((word, n): Row => [n + (word === 'Pause' ? 5 : 0), n + 0.9, word])
    expect(mend(rows)).toEqual([
      [0, 2.9, 'This is one.'],
      [3, 8.9, 'Here comes another one after it.'],
      [14, 14, 'Pause'],
    ])
  })

  it('numbers untimed segments anew', () => {
    const rows = mend(
      [
        [0, 0, 'One'],
        [1, 1, ''],
        [2, 2, 'Two'],
      ],
      { isTimed: false, carriesSpeakers: true },
    )
    expect(rows).toEqual([
      [0, 0, 'One'],
      [1, 1, 'Two'],
    ])
  })

  it('gives sound segments for anything', () => {
    const number = fc.oneof(
      fc.integer({ min: -10, max: 100 }),
      fc.double(),
      fc.constantFrom(Number.NaN, 1e12),
    )
    const part = fc.constantFrom(
      'Ada: ',
      '>> ',
      'words ',
      '[Music]',
      '<v Ben>',
      '&amp;',
      '\n',
      '♪',
      '\u0000',
      '\ud800',
      'one. ',
      '»',
      '',
    )
    const segment = fc.record({
      start: number,
      end: number,
      speaker: fc.constantFrom(null, 'Ada', ' ', 'Break'),
      text: fc.array(part, { maxLength: 6 }).map((parts) => parts.join('')),
    })
    const options = fc.record({ isTimed: fc.boolean(), carriesSpeakers: fc.boolean() })
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 15 }), options, (segments, how) => {
        const mended = mendSegments(segments, how)
        expectSound(mended)
        for (const { speaker } of mended) expect(speaker?.trim()).not.toBe('')
      }),
      { numRuns: 1000 },
    )
  })
})

function expectSound(segments: readonly Segment[]) {
  const parsed = transcriptSchema.safeParse({ language: 'und', origin: 'publisher', segments })
  expect(parsed.success).toBe(true)
  for (const [n, { start, end, text }] of segments.entries()) {
    expect(end).toBeGreaterThanOrEqual(start)
    expect(start).toBeGreaterThanOrEqual(segments[n - 1]?.start ?? 0)
    expect(text).toBe(text.replace(/\s+/g, ' ').trim())
    expect(text).not.toBe('')
    expect(text.isWellFormed()).toBe(true)
    expect(text).not.toContain('\u0000')
  }
}
