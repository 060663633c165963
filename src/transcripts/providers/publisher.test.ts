import { describe, expect, it } from 'vitest'
import { transcriptSchema } from '../../model/transcript.ts'
import { createFakeGuardedFetch, type FakeServer } from '../../platform/http/fake-guarded-fetch.ts'
import type { TranscriptSubject } from '../transcript-provider.ts'
import { createPublisherProvider } from './publisher.ts'

const now = new Date('2026-11-23T12:00:00Z')
const SRT =
  '1\n00:00:01,000 --> 00:00:02,000\nAda: One\n\n2\n00:00:03,000 --> 00:00:04,000\nAda: Two'
const PLAIN_SRT = SRT.replaceAll('Ada: ', '')
const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>One'
const HTML = '<p>Ada: One</p><p>Ben: Two</p><p>Ada: Three</p>'

type GivenLink = [name: string, type: string, language: string | null, server: FakeServer]

async function find(given: GivenLink[], episode: Partial<TranscriptSubject> = {}) {
  const address = (name: string) => `https://cdn.example/${name}`
  const fetch = createFakeGuardedFetch(
    Object.fromEntries(given.map(([name, , , server]) => [address(name), server])),
  )
  const subject: TranscriptSubject = {
    title: 'Episode',
    link: null,
    publishedAt: new Date('2026-11-23T08:00:00Z'),
    language: 'en-US',
    durationSeconds: 60,
    enclosures: [],
    transcripts: given.map(([name, type, language]) => ({ url: address(name), type, language })),
    ...episode,
  }
  const answer = await createPublisherProvider({ fetch }).find({ episode: subject, now })
  return { answer, asked: fetch.requests.map(({ url }) => url.slice(20)) }
}

