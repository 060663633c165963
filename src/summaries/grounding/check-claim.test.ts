import { describe, expect, it } from 'vitest'
import { checkClaim } from './check-claim.ts'
import { findQuote, isDeletionOf } from './find-quote.ts'
import { numbersIn } from './number-words.ts'
import { buildSupportIndex } from './support-index.ts'

const SEGMENTS = [
  'The January storm flooded 1,140 homes in Port Merrow and the quay wall held.',
  'Henrike Daswani says the Narrows Barrier will cost three hundred and forty million crowns.',
  'The gate has never closed in anger and it did not close in January.',
  'A night train loses seven thousand crowns on every run to Castrel.',
  'The bakery opens at four in the morning and sells rye bread to fishermen.',
  'Goran Whitlock walks the corridor with tea between one and three.',
].map((text, index) => ({
  start: index * 10,
  end: index * 10 + 10,
  speaker: index === 1 ? 'Henrike' : 'Maren',
  text,
}))
const context = { segments: SEGMENTS, index: buildSupportIndex(SEGMENTS, 'en') }
const verdict = (text: string, at: number, more: { quote?: string; speaker?: string } = {}) =>
  checkClaim({ text, first: at, last: at, ...more }, context).verdict

describe('checkClaim', () => {
  it.each([
    ['what is said', 'The Narrows Barrier will cost 340 million crowns.', 1, 'passed'],
    ['another number', 'The Narrows Barrier will cost 350 million crowns.', 1, 'failed'],
    [
      'another name',
      'According to Maren, the Kettlewick Barrier will cost 340 million crowns.',
      1,
      'failed',
    ],
    ['a denial of what is told', 'The storm did not flood homes in Port Merrow.', 0, 'failed'],
    ['another minute', 'The Narrows Barrier will cost 340 million crowns.', 4, 'failed'],
    ['another episode', 'Quantum chips halve their error rate.', 3, 'failed'],
    ['segments that are not there', 'The quay wall held.', 99, 'failed'],
  ])('judges %s', (_, text, at, expected) => {
    expect(verdict(text, at)).toBe(expected)
  })

  it('refuses words put into another mouth', () => {
    const text = 'The Narrows Barrier will cost 340 million crowns.'
    expect(verdict(text, 1, { speaker: 'Henrike' })).toBe('passed')
    expect(verdict(text, 1, { speaker: 'Maren' })).toBe('failed')
  })

  it('catches every swap of a number', () => {
    for (const [at, { text }] of SEGMENTS.entries()) {
      const swapped = text
        .replace('1,140', '1,410')
        .replace('three hundred', 'four hundred')
        .replace('seven thousand', 'nine thousand')
      if (swapped !== text) expect(verdict(swapped, at)).toBe('failed')
      expect(verdict(text, at)).toBe('passed')
    }
  })

  it('finds the place of a claim', () => {
    expect(context.index.findBest('rye bread for fishermen at the bakery', 1)).toMatchObject({
      first: 4,
      last: 4,
    })
  })
})

describe('numbersIn', () => {
  it.each([
    ['three hundred and forty million', [340e6]],
    ['340 million, or 340m', [340e6, 340e6]],
    ['1,140 homes', [1140]],
    ['forty-two per cent', [42]],
    ['3.94 metres', [3.94]],
    ['from one until three', [3]],
    ['no number', []],
  ])('reads %s', (text, numbers) => {
    expect(numbersIn(text)).toEqual(numbers)
  })
})

describe('findQuote', () => {
  it.each([
    ['the quay wall held', 'verbatim'],
    ['The QUAY, wall held!', 'near'],
    ['the quay wall fell down twice', 'absent'],
  ])('%s', (quote, match) => {
    expect(findQuote(quote, SEGMENTS[0]?.text ?? '')).toBe(match)
  })

  it('tells a shortened quote from a changed one', () => {
    expect(isDeletionOf('The storm flooded homes.', 'The January storm flooded 1,140 homes')).toBe(
      true,
    )
    expect(isDeletionOf('The storm wrecked homes.', 'The January storm flooded 1,140 homes')).toBe(
      false,
    )
  })
})
