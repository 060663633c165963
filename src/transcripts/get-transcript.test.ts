import { describe, expect, it } from 'vitest'
import { Failure } from '../model/failure.ts'
import { type Transcript, transcriptSchema } from '../model/transcript.ts'
import { FakeClock } from '../platform/clock.ts'
import { createFakeTranscriptProvider as fake } from './fake-transcript-provider.ts'
import { type GetTranscriptRequest, getTranscript, transcriptOfText } from './get-transcript.ts'
import type { TranscriptAnswer, TranscriptProvider } from './transcript-provider.ts'

const clock = new FakeClock('2026-11-23T12:00:00Z')
const later = new Date('2026-11-23T13:00:00Z')
const latest = new Date('2026-11-23T15:00:00Z')

function found(origin: Transcript['origin'], text: string): TranscriptAnswer {
  const transcript: Transcript = {
    language: 'en',
    origin,
    segments: [{ start: 0, end: 0, speaker: null, text }],
  }
  return { found: true, reason: 'Here it is.', transcript }
}
const none = (retryAt: Date | null = null): TranscriptAnswer => ({
  found: false,
  reason: 'There is none.',
  retryAt,
})

function get(providers: TranscriptProvider[], more: Partial<GetTranscriptRequest> = {}) {
  const episode = {
    title: 'T',
    link: null,
    publishedAt: null,
    language: 'de',
    durationSeconds: null,
    enclosures: [],
    transcripts: [],
    notes: { text: 'First paragraph.\nStill first.\n\nSecond.' },
  }
  return getTranscript({ episode, providers, clock, ...more })
}

describe('getTranscript', () => {
  it('takes the first with times and asks no further', async () => {
    const last = fake(found('captions', 'never asked'), 'last')
    const result = await get([
      fake(none(), 'first'),
      fake(found('publisher', 'said'), 'second'),
      last,
    ])
    expect(result).toMatchObject({
      from: 'second',
      transcript: { origin: 'publisher' },
      retryAt: null,
    })
    expect(result.attempts).toEqual([
      { provider: 'first', outcome: 'not-found', reason: 'There is none.', ms: 0 },
      { provider: 'second', outcome: 'found', reason: 'Here it is.', ms: 0 },
    ])
    expect(last.requests).toEqual([])
  })

  it('holds a text without times against one with', async () => {
    const text = fake(found('text', 'untimed'), 'publisher')
    const better = await get([text, fake(found('captions', 'timed'), 'captions')])
    expect(better).toMatchObject({ from: 'captions', transcript: { origin: 'captions' } })
    const best = await get([
      text,
      fake(none(later), 'captions'),
      fake(found('text', 'another'), 'other'),
    ])
    expect(best).toMatchObject({
      from: 'publisher',
      transcript: { segments: [{ text: 'untimed' }] },
      retryAt: later,
    })
    expect(best.attempts).toHaveLength(3)
  })

  it('goes on after a failure, whose words only a Failure may choose', async () => {
    const failing = fake(new Failure('timed-out', 'outside', 'The server took too long.'), 'one')
    const bug = fake(new TypeError('secret internals'), 'two')
    const result = await get([failing, bug, fake(found('captions', 'said'), 'three')])
    expect(result.from).toBe('three')
    expect(result.attempts[0]).toMatchObject({
      outcome: 'failed',
      reason: 'The server took too long.',
    })
    expect(result.attempts[1]).toMatchObject({ outcome: 'failed' })
    expect(result.attempts[1]?.reason).not.toContain('secret')
  })

  it('ends in the notes and says so, with the earliest time to ask again', async () => {
    const result = await get([fake(none(latest), 'one'), fake(none(later), 'two')])
    expect(result).toEqual({
      from: 'notes',
      retryAt: later,
      transcript: {
        language: 'de',
        origin: 'text',
        segments: [
          { start: 0, end: 0, speaker: null, text: 'First paragraph. Still first.' },
          { start: 1, end: 1, speaker: null, text: 'Second.' },
        ],
      },
      attempts: [
        { provider: 'one', outcome: 'not-found', reason: 'There is none.', ms: 0 },
        { provider: 'two', outcome: 'not-found', reason: 'There is none.', ms: 0 },
        {
          provider: 'notes',
          outcome: 'found',
          reason: 'There is no transcript; this rests on the show notes alone.',
          ms: 0,
        },
      ],
    })
    expect(transcriptSchema.safeParse(result.transcript).success).toBe(true)
  })

  it('says when there is no text at all', async () => {
    const request = {
      title: 'T',
      link: null,
      publishedAt: null,
      language: null,
      durationSeconds: null,
      enclosures: [],
      transcripts: [],
    }
    for (const notes of [null, { text: ' \n\n ' }]) {
      const result = await get([], { episode: { ...request, notes } })
      expect(result.transcript).toEqual({ language: 'und', origin: 'text', segments: [] })
      expect(result.attempts).toMatchObject([{ provider: 'notes', outcome: 'not-found' }])
    }
  })

  it('measures how long each took', async () => {
    const moving = new FakeClock('2026-11-23T12:00:00Z')
    const slow: TranscriptProvider = {
      name: 'slow',
      async find() {
        moving.moveBy(1500)
        return none()
      },
    }
    const { attempts } = await get([slow], { clock: moving })
    expect(attempts[0]?.ms).toBe(1500)
  })

  it('throws the reason of an abort and asks no one after it', async () => {
    const control = new AbortController()
    const stopping: TranscriptProvider = {
      name: 'stopping',
      async find() {
        control.abort(new Error('stopped'))
        throw new Error('broken off')
      },
    }
    const next = fake(found('captions', 'x'), 'next')
    await expect(get([stopping, next], { signal: control.signal })).rejects.toThrow('stopped')
    expect(next.requests).toEqual([])
  })
})

describe('transcriptOfText', () => {
  it('numbers paragraphs', () => {
    expect(
      transcriptOfText('One\n\n\n\nTwo\n \n', 'en').segments.map(({ start, text }) => [
        start,
        text,
      ]),
    ).toEqual([
      [0, 'One'],
      [1, 'Two'],
    ])
  })
})
