import { describe, expect, it } from 'vitest'
import { resolveUrl, sourceName, withoutTokens } from './feed-url.ts'

const BASE = 'https://feed.example/show/feed.xml'

describe('resolveUrl', () => {
  it.each([
    ['https://e.org/a', 'https://e.org/a'],
    [' https://e.org/a\n', 'https://e.org/a'],
    ['ep1.mp3', 'https://feed.example/show/ep1.mp3'],
    ['/ep1.mp3', 'https://feed.example/ep1.mp3'],
    ['//cdn.example/x', 'https://cdn.example/x'],
    ['http://e.org/a b', 'http://e.org/a%20b'],
  ])('%j → %s', (address, expected) => {
    expect(resolveUrl(address, BASE)).toBe(expected)
  })

  it.each([
    undefined,
    null,
    '',
    '   ',
    'javascript:alert(1)',
    'JaVa\tscript:alert(1)',
    'java\u0000script:alert(1)',
    'data:audio/mpeg;base64,AAAA',
    'file:///etc/passwd',
    'blob:https://e.org/1',
    'ftp://e.org/x',
    'mailto:a@e.org',
    'sample:show/x',
    'http://',
    `https://e.org/${'a'.repeat(5000)}`,
  ])('drops %.40j', (address) => {
    expect(resolveUrl(address, BASE)).toBeNull()
  })

  it('never leaves the web for files next to a feed file', () => {
    expect(resolveUrl('ep1.mp3', 'file:///home/me/feed.xml')).toBeNull()
    expect(resolveUrl('https://e.org/ep1.mp3', 'file:///home/me/feed.xml')).toBe(
      'https://e.org/ep1.mp3',
    )
  })

  it('lets a sample refer to its own library', () => {
    expect(resolveUrl('sample:show/ep1.vtt', 'sample:show/feed.xml')).toBe('sample:show/ep1.vtt')
  })
})

describe('withoutTokens', () => {
  it.each([
    ['https://e.org/ep1.mp3?token=abc', 'https://e.org/ep1.mp3'],
    ['https://e.org/ep1.mp3?id=12&Expires=99&Signature=x', 'https://e.org/ep1.mp3?id=12'],
    ['https://e.org/get?ep=1&k=a8f3b2c19d4e5f60718293a4', 'https://e.org/get?ep=1'],
    ['https://u:p@e.org/ep1.mp3#t=1', 'https://e.org/ep1.mp3'],
    ['https://e.org/get?episode=12', 'https://e.org/get?episode=12'],
    ['not an address', 'not an address'],
  ])('%s → %s', (address, expected) => {
    expect(withoutTokens(address)).toBe(expected)
  })
})

describe('sourceName', () => {
  it('shows no secrets', () => {
    const name = sourceName('https://me:pw@feed.example/show/feed.xml?auth=a8f3b2c19d4e5f60')
    expect(name).toContain('feed.example/show/feed.xml')
    expect(name).not.toMatch(/pw|a8f3/)
  })

  it('shows the path of a file', () => {
    expect(sourceName('file:///home/me/my%20feed.xml')).toBe('/home/me/my feed.xml')
  })
})
