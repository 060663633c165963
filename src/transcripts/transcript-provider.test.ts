import { describe, expect, it } from 'vitest'
import { transcriptSchema } from '../model/transcript.ts'
import { createFakeGuardedFetch } from '../platform/http/fake-guarded-fetch.ts'
import { createFakeTranscriptProvider } from './fake-transcript-provider.ts'
import { createPublisherProvider } from './providers/publisher.ts'
import type { TranscriptProvider, TranscriptRequest } from './transcript-provider.ts'

const now = new Date('2026-11-23T12:00:00Z')
const url = 'https://cdn.example/1.srt'
const BODY =
  '1\n00:00:01,000 --> 00:00:02,000\nAda: One\n\n2\n00:00:03,000 --> 00:00:04,000\nAda: Two'

function request(links: string[], signal?: AbortSignal): TranscriptRequest {
  const transcripts = links.map((link) => ({ url: link, type: 'application/srt', language: 'en' }))
  const episode = {
    title: 'T',
    link: null,
    publishedAt: now,
    language: 'en',
    durationSeconds: 9,
    enclosures: [],
    transcripts,
  }
  return { episode, now, signal }
}

/** A provider that has a transcript for the request given, and one that has none. */
const providers: [
  name: string,
  has: () => TranscriptProvider,
  hasNone: () => TranscriptProvider,
][] = [
  [
    'publisher',
    () => createPublisherProvider({ fetch: createFakeGuardedFetch({ [url]: { body: BODY } }) }),
    () => createPublisherProvider({ fetch: createFakeGuardedFetch({ [url]: { status: 404 } }) }),
  ],
  [
    'fake',
    () =>
      createFakeTranscriptProvider({
        found: true,
        reason: 'It was given.',
        transcript: {
          language: 'en',
          origin: 'publisher',
          segments: [{ start: 1, end: 2, speaker: null, text: 'One' }],
        },
      }),
    () =>
      createFakeTranscriptProvider({
        found: false,
        reason: 'There is none.',
        retryAt: new Date('2026-11-23T13:00:00Z'),
      }),
  ],
]

describe.each(providers)('contract of transcript providers: %s', (name, has, hasNone) => {
  it('has a short stable name', () => {
    expect(has().name).toBe(name)
    expect(name).toMatch(/^[a-z][a-z-]*$/)
  })

  it('answers with a sound transcript and a sentence', async () => {
    const answer = await has().find(request([url]))
    expect(answer.found).toBe(true)
    if (!answer.found) return
    const { segments } = transcriptSchema.parse(answer.transcript)
    expect(segments.length).toBeGreaterThan(0)
    for (const [n, { start, end, text }] of segments.entries()) {
      expect(start).toBeGreaterThanOrEqual(segments[n - 1]?.start ?? 0)
      expect(end).toBeGreaterThanOrEqual(start)
      expect(text.trim()).not.toBe('')
    }
    expect(answer.reason).toMatch(/\S.*\.$/)
  })

  it('answers with a reason when it has none, and comes again in the future only', async () => {
    const answer = await hasNone().find(request([url]))
    expect(answer.found).toBe(false)
    if (answer.found) return
    expect(answer.reason).toMatch(/\S.*\.$/)
    if (answer.retryAt !== null) expect(answer.retryAt.getTime()).toBeGreaterThan(now.getTime())
  })

  it('gives the same answer to the same request', async () => {
    const provider = has()
    expect(await provider.find(request([url]))).toEqual(await has().find(request([url])))
  })
})
