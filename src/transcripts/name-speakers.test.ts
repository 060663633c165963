import { describe, expect, it } from 'vitest'
import type { Segment } from '../model/transcript.ts'
import { type MendOptions, mendSegments } from './mend-segments.ts'

type Row = [start: number, end: number, text: string, speaker?: string | null]
const TIMED: MendOptions = { isTimed: true, carriesSpeakers: true }
const given = (rows: readonly Row[]): Segment[] =>
  rows.map(([start, end, text, speaker]) => ({ start, end, speaker: speaker ?? null, text }))
const mend = (rows: readonly Row[], options = TIMED): Row[] =>
  mendSegments(given(rows), options).map(({ start, end, text, speaker }) =>
    speaker === null ? [start, end, text] : [start, end, text, speaker],
  )

describe('nameSpeakers, as part of mending', () => {
  it.each<[string, Row[], Row[]]>([
    [
      'labels, until the next one',
      [
        [1, 2, 'Ada Example: Hello'],
        [2, 3, 'and more.'],
        [3, 4, 'Ben: Yes'],
        [4, 5, 'Ada Example: Good'],
      ],
      [
        [1, 2, 'Hello', 'Ada Example'],
        [2, 3, 'and more.', 'Ada Example'],
        [3, 4, 'Ben: Yes', 'Ada Example'],
        [4, 5, 'Good', 'Ada Example'],
      ],
    ],
    [
      'labels across lines, and in capitals',
      [
        [1, 2, 'ADA\nEXAMPLE: Hello'],
        [3, 4, 'BEN: Yes'],
        [5, 6, 'BEN: Yes, yes'],
      ],
      [
        [1, 2, 'Hello', 'ADA EXAMPLE'],
        [3, 4, 'Yes', 'BEN'],
        [5, 6, 'Yes, yes', 'BEN'],
      ],
    ],
    [
      'no words that merely end in a colon',
      [
        [1, 2, 'Remember: salt'],
        [3, 4, 'So: pepper'],
        [5, 6, 'So: more'],
        [7, 8, 'At 10: nothing'],
      ],
      [
        [1, 2, 'Remember: salt'],
        [3, 4, 'So: pepper'],
        [5, 6, 'So: more'],
        [7, 8, 'At 10: nothing'],
      ],
    ],
    [
      'changes marked by arrows',
      [
        [0, 10, '>> Hello there >> Hi'],
        [10, 11, '>> Ada: Yes'],
        [11, 12, 'indeed'],
        [12, 13, '>> Ada: No'],
      ],
      [
        [0, 8.46, 'Hello there'],
        [8.46, 10, 'Hi'],
        [10, 11, 'Yes', 'Ada'],
        [11, 12, 'indeed', 'Ada'],
        [12, 13, 'No', 'Ada'],
      ],
    ],
    [
      'no speaker for breaks and music',
      [
        [1, 2, 'Hello', 'Ada'],
        [3, 4, 'Adverts here', 'Break'],
        [5, 6, 'Back', 'Ada'],
      ],
      [
        [1, 2, 'Hello', 'Ada'],
        [3, 4, 'Adverts here', 'Ada'],
        [5, 6, 'Back', 'Ada'],
      ],
    ],
  ])('%s', (_name, rows, expected) => {
    const found = mend(rows).map(([start, end, ...rest]) => [
      Math.round(start * 100) / 100,
      Math.round(end * 100) / 100,
      ...rest,
    ])
    expect(found).toEqual(expected)
  })

  it('does not carry a voice to cues that name none', () => {
    const rows = mend(
      [
        [1, 2, 'One', 'Ada'],
        [3, 4, 'Two'],
      ],
      { isTimed: true, carriesSpeakers: false },
    )
    expect(rows).toEqual([
      [1, 2, 'One', 'Ada'],
      [3, 4, 'Two'],
    ])
  })
})
