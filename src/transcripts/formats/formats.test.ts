import { describe, expect, it } from 'vitest'
import { parseHtml } from './html.ts'
import { parseClock } from './parse-clock.ts'
import type { ParsedFormat } from './parsed-format.ts'
import { parsePlain } from './plain.ts'
import { parsePodcastJson } from './podcast-json.ts'
import { parseSrt } from './srt.ts'
import { parseVtt } from './vtt.ts'

type Row = [start: number, end: number, speaker: string | null, text: string]
const rows = ({ segments }: ParsedFormat): Row[] =>
  segments.map(({ start, end, speaker, text }) => [start, end, speaker, text])

describe('parseClock', () => {
  it.each([
    ['00:01:02,345', 62.345],
    ['00:01:02.5', 62.5],
    ['1:02', 62],
    ['62:03.45', 3723.45],
    ['100:00:00', 360_000],
    ['-00:00:01,000', -1],
    ['00:00:00:500', 0.5],
    ['1', null],
    ['a:b', null],
    ['', null],
  ])('%s is %s', (text, seconds) => {
    expect(parseClock(text)).toBe(seconds)
  })
})

describe('parseSrt', () => {
  it.each<[string, string, Row[]]>([
    [
      'cues',
      '1\n00:00:01,000 --> 00:00:02,500\nAda: Hello\nthere\n\n2\n00:00:03,000 --> 00:00:04,000\nYes',
      [
        [1, 2.5, null, 'Ada: Hello\nthere'],
        [3, 4, null, 'Yes'],
      ],
    ],
    [
      'Windows line ends',
      '1\r\n00:00:01,000 --> 00:00:02,000\r\nOne\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nTwo\r\n',
      [
        [1, 2, null, 'One'],
        [3, 4, null, 'Two'],
      ],
    ],
    [
      'no numbers, no blank lines',
      '00:00:01,000 --> 00:00:02,000\nOne\n00:00:03,000 --> 00:00:04,000\nTwo',
      [
        [1, 2, null, 'One'],
        [3, 4, null, 'Two'],
      ],
    ],
    ['broken arrows and dots', '1\n00:00:01.000 -> 00:00:02.000\nOne', [[1, 2, null, 'One']]],
    ['no hours', '00:01,000 --> 00:02,000\nOne', [[1, 2, null, 'One']]],
    [
      'blank lines inside',
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo',
      [
        [1, 2, null, 'One\n\nmore'],
        [3, 4, null, 'Two'],
      ],
    ],
    [
      'numbers that are said',
      '1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:03,000 --> 00:00:04,000\n7',
      [
        [1, 2, null, '42'],
        [3, 4, null, '7'],
      ],
    ],
    [
      'empty cues',
      '1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo',
      [
        [1, 2, null, ''],
        [3, 4, null, 'Two'],
      ],
    ],
    [
      'positions after the times',
      '1\n00:00:01,000 --> 00:00:02,000 X1:40 Y1:20\nOne',
      [[1, 2, null, 'One']],
    ],
    ['nothing', 'no cues at all', []],
  ])('reads %s', (_name, text, expected) => {
    expect(rows(parseSrt(text))).toEqual(expected)
  })
})

describe('parseVtt', () => {
  it.each<[string, string, Row[]]>([
    [
      'voices',
      'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Example>Hello</v>',
      [[1, 2, 'Ada Example', 'Hello</v>']],
    ],
    [
      'voices with classes and entities',
      'WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ben &amp; Co>Hi',
      [[1, 2, 'Ben & Co', 'Hi']],
    ],
    [
      'two voices in a cue',
      'WEBVTT\n\n00:00.000 --> 00:10.000\n<v Ada>12345\n<v Ben>12345',
      [
        [0, 5.45, 'Ada', '12345'],
        [5.45, 10, 'Ben', '12345'],
      ],
    ],
    [
      'names, settings and hours',
      'WEBVTT - title\nKind: captions\n\nintro\n00:00:01.000 --> 00:00:02.000 align:start position:0%\nOne',
      [[1, 2, null, 'One']],
    ],
    [
      'notes, styles and regions left out',
      'WEBVTT\n\nNOTE this\nis not said\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:x\n\n00:01.000 --> 00:02.000\nNOTE is said here',
      [[1, 2, null, 'NOTE is said here']],
    ],
    [
      'named cues',
      'WEBVTT\n\nfirst\n00:01.000 --> 00:02.000\nOne\n\nsecond\n00:03.000 --> 00:04.000\nTwo',
      [
        [1, 2, null, 'One'],
        [3, 4, null, 'Two'],
      ],
    ],
  ])('reads %s', (_name, text, expected) => {
    const found = rows(parseVtt(text))
    expect(
      found.map(([start, end, ...rest]) => [
        Math.round(start * 100) / 100,
        Math.round(end * 100) / 100,
        ...rest,
      ]),
    ).toEqual(expected)
  })
})

describe('parsePodcastJson', () => {
  it.each<[string, unknown, Row[]]>([
    [
      'Podcasting 2.0',
      { version: '1.0.0', segments: [{ speaker: 'Ada', startTime: 1, endTime: 2.5, body: 'Hi' }] },
      [[1, 2.5, 'Ada', 'Hi']],
    ],
    ['speech services', { segments: [{ start: 1, end: 2, text: ' Hi' }] }, [[1, 2, null, ' Hi']]],
    [
      'a bare list',
      [{ start: '00:00:01.500', end: '2', text: 'Hi', speaker: 3 }],
      [[1.5, 2, '3', 'Hi']],
    ],
    ['a missing end', { segments: [{ startTime: 1, body: 'Hi' }] }, [[1, 1, null, 'Hi']]],
    [
      'what is no segment',
      { segments: [null, 5, {}, { startTime: 'soon' }, { startTime: 1, body: 'Hi' }] },
      [[1, 1, null, 'Hi']],
    ],
    ['a chapters file', { version: '1.2.0', chapters: [{ startTime: 0, title: 'x' }] }, []],
    ['anything else', 'text', []],
  ])('reads %s', (_name, value, expected) => {
    expect(rows(parsePodcastJson(JSON.stringify(value)))).toEqual(expected)
  })

  it('gives nothing for broken JSON', () => {
    expect(parsePodcastJson('{"segments":[').segments).toEqual([])
  })
})

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
