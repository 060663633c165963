import { describe, expect, it } from 'vitest'
import { cleanUrl, urlKey } from './clean-url.ts'
import { isUrlLike, readableUrl } from './readable-url.ts'

describe('cleanUrl', () => {
  it.each([
    ['https://e.org/a', 'https://e.org/a'],
    [' https://e.org/a\n', 'https://e.org/a'],
    ['//e.org/a', 'https://e.org/a'],
    ['www.e.org/a', 'https://www.e.org/a'],
    ['https://e.org/?a=1&utm_source=x&utm_campaign=y&b=2', 'https://e.org/?a=1&b=2'],
    ['https://e.org/?gclid=x', 'https://e.org/'],
    ['https://youtu.be/abc?si=xyz&t=5', 'https://youtu.be/abc?t=5'],
    ['https://e.org/?si=unit&feature=3', 'https://e.org/?si=unit&feature=3'],
    ['https://u:p@e.org/', 'https://e.org/'],
    ['mailto:a@e.org', 'mailto:a@e.org'],
    ['http://e.org/%zz', 'http://e.org/%zz'],
    ['https://exämple.org/', 'https://xn--exmple-cua.org/'],
    ['java\u0000script:alert(1)', null],
    ['\u0001javascript:alert(1)', null],
    ['JAVASCRIPT:alert(1)', null],
    ['data:text/html,x', null],
    ['blob:https://e.org/x', null],
    ['file:///x', null],
    ['relative/path', null],
    ['http://', null],
    ['', null],
    [`https://e.org/${'a'.repeat(5000)}`, null],
  ])('%s → %s', (href, expected) => {
    expect(cleanUrl(href)).toBe(expected)
  })
})

describe('urlKey', () => {
  it('is one for the spellings of one address', () => {
    const keys = ['https://e.org/a', 'http://www.e.org/a/', 'https://E.org/a'.toLowerCase()].map(
      urlKey,
    )
    expect(new Set(keys).size).toBe(1)
  })

  it.each([
    ['https://e.org/a', 'https://e.org/b'],
    ['https://e.org/a?x=1', 'https://e.org/a?x=2'],
    ['https://e.org/a#one', 'https://e.org/a#two'],
  ])('keeps %s and %s apart', (one, two) => {
    expect(urlKey(one)).not.toBe(urlKey(two))
  })
})

describe('readableUrl', () => {
  it.each([
    ['https://x.com/someone', 'x.com/someone'],
    ['https://x.com/someone/status/2067356255916536120', 'x.com/someone'],
    ['https://www.e.org/', 'e.org'],
    ['https://e.org/2026/04/07/a-fine-long-title-of-it', 'A fine long title of it (e.org)'],
    ['https://e.org/a_fine_title.html?x=1#y', 'A fine title (e.org)'],
    ['https://e.org/caf%C3%A9', 'e.org/café'],
    ['https://e.org/%E0%A4%A', 'e.org/%E0%A4%A'],
    ['https://e.org/watch?v=abc', 'e.org'],
    ['https://www.youtube.com/watch?v=abc', 'Video on youtube.com'],
    ['https://youtu.be/abc?t=5', 'Video on youtube.com'],
    ['https://www.youtube.com/@someone', 'youtube.com/@someone'],
    ['https://e.org/the-data-boom-926adc6e', 'The data boom (e.org)'],
    ['mailto:hello@e.org?subject=x', 'hello@e.org'],
    ['no address', 'no address'],
  ])('%s → %s', (href, expected) => {
    expect(readableUrl(href)).toBe(expected)
  })

  it('stays short', () => {
    expect(readableUrl(`https://e.org/${'word-'.repeat(200)}x`).length).toBeLessThan(100)
    expect(readableUrl(`https://e.org/${'a'.repeat(2000)}`).length).toBeLessThan(100)
  })
})

describe('isUrlLike', () => {
  it.each([
    ['https://e.org/a', true],
    ['www.e.org', true],
    ['https://e.org/a-long-…', true],
    ['Title of it', false],
    ['see https://e.org', false],
  ])('%s: %s', (text, expected) => {
    expect(isUrlLike(text)).toBe(expected)
  })
})
