import { describe, expect, it } from 'vitest'
import { findSentenceEnds } from './find-sentence-ends.ts'

const CASES: readonly [string, string, string[]][] = [
  ['plain', 'One here. Two there! Three?', ['One here.', 'Two there!', 'Three?']],
  ['abbreviations', 'Dr. Rao came. She left.', ['Dr. Rao came.', 'She left.']],
  [
    'initials and decimals',
    'J. Doe paid 3.94 crowns. Good.',
    ['J. Doe paid 3.94 crowns.', 'Good.'],
  ],
  ['names with a stop', 'We use Node.js here. Yes.', ['We use Node.js here.', 'Yes.']],
  [
    'captions without spaces',
    "The Coffee Podcast.I'm Bekah.",
    ['The Coffee Podcast.', "I'm Bekah."],
  ],
]

describe('findSentenceEnds', () => {
  it.each(CASES)('cuts %s', (_, text, sentences) => {
    expect(cut(text, 'en')).toEqual(sentences)
  })

  it('cuts scripts without spaces', () => {
    expect(cut('今日は晴れです。明日は雨です。', 'ja')).toHaveLength(2)
  })
})

function cut(text: string, language: string): string[] {
  let from = 0
  const pieces = findSentenceEnds(text, language).map((end) => {
    const piece = text.slice(from, end).trim()
    from = end
    return piece
  })
  return [...pieces, text.slice(from).trim()].filter((piece) => piece !== '')
}
