import { expect, it } from 'vitest'
import type { Transcript } from '../model/transcript.ts'
import { compareTranscripts } from './compare-transcripts.ts'

const text = (origin: Transcript['origin'], ...texts: string[]): Transcript => ({
  language: 'en',
  origin,
  segments: texts.map((each, at) => ({ start: at, end: at, speaker: null, text: each })),
})

it.each([
  ['times beat many words', text('publisher', 'Short.'), text('text', 'Many more words here.'), 1],
  ['captions are times too', text('captions', 'Short.'), text('text', 'Longer by far.'), 1],
  ['nothing beats times', text('text', 'Many words.'), text('speech-to-text', 'One.'), -1],
  ['more words win', text('text', 'A whole article of words.'), text('text', 'Notes.'), 1],
  ['no words lose', text('text'), text('text', 'Notes.'), -1],
  ['times are equals', text('publisher', 'One.'), text('captions', 'One two three.'), 0],
  ['the same is no better', text('text', 'Some notes.'), text('text', 'Some  other'), 0],
])('%s', (_what, a, b, sign) => {
  expect(Math.sign(compareTranscripts(a, b))).toBe(sign)
  expect(Math.sign(compareTranscripts(b, a))).toBe(sign === 0 ? 0 : -sign)
})