describe('the publisher as provider', () => {
  it('says when there is no link', async () => {
    const { answer, asked } = await find([])
    expect(answer).toEqual({
      found: false,
      reason: 'The feed offers no transcript.',
      retryAt: null,
    })
    expect(asked).toEqual([])
  })

  it('takes the first with times and speakers', async () => {
    const { answer, asked } = await find([
      ['1.txt', 'text/plain', null, { body: 'never asked' }],
      ['1.html', 'text/html', null, { body: HTML }],
      ['1.srt', 'application/srt', null, { body: SRT }],
      ['1.vtt', 'text/vtt', null, { body: VTT }],
    ])
    expect(asked).toEqual(['1.vtt'])
    expect(answer).toEqual({
      found: true,
      reason: 'WebVTT: 1 segment with speakers.',
      transcript: {
        language: 'en-US',
        origin: 'publisher',
        segments: [{ start: 1, end: 2, speaker: 'Ada', text: 'One' }],
      },
    })
  })

  it('goes on to one with speakers, and keeps the best it saw', async () => {
    const better = await find([
      ['1.vtt', 'text/vtt', null, { body: VTT.replace('<v Ada>', '') }],
      ['1.srt', 'application/x-subrip', null, { body: SRT }],
    ])
    expect(better.answer).toMatchObject({
      found: true,
      reason: 'WebVTT: 1 segment without speakers; SRT: 2 segments with speakers.',
      transcript: { segments: [{ speaker: 'Ada' }, { speaker: 'Ada' }] },
    })
    const best = await find([
      ['1.srt', 'application/srt', null, { body: PLAIN_SRT }],
      ['1.html', 'text/html', null, { body: HTML }],
    ])
    expect(best.asked).toEqual(['1.srt', '1.html'])
    expect(best.answer).toMatchObject({
      transcript: { origin: 'publisher', segments: [{ text: 'One' }, { text: 'Two' }] },
    })
  })

  it('gives a text without times as text, and says so', async () => {
    const { answer } = await find([['1.html', 'text/html', 'en', { body: HTML }]])
    expect(answer).toMatchObject({
      found: true,
      reason: 'HTML: 3 paragraphs without times, with speakers.',
      transcript: {
        origin: 'text',
        language: 'en',
        segments: [
          { start: 0, end: 0 },
          { start: 1, end: 1 },
          { start: 2, end: 2 },
        ],
      },
    })
  })

  it('prefers the language of the episode', async () => {
    const links: GivenLink[] = [
      [
        'de.json',
        'application/json',
        'de',
        { body: '{"segments":[{"startTime":1,"body":"Eins","speaker":"Ada"}]}' },
      ],
      ['none.vtt', 'text/vtt', null, { body: VTT }],
      ['en.srt', 'application/srt', 'en', { body: PLAIN_SRT }],
    ]
    const { answer, asked } = await find(links)
    expect(asked).toEqual(['en.srt'])
    expect(answer).toMatchObject({
      transcript: { language: 'en', segments: [{ text: 'One' }, { text: 'Two' }] },
    })
    expect((await find(links, { language: 'de' })).asked).toEqual(['de.json'])
    expect((await find(links, { language: null })).asked[0]).not.toBe('de.json')
  })

  it('tells what was wrong with each link', async () => {
    const { answer, asked } = await find([
      ['a.json', 'application/json', null, { status: 410 }],
      ['b.vtt', 'text/vtt', null, { body: '<!doctype html><html>Sign in</html>' }],
      ['c.srt', 'application/srt', null, { failure: 'timed-out' }],
      ['d.html', 'text/html', null, { body: '' }],
      ['e.txt', 'text/plain', null, { body: 'a fifth is not tried' }],
    ])
    expect(asked).toHaveLength(4)
    expect(answer.found).toBe(false)
    expect(answer.reason).toMatch(
      /^JSON: the publisher's server answered 410; WebVTT: The address answered with a web page instead of a transcript; .*cdn\.example\/c\.srt.*; HTML: The file is empty\.$/,
    )
  })

  it.each<[string, FakeServer, Date | null, string | null]>([
    [
      'a missing file of a new episode',
      { status: 404 },
      new Date('2026-11-23T08:00:00Z'),
      '2026-11-23T13:00:00.000Z',
    ],
    ['a missing file of an old one', { status: 404 }, new Date('2026-01-01'), null],
    ['a missing file of one without a date', { status: 404 }, null, null],
    [
      'a busy server',
      { status: 503, headers: { 'retry-after': '600' } },
      null,
      '2026-11-23T12:10:00.000Z',
    ],
    ['a refusal', { status: 403 }, new Date('2026-11-23'), null],
  ])('knows when to come again for %s', async (_name, server, publishedAt, expected) => {
    const { answer } = await find([['1.srt', 'application/srt', null, server]], { publishedAt })
    expect(answer.found ? null : (answer.retryAt?.toISOString() ?? null)).toBe(expected)
  })

  it('reads legacy charsets, and asks for one address once', async () => {
    const body = Buffer.from(SRT.replace('One', 'Café'), 'latin1')
    const server: FakeServer = {
      body,
      headers: { 'content-type': 'application/srt; charset=iso-8859-1' },
    }
    const { answer, asked } = await find([
      ['1.srt', 'application/srt', null, server],
      ['1.srt', 'application/x-subrip', 'en', server],
    ])
    expect(asked).toEqual(['1.srt'])
    expect(answer).toMatchObject({ transcript: { segments: [{ text: 'Café' }, { text: 'Two' }] } })
    if (answer.found) transcriptSchema.parse(answer.transcript)
  })

  it('stops when it is told to', async () => {
    const provider = createPublisherProvider({ fetch: createFakeGuardedFetch({}) })
    const signal = AbortSignal.abort(new Error('stopped'))
    const episode: TranscriptSubject = {
      title: '',
      link: null,
      publishedAt: null,
      language: null,
      durationSeconds: null,
      enclosures: [],
      transcripts: [{ url: 'https://cdn.example/1.srt', type: '', language: null }],
    }
    await expect(provider.find({ episode, now, signal })).rejects.toThrow('stopped')
  })
})
