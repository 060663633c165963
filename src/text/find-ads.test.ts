import { describe, expect, it } from 'vitest'
import { cuesOf } from './cues-of.ts'
import { adCueStrengths, findAds, repeatKey } from './find-ads.ts'
import { readTranscript } from './reading.ts'

const TALK = Array.from(
  { length: 40 },
  (_, n) => `The gate number ${n} of the harbour was built by people from the town in year ${n}.`,
)
const AD = [
  'This part of the show is brought to you by Kettlewick, the only kettle that sings.',
  'My Kettlewick boils in three minutes.',
  'Go to kettlewick dot com slash harbour and use the promo code HARBOUR for fifteen percent off.',
  'Thanks to Kettlewick for supporting the show.',
]

function spansIn(sentences: readonly string[], repeated: readonly string[] = []) {
  const segments = sentences.map((text, index) => ({
    start: index,
    end: index + 1,
    speaker: null,
    text,
  }))
  const reading = readTranscript({ language: 'en', origin: 'captions', segments }, 'en')
  const strengths = adCueStrengths(reading, cuesOf('en'), new Set(repeated.map(repeatKey)))
  return findAds(reading, strengths)
}

describe('findAds', () => {
  it('finds a spot from its opening to its thanks', () => {
    expect(spansIn([...TALK.slice(0, 20), ...AD, ...TALK.slice(20)])).toEqual([
      { first: 20, last: 23 },
    ])
  })

  it('leaves talk about money and shops alone', () => {
    expect(spansIn([...TALK, 'We sold the kettle for fifteen crowns at the shop.'])).toEqual([])
  })

  it('finds what the show says in every episode', () => {
    const jingle = 'Stay curious and keep your lamps lit, friends of the breakwater.'
    expect(spansIn([...TALK, jingle, jingle], [jingle])).toEqual([{ first: 40, last: 41 }])
  })
})
