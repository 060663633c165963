import { describe, expect, it } from 'vitest'
import { findSegmentAt } from '../../model/segment-place.ts'
import { foldText } from '../browser/fold-text.ts'
import { siteOf, webAddress } from './external-link.tsx'
import { findInTranscript, findInVideo } from './moment-link.tsx'
import { hueOf, initialsOf } from './source-mark.tsx'
import { groupTurns } from './transcript.tsx'

const said = (start: number, speaker: string | null, text = 'A sentence.') => ({
  start,
  end: start + 1,
  speaker,
  text,
})

describe('moments', () => {
  const segments = [said(0, 'A'), said(10, 'B'), said(10, 'B'), said(20, 'A')]

  it.each([
    [-1, -1],
    [0, 0],
    [9.99, 0],
    [10, 2],
    [19, 2],
    [9999, 3],
  ])('the segment at %s', (start, index) => expect(findSegmentAt(segments, start)).toBe(index))

  it('are found on the page, at the publisher’s, or nowhere', () => {
    expect(findInTranscript(segments)(10)).toBe('#s2')
    expect(findInTranscript([])(10)).toBeNull()
    expect(findInVideo('https://www.youtube.com/watch?v=abc')(61.5)).toBe(
      'https://www.youtube.com/watch?v=abc&t=61s',
    )
    expect(findInVideo('https://youtube.com.evil.example/watch')(61)).toBeNull()
    expect(findInVideo('javascript:alert(1)')(61)).toBeNull()
    expect(findInVideo(null)(61)).toBeNull()
  })
})

describe('turns', () => {
  it('join what one speaker says and break long turns at sentences', () => {
    const long = Array.from({ length: 12 }, (_, index) =>
      said(index, 'A', `${'word '.repeat(18)}end.`),
    )
    const turns = groupTurns([...long, said(99, 'B')], false)
    expect(turns.map(({ speaker }) => speaker)).toEqual(['A', 'B'])
    expect(turns[0]?.paragraphs.length).toBe(2)
    expect(turns.flatMap(({ paragraphs }) => paragraphs.flat()).map(({ index }) => index)).toEqual(
      Array.from({ length: 13 }, (_, index) => index),
    )
  })

  it('cut a turn without full stops all the same, and leave a text’s paragraphs alone', () => {
    const captions = Array.from({ length: 60 }, (_, index) =>
      said(index, null, 'words without any stop at all'),
    )
    const paragraphs = groupTurns(captions, false)[0]?.paragraphs ?? []
    expect(paragraphs.length).toBeGreaterThan(1)
    expect(groupTurns([said(0, null), said(1, null)], true)[0]?.paragraphs.length).toBe(2)
  })
})

describe('links of others', () => {
  it.each([
    ['https://a.example/x', 'https://a.example/x'],
    ['http://a.example', 'http://a.example/'],
    ['javascript:alert(1)', null],
    ['JaVa\tscript:alert(1)', null],
    ['data:text/html,x', null],
    ['vbscript:x', null],
    ['/relative', null],
    ['', null],
    [null, null],
  ])('%s → %s', (given, address) => expect(webAddress(given)).toBe(address))

  it('are named by their site', () => {
    expect(siteOf('https://www.a.example/x')).toBe('a.example')
    expect(siteOf('nonsense')).toBe('nonsense')
  })
})

describe('marks of sources', () => {
  it.each([
    ['The Slow Lane', 'SL'],
    ['Grid & Current', 'GC'],
    ['Harbour', 'H'],
    ['The Who', 'TW'],
    ['état des lieux', 'ÉD'],
    ['日本語', '日'],
    ['!!!', '·'],
    ['', '·'],
  ])('initials of %s: %s', (title, initials) => expect(initialsOf(title)).toBe(initials))

  it('keep their colour', () => {
    expect(hueOf('The Slow Lane')).toBe(hueOf('The Slow Lane'))
    expect(hueOf('x')).toBeGreaterThanOrEqual(0)
    expect(hueOf('x')).toBeLessThan(6)
  })
})

describe('search in a transcript', () => {
  it('knows no case and no accents', () => {
    expect(foldText('Naïve ÉTAT')).toBe('naive etat')
  })
})
