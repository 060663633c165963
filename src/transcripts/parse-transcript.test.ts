import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { transcriptSchema } from '../model/transcript.ts'
import { parseTranscript } from './parse-transcript.ts'

const SRT =
  '1\n00:00:01,000 --> 00:00:02,000\nAda: One\n\n2\n00:00:03,000 --> 00:00:04,000\nAda: Two'
const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>One'
const JSON_TEXT = '{"segments":[{"startTime":1,"endTime":2,"body":"One","speaker":"Ada"}]}'

describe('parseTranscript', () => {
  it.each([
    ['SRT that calls itself WebVTT', SRT, 'text/vtt', 'vtt', ['One', 'Two']],
    ['SRT that calls itself text', SRT, 'text/plain', 'srt', ['One', 'Two']],
    ['WebVTT that calls itself SRT', VTT, 'application/srt', 'vtt', ['One']],
    ['WebVTT with a mark', `\ufeff${VTT}`, undefined, 'vtt', ['One']],
    ['WebVTT without its header', VTT.slice(8), 'text/vtt', 'vtt', ['One']],
    ['JSON that calls itself nothing', JSON_TEXT, undefined, 'json', ['One']],
    ['JSON after white space', `\n ${JSON_TEXT}`, 'text/html', 'json', ['One']],
    ['HTML', '<p>Ada: One</p><p>Ada: Two</p>', 'text/html', 'html', ['One', 'Two']],
    [
      'a page of HTML',
      '<!doctype html><html><body><p>One</p></body></html>',
      'text/html',
      'html',
      ['One'],
    ],
    ['plain text', 'One\n\nTwo', undefined, 'plain', ['One', 'Two']],
    ['plain text that opens a bracket', '[Ada] One', undefined, 'plain', ['[Ada] One']],
  ])('reads %s', (_name, text, type, format, texts) => {
    const parsed = parseTranscript(text, { type })
    expect(parsed.format).toBe(format)
    expect(parsed.segments.map((segment) => segment.text)).toEqual(texts)
    expect(parsed.warnings).toEqual([])
  })

  it.each([
    ['', undefined, 'The file is empty.'],
    [' \n', undefined, 'The file is empty.'],
    ['%PDF-1.7', undefined, 'The file is not text.'],
    ['ID3\u0003\u0001\u0002\u0003audio', undefined, 'The file is not text.'],
    [
      '<!doctype html><html><body>Sign in</body></html>',
      'text/vtt',
      'The address answered with a web page instead of a transcript.',
    ],
    [
      '{"chapters":[{"startTime":0,"title":"x"}]}',
      'application/json',
      'The file holds no spoken words.',
    ],
    ['WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]', 'text/vtt', 'The file holds no spoken words.'],
  ])('says why %.30j is no transcript', (text, type, warning) => {
    expect(parseTranscript(text, { type })).toMatchObject({ segments: [], warnings: [warning] })
  })

  it('tells a format by the address when neither text nor type do', () => {
    const page = '<html><body>Sign in</body></html>'
    expect(parseTranscript(page, { url: 'https://e.org/1.srt?x=.html' }).segments).toEqual([])
    expect(parseTranscript(page, { url: 'https://e.org/1.html' }).segments).toHaveLength(1)
  })
})

/** Six hours of speech, about 54,000 words. */
const SIX_HOURS = Array.from({ length: 4900 }, (_, n) => ({
  start: n * 4.4,
  end: n * 4.4 + 4.3,
  text: `and this is what was said in line number ${n} of it`,
}))
const clock = (seconds: number, mark: string) =>
  new Date(seconds * 1000).toISOString().slice(11, 23).replace('.', mark)
const LONG: Record<string, string> = {
  srt: SIX_HOURS.map(
    ({ start, end, text }, n) =>
      `${n + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${n % 9 === 0 ? 'Ada: ' : ''}${text}\n`,
  ).join('\n'),
  vtt: `WEBVTT\n\n${SIX_HOURS.map(({ start, end, text }) => `${clock(start, '.')} --> ${clock(end, '.')}\n<v Ada>${text}\n`).join('\n')}`,
  json: JSON.stringify({
    segments: SIX_HOURS.map(({ start, end, text }) => ({
      speaker: 'Ada',
      startTime: start,
      endTime: end,
      body: text,
    })),
  }),
  words: JSON.stringify({
    segments: SIX_HOURS.flatMap(({ start, text }) =>
      text
        .split(' ')
        .map((body, n) => ({ startTime: start + n * 0.3, endTime: start + n * 0.3 + 0.3, body })),
    ),
  }),
  html: SIX_HOURS.map(
    ({ start, text }) =>
      `<cite>Ada:</cite><time>${clock(start, '.').slice(0, 8)}</time><p>${text}</p>`,
  ).join('\n'),
  plain: SIX_HOURS.map(
    ({ start, text }) => `[${clock(start, '.').slice(0, 8)}] Ada Example: ${text}`,
  ).join('\n\n'),
}

