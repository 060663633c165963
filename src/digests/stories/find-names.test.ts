import { describe, expect, it } from 'vitest'
import { findNames } from './find-names.ts'

const read = (...sentences: string[]) => [...findNames(sentences, 'en').keys()].sort()

describe('findNames', () => {
  it.each([
    ['We met Henrike Daswani at the Harbour Office.', ['harbour office', 'henrike daswani']],
    ['The Narrows Barrier is a door.', ['narrows barrier']],
    ['They asked the Bank of England about it.', ['bank of england']],
    ['It is Daswani’s barrier and the Office’s money.', ['daswani', 'office']],
    ["It was Anselm Brook-Tanaka and O'Neil.", ['anselm brook-tanaka', "o'neil"]],
    ['On Monday in January I said OK to Mr Lisle.', ['lisle']],
    ['However, nobody came.', []],
    ['hello i am talking without any capitals about paris', []],
    ['', []],
  ])('%s', (sentence, names) => {
    expect(read(sentence)).toEqual(names)
  })

  it('leaves out words that are written small as often', () => {
    expect(read('We saw the Barrier.', 'It is a barrier.', 'A barrier is a door.')).toEqual([])
  })

  it('counts, and knows which take an article', () => {
    const names = findNames(['So the Narrows Barrier.', 'I like the Narrows Barrier.'], 'en')
    expect(names.get('narrows barrier')).toEqual({
      shown: 'Narrows Barrier',
      count: 2,
      articles: 2,
    })
  })
})
