import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayUrl } from './display-url.ts'

describe('displayUrl', () => {
  it.each([
    ['https://example.com/feed.xml', 'https://example.com/feed.xml'],
    ['https://user:hunter2@example.com/feed', 'https://example.com/feed'],
    ['https://example.com/?token=abc&feed=rss2', 'https://example.com/?token=…&feed=rss2'],
    ['https://example.com/rss?auth=xY9&show=12', 'https://example.com/rss?auth=…&show=12'],
    ['https://example.com/?anything=else', 'https://example.com/?anything=…'],
    [
      'https://www.youtube.com/feeds/videos.xml?channel_id=UCddiUEpeqJcYeBxX1IVBKvQ',
      'https://www.youtube.com/feeds/videos.xml?channel_id=UCddiUEpeqJcYeBxX1IVBKvQ',
    ],
    [
      'https://api.example.com/feed/private/0b1c2d3e-1111-4222-8333-444455556666.rss',
      'https://api.example.com/feed/private/…',
    ],
    ['https://x.example/content/eyJhbGciOiJI.rss', 'https://x.example/content/…'],
    ['https://x.example/f/k3j4h5g6f7d8s9a0.xml', 'https://x.example/f/…'],
    [
      'https://x.example/the-2026-guide-to-very-long-episode-names-number-17/',
      'https://x.example/the-2026-guide-to-very-long-episode-names-number-17/',
    ],
    ['https://x.example/#access_token=abc', 'https://x.example/'],
    ['http://[::1]:8080/a', 'http://[::1]:8080/a'],
    ['user:pass@host/feed?token=x', 'host/feed'],
    ['imaps://user:pass@host:993/', 'imaps://host:993/'],
    ['sample:night-train', 'sample:night-train'],
    ['file:///tmp/feed.xml', 'file:/tmp/feed.xml'],
    ['not a url ?token=abc', 'not a url'],
    ['//user:pass@host', 'host'],
    ['\u202Eevil\u0007\n', 'evil'],
    ['', ''],
  ])('shows %j as %j', (url, shown) => {
    expect(displayUrl(url)).toBe(shown)
  })

  it('is never longer than 200 characters', () => {
    expect(displayUrl(`https://x.example/${'word/'.repeat(200)}`)).toHaveLength(200)
  })

  it('never throws and never shows a password', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.webPath({ size: 'xsmall' }), (text, path) => {
        displayUrl(text)
        expect(displayUrl(`https://name:pa55w0rd-secret@host.example${path}`)).not.toContain(
          'pa55w0rd-secret',
        )
      }),
    )
  })
})
