import { describe, expect, it } from 'vitest'
import { parseClock } from './parse-clock.ts'
import type { ParsedFormat } from './parsed-format.ts'
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
