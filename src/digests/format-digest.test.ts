import { describe, expect, it } from 'vitest'
import { clipText } from './clip-text.ts'
import { exampleContent, exampleItem } from './example-digest-content.ts'
import {
  formatClock,
  formatDigestFacts,
  formatItemFacts,
  formatLength,
  formatLocalDate,
  formatOrigin,
  formatPlace,
  formatVerdict,
} from './format-digest.ts'
import { renderSubject } from './render-subject.ts'
import { indentText, wrapText } from './wrap-text.ts'

describe('times', () => {
  it.each([
    [0, '0:00'],
    [59.9, '0:59'],
    [60, '1:00'],
    [760, '12:40'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [21_845, '6:04:05'],
  ])('%d s is %s', (seconds, clock) => {
    expect(formatClock(seconds)).toBe(clock)
  })

  it.each([
    [1, '1 min'],
    [90, '2 min'],
    [2712, '45 min'],
    [3570, '1 h 00 min'],
    [3900, '1 h 05 min'],
  ])('%d s last %s', (seconds, length) => {
    expect(formatLength(seconds)).toBe(length)
  })

  it('names dates and places', () => {
    expect(formatLocalDate('2026-11-23')).toBe('Monday 23 November 2026')
    expect(formatLocalDate('2026-11-23', 'short')).toBe('Mon 23 Nov')
    expect(formatPlace({ unit: 'time', start: 760 })).toBe('12:40')
    expect(formatPlace({ unit: 'paragraph', start: 4 })).toBe('Paragraph 5')
  })
})

describe('facts', () => {
  it('leave out what nobody knows', () => {
    expect(formatItemFacts(exampleItem())).toEqual(['45 min', '4 min read', 'Interview', 'News'])
    const bare = exampleItem({ durationSeconds: null, readingMinutes: null, badges: [] })
    expect(formatItemFacts(bare)).toEqual([])
    expect(formatDigestFacts(exampleContent())).toBe(
      '3 items · 9 min to read · 1 h 10 min if you heard it all',
    )
    expect(formatDigestFacts(exampleContent({ items: [bare] }))).toBe('1 item')
  })

  it('say where the words come from', () => {
    expect(formatOrigin({ origin: 'publisher', kind: 'podcast' })).toContain(
      'publisher’s transcript',
    )
    expect(formatOrigin({ origin: 'captions', kind: 'youtube' })).toContain('captions')
    expect(formatOrigin({ origin: 'text', kind: 'podcast' })).toContain('there is no transcript')
    expect(formatOrigin({ origin: 'text', kind: 'youtube' })).toContain('there is no transcript')
    expect(formatOrigin({ origin: 'text', kind: 'newsletter' })).toBe(
      'Quoted from the issue itself.',
    )
    expect(formatOrigin({ origin: 'text', kind: 'blog' })).toBe('Quoted from the article itself.')
  })

  it('say what to do and why', () => {
    const listen = { fromSeconds: 760, minutes: 11, quotesInside: 9, quotesTotal: 12 }
    expect(formatVerdict({ kind: 'listen', ...listen })).toEqual({
      advice: 'Listen from 12:40',
      because: '9 of 12 quoted moments lie in the next 11 minutes',
    })
    const one = { ...listen, minutes: 1 }
    expect(formatVerdict({ kind: 'listen', ...one }).because).toContain('in the next minute')
  })
})

describe('renderSubject', () => {
  it('names the first thing, how much more, and the date', () => {
    expect(renderSubject(exampleContent())).toBe('The Narrows Barrier, and 1 more · Mon 23 Nov')
    expect(renderSubject(exampleContent({ stories: [], moreCount: 4 }))).toBe(
      'The sea gate, and the man who moves the brass line, and 6 more · Mon 23 Nov',
    )
  })

  it('is honest when there is nothing', () => {
    expect(renderSubject(exampleContent({ items: [], stories: [] }))).toBe(
      'Nothing new, and 1 item missing · Mon 23 Nov',
    )
    expect(renderSubject(exampleContent({ items: [], stories: [], missing: [] }))).toBe(
      'Nothing new · Mon 23 Nov',
    )
  })

  it('stays on one short line, whatever a publisher calls an episode', () => {
    const title = `Bad\r\nBcc: x@y.z\u2028 ${'long '.repeat(80)}\ud800`
    const subject = renderSubject(exampleContent({ items: [exampleItem({ title })], stories: [] }))
    expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u)
    expect(subject.length).toBeLessThan(110)
  })
})

describe('clipText and wrapText', () => {
  it.each([
    ['short', 10, 'short'],
    ['  much \n white   space ', 40, 'much white space'],
    ['a sentence that goes on', 16, 'a sentence that…'],
    ['a sentence, that goes on', 13, 'a sentence…'],
    ['abcdefghijkl', 5, 'abcd…'],
    ['abc🙂def', 5, 'abc…'],
  ])('%j in %d is %j', (text, length, clipped) => {
    expect(clipText(text, length)).toBe(clipped)
  })

  it('wraps at spaces and never breaks an address', () => {
    const url = `https://a.example/${'x'.repeat(90)}`
    const lines = wrapText(`${'word '.repeat(30)}${url}`).split('\n')
    expect(lines.at(-1)).toBe(url)
    expect(Math.max(...lines.slice(0, -1).map((line) => line.length))).toBeLessThanOrEqual(72)
    expect(indentText('a\n\nb')).toBe('  a\n\n  b')
  })
})
