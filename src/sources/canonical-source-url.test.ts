import { describe, expect, it } from 'vitest'
import { canonicalSourceUrl } from './canonical-source-url.ts'

const CHANNEL = 'https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv'

describe('canonicalSourceUrl', () => {
  it.each([
    ['https://Show.Example:443/feed.xml#top', 'https://show.example/feed.xml'],
    ['https://show.example./feed', 'https://show.example/feed'],
    ['https://show.example/feed?utm_source=x&id=3&fbclid=9', 'https://show.example/feed?id=3'],
    ['https://show.example/feed?', 'https://show.example/feed'],
    ['http://feeds2.feedburner.com/Show?format=xml', 'https://feeds.feedburner.com/Show'],
    ['http://feedproxy.google.com/~r/Show/~3/abc/', 'https://feeds.feedburner.com/Show'],
    ['http://youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv', CHANNEL],
    ['https://m.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos', CHANNEL],
    ['https://youtube.com/feeds/videos.xml?playlist_id=UUabcdefghijklmnopqrstuv', CHANNEL],
    ['https://ada:secret@show.example/feed', 'https://ada:secret@show.example/feed'],
    ['https://show.example/feed?token=AbC', 'https://show.example/feed?token=AbC'],
    ['https://www.youtube.com/@tide', 'https://www.youtube.com/@tide'],
    ['sample:show/feed.xml', 'sample:show/feed.xml'],
    ['no address', 'no address'],
  ])('%s → %s', (address, expected) => {
    expect(canonicalSourceUrl(address)).toBe(expected)
    expect(canonicalSourceUrl(expected)).toBe(expected)
  })
})
