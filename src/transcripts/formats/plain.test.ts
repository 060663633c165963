import { describe, expect, it } from 'vitest'
import { parseHtml } from './html.ts'
import type { ParsedFormat } from './parsed-format.ts'
import { parsePlain } from './plain.ts'

type Row = [start: number, end: number, speaker: string | null, text: string]
const rows = ({ segments }: ParsedFormat): Row[] =>
  segments.map(({ start, end, speaker, text }) => [start, end, speaker, text])

describe('parseHtml', () => {
  it('reads names, times and paragraphs', () => {
    const parsed = parseHtml(
      '<cite>Ada:</cite><time>0:00</time><p>Hello &amp; all.</p><cite>Ben:</cite><time>0:10</time><p>Yes.</p>',
    )
    expect(parsed.isTimed).toBe(true)
    expect(rows(parsed)).toEqual([
      [0, 10, 'Ada', 'Hello & all.'],
      [10, 10.4, 'Ben', 'Yes.'],
    ])
  })

  it('reads paragraphs without times', () => {
    const parsed = parseHtml('<h1>Transcript</h1><p><b>Ada:</b> Hello.</p><p>More.</p>')
    expect(parsed.isTimed).toBe(false)
    expect(rows(parsed)).toEqual([
      [0, 0, null, 'Transcript'],
      [1, 1, null, 'Ada: Hello.'],
      [2, 2, null, 'More.'],
    ])
  })
})

describe('parsePlain', () => {
  const timed: [string, string, Row[]][] = [
    [
      '[00:01:02] Name: text',
      '[00:00:05] Ada Example: Hello.\n[00:00:10] Ben: Yes.',
      [
        [5, 10, 'Ada Example', 'Hello.'],
        [10, 10.4, 'Ben', 'Yes.'],
      ],
    ],
    [
      'time - text',
      '00:05 - Hello.\n00:10 - Yes.',
      [
        [5, 10, null, 'Hello.'],
        [10, 10.4, null, 'Yes.'],
      ],
    ],
    [
      'Name (time): text',
      'Ada Example (00:05): Hello.\n\nBen (00:10): Yes.',
      [
        [5, 10, 'Ada Example', 'Hello.'],
        [10, 10.4, 'Ben', 'Yes.'],
      ],
    ],
    [
      'Name time above',
      'Ada Example 0:05\nHello.\n\nBen 0:10\nYes.',
      [
        [5, 10, 'Ada Example', 'Hello.'],
        [10, 10.4, 'Ben', 'Yes.'],
      ],
    ],
    [
      'time alone above',
      '0:05\nHello.\n\n0:10\nYes.',
      [
        [5, 10, null, 'Hello.'],
        [10, 10.4, null, 'Yes.'],
      ],
    ],
    [
      'Markdown',
      '**Ada Example** [00:05]\n\nHello.\n\n**Ben** [00:10]\n\nYes.',
      [
        [5, 10, 'Ada Example', 'Hello.'],
        [10, 10.4, 'Ben', 'Yes.'],
      ],
    ],
    [
      'speaker labels of machines',
      'Speaker 1 0:05\nHello.\nSpeaker 2 0:10\nYes.',
      [
        [5, 10, 'Speaker 1', 'Hello.'],
        [10, 10.4, 'Speaker 2', 'Yes.'],
      ],
    ],
    [
      'paragraphs that share a time',
      '[0:00] One two three four five.\n\nSix seven eight nine ten.\n\n[0:04] End.',
      [
        [0, 2, null, 'One two three four five.'],
        [2, 4, null, 'Six seven eight nine ten.'],
        [4, 4.4, null, 'End.'],
      ],
    ],
  ]
  it.each(timed)('with times: %s', (_name, text, expected) => {
    const parsed = parsePlain(text)
    expect(parsed.isTimed).toBe(true)
    expect(rows(parsed)).toEqual(expected)
  })

  it.each<[string, string, [string | null, string][]]>([
    [
      'paragraphs',
      'One.\nstill one.\n\nTwo.',
      [
        [null, 'One. still one.'],
        [null, 'Two.'],
      ],
    ],
    [
      'names in bold',
      '**Ada Example:** Hello \\[laughs\\] _you_.\n\n**Ben:** See [that](https://e.org).',
      [
        [null, 'Ada Example: Hello [laughs] you.'],
        [null, 'Ben: See that.'],
      ],
    ],
    [
      'names on their own line',
      '**Ada Example:**\n\nHello.\n\nMore.',
      [
        ['Ada Example', 'Hello.'],
        [null, 'More.'],
      ],
    ],
    [
      'labels line by line',
      'Ada: Hello.\nBen: Yes.\nAda: Good.',
      [
        [null, 'Ada: Hello.'],
        [null, 'Ben: Yes.'],
        [null, 'Ada: Good.'],
      ],
    ],
    [
      'a time that is only mentioned',
      '10:30 was when we met.\n\nThen we left.',
      [
        [null, '10:30 was when we met.'],
        [null, 'Then we left.'],
      ],
    ],
  ])('without times: %s', (_name, text, expected) => {
    const parsed = parsePlain(text)
    expect(parsed.isTimed).toBe(false)
    expect(parsed.segments.map(({ speaker, text }) => [speaker, text])).toEqual(expected)
    expect(parsed.segments.map(({ start, end }) => [start, end])).toEqual(
      expected.map((_row, n) => [n, n]),
    )
  })
})
