import { describe, expect, it } from 'vitest'
import { exampleInput, timedLines } from './example-input.ts'
import { summaryKeyOf } from './summary-key.ts'

describe('summaryKeyOf', () => {
  const key = summaryKeyOf(exampleInput({ transcript: timedLines('One.\nTwo.') }))

  it('is the same for the same words', () => {
    expect(summaryKeyOf(exampleInput({ transcript: timedLines('One.\nTwo.') }))).toBe(key)
  })

  it.each([
    ['other words', { transcript: timedLines('One.\nThree.') }],
    ['other times', { transcript: timedLines('One.\nTwo.', 7) }],
    ['another language', { transcript: timedLines('One.\nTwo.'), language: 'de' }],
    [
      'a correction',
      { transcript: timedLines('One.\nTwo.'), corrections: [{ heard: 'a', shown: 'b' }] },
    ],
    [
      'repeated sentences',
      { transcript: timedLines('One.\nTwo.'), repeatedSentences: new Set(['one']) },
    ],
  ])('differs for %s', (_, changes) => {
    expect(summaryKeyOf(exampleInput(changes))).not.toBe(key)
  })
})
