import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanCopy } from './clean-copy.ts'
import { ENGLISH_CUES } from './cues/english-cues.ts'

const CASES: readonly [string, string, string][] = [
  [
    'fillers, stammers, tags',
    'And so, um, the the big wall is, you know, old, right?',
    'The big wall is old',
  ],
  ['a cut-off word', 'We saw th- the gate.', 'We saw the gate.'],
  ['a false start', 'The -- one thing I want is rest.', 'One thing I want is rest.'],
  ['a negation said twice', 'No, no, we did not do it.', 'No, no, we did not do it.'],
  ['a doubling on purpose', 'It is very very cold.', 'It is very very cold.'],
  ['numbers', 'It cost 3 3 million.', 'It cost 3 3 million.'],
  ['so that belongs to its word', 'So far it holds.', 'So far it holds.'],
  ['marks of transcribers', '[laughs] That {vocalsound} wall [00:12:01] fell.', 'That wall fell.'],
  ['glued captions', 'We met,and talked.Then we left.', 'We met, and talked. Then we left.'],
  ['words joined by a deletion', 'to help you,like,move on', 'To help you move on'],
]

describe('cleanCopy', () => {
  it.each(CASES)('reads %s', (_, raw, clean) => {
    expect(cleanCopy(raw, ENGLISH_CUES).text).toBe(clean)
  })

  it('only leaves words out, and keeps the way back to each character', () => {
    const word = fc.constantFrom(
      'um',
      'the',
      'so',
      'not',
      'gate',
      'th-',
      'you know,',
      'right?',
      '--',
      '7',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const raw = words.join(' ')
        const { text, rawOf } = cleanCopy(raw, ENGLISH_CUES)
        expect(rawOf).toHaveLength(text.length)
        expect(rawOf.every((at, index) => index === 0 || at >= (rawOf[index - 1] ?? 0))).toBe(true)
        for (const [index, character] of [...text].entries()) {
          if (character === ' ') continue
          expect(raw[rawOf[index] ?? -1]?.toLowerCase()).toBe(character.toLowerCase())
        }
      }),
    )
  })

  it('never drops a word that turns the meaning', () => {
    for (const word of ENGLISH_CUES.keep) {
      if (!/^[a-z]+$/.test(word)) continue
      const { text } = cleanCopy(`The old gate um ${word} the the new wall holds.`, ENGLISH_CUES)
      expect(text.toLowerCase()).toContain(word)
    }
  })
})