describe('a transcript of six hours', () => {
  it.each(Object.keys(LONG))('%s is read in a tenth of a second', (name) => {
    const text = LONG[name] ?? ''
    const times: number[] = []
    for (let round = 0; round < 7; round++) {
      const before = process.threadCpuUsage()
      const { segments } = parseTranscript(text)
      const { user, system } = process.threadCpuUsage(before)
      times.push((user + system) / 1000)
      expect(segments.length).toBeGreaterThan(1500)
      expect(segments.at(-1)?.start).toBeGreaterThan(21_500)
    }
    expect(Math.min(...times)).toBeLessThan(100)
  })

  it.each([
    ['arrows', '>> '.repeat(300_000)],
    ['labels', 'Ada: '.repeat(200_000)],
    ['tags', '<v A>'.repeat(200_000)],
    ['brackets', '[music '.repeat(150_000)],
    ['asterisks', '**a '.repeat(200_000)],
    ['times', '0:00 '.repeat(200_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['lines', 'a\n'.repeat(300_000)],
    ['times lines', '00:01 --> 00:02\n'.repeat(60_000)],
    ['underscores', `**x** ${'_'.repeat(300_000)}`],
    ['links', `**x** ${'[a]('.repeat(200_000)}`],
    ['names', `${'Ada Ben '.repeat(100_000)}:`],
  ])('a flood of %s is read in a second of work', (_name, flood) => {
    for (const text of [
      flood,
      `WEBVTT\n\n00:01.000 --> 00:02.000\n${flood}`,
      `1\n00:00:01,000 --> 00:00:02,000\n${flood}`,
    ]) {
      const before = process.threadCpuUsage()
      parseTranscript(text)
      expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(1500)
    }
  })
})

const FIXTURES = '../shared/fixtures'
describe.skipIf(!existsSync(FIXTURES))('collected transcripts (skipped without ../shared)', () => {
  const expected: Record<
    string,
    { format: string; isTimed: boolean; segments: number; speakers: string[] }
  > = {
    '1_0.srt': {
      format: 'srt',
      isTimed: true,
      segments: 54,
      speakers: [
        'Bekah Hawrot Weigel',
        'Dan Ott',
        'Bekah',
        'Dan',
        'Nick Taylor',
        'Marie Antons',
        'Tori Crawford',
        'Kirk Shillingford',
      ],
    },
    '2_3.srt': {
      format: 'srt',
      isTimed: true,
      segments: 922,
      speakers: ['Bekah Hawrot Weigel', 'Dan Ott', 'Glen McCallum'],
    },
    '5_6.srt': {
      format: 'srt',
      isTimed: true,
      segments: 1041,
      speakers: ['Bekah Hawrot Weigel', 'Dan Ott', 'Bekah', 'Dan', 'Andrew Bush', 'Andrew'],
    },
    '8_3.srt': {
      format: 'srt',
      isTimed: true,
      segments: 719,
      speakers: ['Bekah', 'Dan', 'Carmen'],
    },
    'example.html': {
      format: 'html',
      isTimed: true,
      segments: 10,
      speakers: ['Travis', 'Sarah', 'Gilon'],
    },
    'example.srt': {
      format: 'srt',
      isTimed: true,
      segments: 222,
      speakers: ['Travis', 'Sarah', 'Gilon'],
    },
    'example.vtt': { format: 'vtt', isTimed: true, segments: 7, speakers: ['Sarah', 'Gillian'] },
    'example.json': {
      format: 'json',
      isTimed: true,
      segments: 2,
      speakers: ['Darth Vader', 'Luke'],
    },
    'exampleComplex.json': { format: 'json', isTimed: false, segments: 0, speakers: [] },
    'gotime__go-time-313.md': {
      format: 'plain',
      isTimed: false,
      segments: 175,
      speakers: ['Natalie Pistunovich', 'Nicola Murino', 'Filippo Valsorda', 'Roland Shoemaker'],
    },
    'news__changelog-news-125.md': {
      format: 'plain',
      isTimed: false,
      segments: 93,
      speakers: ['Jerod Santo'],
    },
    'podcast__the-changelog-372.md': {
      format: 'plain',
      isTimed: false,
      segments: 232,
      speakers: ['Jerod Santo', 'Ronald Marrero', 'Adam Stacoviak'],
    },
    'practicalai__practical-ai-100.md': {
      format: 'plain',
      isTimed: false,
      segments: 311,
      speakers: ['Daniel Whitenack', 'Chris Benson', 'Jerod Santo', 'Adam Stacoviak'],
    },
    'shipit__ship-it-81.md': {
      format: 'plain',
      isTimed: false,
      segments: 252,
      speakers: ['Gerhard Lazu', 'Whitney Lee', 'Mauricio Salatino'],
    },
    'srt-overlapping-negative.srt': { format: 'srt', isTimed: true, segments: 3, speakers: [] },
  }
  const files = existsSync(FIXTURES)
    ? globSync([`${FIXTURES}/transcripts/*/*`, `${FIXTURES}/hostile/bombs/*.srt`])
    : []

  it.each(files)('%s', (file) => {
    const { segments, format, isTimed } = parseTranscript(readFileSync(file, 'utf8'), { url: file })
    const speakers = [...new Set(segments.flatMap(({ speaker }) => speaker ?? []))]
    expect({ format, isTimed, segments: segments.length, speakers }).toEqual(
      expected[file.split('/').at(-1) ?? ''],
    )
    expect(
      transcriptSchema.safeParse({ language: 'en', origin: 'publisher', segments }).success,
    ).toBe(true)
    for (const [n, { start, text }] of segments.entries()) {
      expect(start).toBeGreaterThanOrEqual(segments[n - 1]?.start ?? 0)
      expect(text).not.toMatch(/<\/?\w+>|&\w+;|\*\*|\n/)
    }
  })
})
