import { describe, expect, it } from 'vitest'
import { segmentTopics, topicCountFor } from './segment-topics.ts'

/** Sentences of ten words each, drawn from a vocabulary of their own per topic. */
function units(topics: number, perTopic: number) {
  return Array.from({ length: topics * perTopic }, (_, index) => {
    const topic = Math.floor(index / perTopic)
    const stems = Array.from({ length: 6 }, (_, word) => topic * 20 + ((index * 7 + word * 3) % 20))
    return { stems, words: 10, bonus: 0 }
  })
}

describe('segmentTopics', () => {
  it('finds where the vocabulary changes', () => {
    expect(segmentTopics(units(4, 30), { count: 4 })).toEqual([0, 30, 60, 90])
  })

  it('prefers a boundary with a cue', () => {
    const plain = Array.from({ length: 60 }, () => ({ stems: [1, 2, 3], words: 10, bonus: 0 }))
    const cued = plain.map((unit, index) => (index === 34 ? { ...unit, bonus: 6 } : unit))
    expect(segmentTopics(cued, { count: 2 })).toEqual([0, 34])
  })

  it.each([
    ['nothing', 0, []],
    ['one sentence', 1, [0]],
  ])('survives %s', (_, count, expected) => {
    expect(segmentTopics(units(1, count))).toEqual(expected)
  })

  it('chooses the number of stretches by length', () => {
    expect([100, 5000, 500_000].map(topicCountFor)).toEqual([1, 5, 30])
  })
})
