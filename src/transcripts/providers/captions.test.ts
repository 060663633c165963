import { describe, expect, it } from 'vitest'
import { createCaptionsProvider } from './captions.ts'

const FILES: Record<string, string> = {
  'https://video.example/watch?v=one':
    'WEBVTT\n\n00:01.000 --> 00:04.000\nThe gate must not slam.\n',
  'https://video.example/watch?v=two': '<html>Sign in</html>',
}
const provider = createCaptionsProvider({
  name: 'captions',
  find: async (link) => {
    const text = FILES[link]
    return text === undefined ? undefined : { text, language: 'en' }
  },
})
const ask = (link: string | null) =>
  provider.find({
    now: new Date('2026-11-23T06:00:00Z'),
    episode: {
      title: 'How a gate closes',
      link,
      publishedAt: null,
      language: null,
      durationSeconds: null,
      enclosures: [],
      transcripts: [],
    },
  })

describe('captions', () => {
  it('are a transcript with times and their own origin', async () => {
    expect(await ask('https://video.example/watch?v=one')).toMatchObject({
      found: true,
      transcript: {
        language: 'en',
        origin: 'captions',
        segments: [{ start: 1, end: 4, text: 'The gate must not slam.' }],
      },
    })
  })

  it.each([
    ['of no video', null],
    ['that do not exist', 'https://video.example/watch?v=none'],
    ['that are a web page', 'https://video.example/watch?v=two'],
  ])('%s are not found, with the reason', async (_, link) => {
    expect(await ask(link)).toMatchObject({
      found: false,
      reason: expect.stringMatching(/captions/i),
    })
  })
})
