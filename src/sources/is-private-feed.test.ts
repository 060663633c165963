import { describe, expect, it } from 'vitest'
import { isPrivateFeed } from './is-private-feed.ts'

const isPrivate = (url: string) => isPrivateFeed(url, { isUnlisted: false })

describe('isPrivateFeed', () => {
  it.each([
    'https://ada:secret@show.example/feed',
    'https://ada@show.example/feed',
    'https://www.patreon.com/rss/show?auth=AbC-12_x',
    'https://show.example/feed?token=1',
    'https://show.example/feed/?wp_auth_token=xyz',
    'https://show.example/rss?x=4f9a1c77b2e04d58',
    'https://show.example/rss/4f9a1c77b2e04d58a0',
    'https://show.example/feeds/Zk3Qp9Xv7LmT2aRw.rss',
    'https://access.acast.com/rss/5e7b777ba085cbe7192b0607/q8xd2k7z',
    'https://api.substack.com/feed/podcast/123/private/0a1b2c3d-0000-4000-8000-0123456789ab.rss',
    'https://show.supportingcast.fm/content/eyJhbGciOiJIUzI1NiJ9.rss',
    'https://show.example/private/abc',
  ])('%s is', (url) => {
    expect(isPrivate(url)).toBe(true)
  })

  it.each([
    'https://show.example/feed.xml',
    'https://show.example/category/the-2026-elections-explained/feed/',
    'https://show.example/?feed=rss2&cat=17',
    'https://show.example/podcast?format=rss&id=1234567890123456789',
    'https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdef1234567890abcdef',
    'https://feeds.megaphone.fm/ABC1234567890',
    'https://feeds.acast.com/public/shows/5e7b777ba085cbe7192b0607',
    'https://www.omnycontent.com/d/playlist/0a1b2c3d-0000-4000-8000-0123456789ab/podcast.rss',
    'https://feeds.soundcloud.com/users/soundcloud:users:123456789/sounds.rss',
    'https://anchor.fm/s/1a2b3c4d/podcast/rss',
    'https://show.example/harbour-light-season-2-episode-14/feed',
    'sample:harbour-light/feed.xml',
    'file:///home/ada/private/feed.xml',
  ])('%s is not', (url) => {
    expect(isPrivate(url)).toBe(false)
  })

  it('a feed that asks not to be listed is', () => {
    expect(isPrivateFeed('https://show.example/feed', { isUnlisted: true })).toBe(true)
  })
})
