import { describe, expect, it } from 'vitest'
import { findJudgements } from './find-judgements.ts'

const read = (text: string) =>
  findJudgements([{ text, speaker: null, start: 0, isQuestion: text.endsWith('?') }])

describe('findJudgements', () => {
  it.each([
    ['I believe the Narrows Barrier should be built, and built now.', 'build', true],
    ['No. The Narrows Barrier should not be built.', 'build', false],
    ['The barrier shouldn’t be built.', 'build', false],
    ['The barrier must never be built.', 'build', false],
    ['I would not build the Narrows Barrier if it were free.', 'build', false],
    ["I wouldn't build the barrier.", 'build', false],
    ['I’d build the barrier tomorrow.', 'build', true],
    ['We should build the barrier.', 'build', true],
    ['I don’t think the barrier should be built.', 'build', false],
    ['I’m for the barrier.', 'support', true],
    ['I am against the barrier.', 'support', false],
    ['We oppose the barrier, all of us.', 'support', false],
    ['I’m not against the barrier.', 'support', true],
  ])('%s', (text, action, isFor) => {
    expect(read(text)).toMatchObject([{ object: 'barrier', action, isFor }])
  })

  it.each([
    'Should the barrier be built?',
    "I don't know whether the barrier should be built.",
    'I’m not sure the barrier should be built.',
    'She says the barrier should be built.',
    'According to the leaflet the barrier should be built.',
    'The barrier will be built.',
    'We built the barrier.',
    'I’m for breakfast.',
    '',
  ])('takes no side from %j', (text) => {
    expect(read(text)).toEqual([])
  })

  it('takes linear time on hostile sentences', () => {
    const started = performance.now()
    for (const text of [
      'the '.repeat(89),
      'I would the '.repeat(29),
      `${'the x '.repeat(58)}should`,
    ]) {
      read(text)
    }
    expect(performance.now() - started).toBeLessThan(100)
  })
})
