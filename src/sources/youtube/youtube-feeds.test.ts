import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createFakeGuardedFetch } from '../../platform/http/fake-guarded-fetch.ts'
import { parseFeed } from '../feed/parse-feed.ts'
import { readFeed } from '../feed/read-feed.ts'
import { whyLeftOut } from './why-left-out.ts'
import { youtubeFeedUrl } from './youtube-feed-url.ts'

const now = new Date('2026-11-23T12:00:00Z')
const url = youtubeFeedUrl({ kind: 'channel', channelId: 'UCabcdefghijklmnopqrstuv' })

const entry = (
  id: string,
  { path = `watch?v=${id}`, title = id, views = '5', at = '2026-11-23T10:00:00Z' },
) =>
  `<entry><id>yt:video:${id}</id><yt:videoId>${id}</yt:videoId><yt:channelId>UCabcdefghijklmnopqrstuv</yt:channelId>
    <title>${title}</title><link rel="alternate" href="https://www.youtube.com/${path}"/><published>${at}</published>
    <media:group><media:community><media:statistics views="${views}"/></media:community></media:group></entry>`
const feed = (entries: string, { id = 'yt:channel:abc', channel = 'abc' } = {}) =>
  `<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
    <id>${id}</id><yt:channelId>${channel}</yt:channelId><title>Tide</title>${entries}</feed>`

describe('feeds of YouTube', () => {
  it.each([
    [
      'without its UC',
      { id: 'yt:channel:abcdefghijklmnopqrstuv', channel: 'abcdefghijklmnopqrstuv' },
    ],
    ['that is empty', { id: 'yt:channel:', channel: '' }],
  ])('are known as such with a channel id %s', async (_, head) => {
    const parsed = await parseFeed(feed(entry('one', {}), head), { url, now })
    expect(parsed).toMatchObject({ kind: 'youtube', episodes: [{ guid: 'yt:video:one' }] })
  })

  it('hold Shorts, which are left out with a reason', async () => {
    const shorts = Array.from({ length: 11 }, (_, n) => entry(`s${n}`, { path: `shorts/s${n}` }))
    const videos = Array.from({ length: 4 }, (_, n) => entry(`v${n}`, {}))
    const { kind, episodes } = await parseFeed(feed([...shorts, ...videos].join('')), { url, now })
    const kept = episodes.filter((episode) => whyLeftOut(episode, kind) === null)
    expect(kept.map(({ guid }) => guid)).toEqual(
      ['v0', 'v1', 'v2', 'v3'].map((id) => `yt:video:${id}`),
    )
  })

  it('announce what nobody has seen, which is taken when somebody has', async () => {
    const { episodes } = await parseFeed(
      feed(
        entry('soon', { views: '0' }) +
          entry('begun', { views: '3' }) +
          entry('lonely', { views: '0', at: '2026-11-19T10:00:00Z' }),
      ),
      { url, now },
    )
    expect(episodes.map((episode) => episode.isUpcoming)).toEqual([true, undefined, undefined])
  })

  it('that are not there say so in words, with a page instead of a feed', async () => {
    const fetch = createFakeGuardedFetch({ [url]: { status: 404, body: '<html>Error 404</html>' } })
    await expect(readFeed({ url, fetch, now })).rejects.toMatchObject({
      code: 'feed-not-found',
      message: expect.stringMatching(/removed or made private, or YouTube has trouble/),
    })
  })
})

describe('whyLeftOut', () => {
  it.each([
    ['https://www.youtube.com/shorts/abc', 't', 'youtube', true],
    ['https://www.youtube.com/watch?v=abc', 'Tiny gate #Shorts', 'youtube', true],
    ['https://www.youtube.com/watch?v=abc', 'How #shortsighted we were', 'youtube', false],
    ['https://www.youtube.com/watch?v=abc&x=/shorts/abc', 't', 'youtube', false],
    [null, 't', 'youtube', false],
    ['https://blog.example/shorts/abc', 'Swimming #shorts', 'blog', false],
  ] as const)('%s “%s” of a %s: %s', (link, title, kind, isLeftOut) => {
    expect(whyLeftOut({ link, title }, kind) !== null).toBe(isLeftOut)
  })
})

const REAL = '../shared/fixtures/youtube'
describe.skipIf(!existsSync(REAL))('real feeds of YouTube (skipped without ../shared)', () => {
  it('are of that kind, and none of their videos is upcoming', async () => {
    const files = globSync(`${REAL}/{podcast-server,feed-rs}/*.xml`)
    for (const file of files) {
      const { kind, episodes } = await parseFeed(readFileSync(file, 'utf8'), { url, now })
      expect([file, kind]).toEqual([file, 'youtube'])
      expect(episodes.some(({ isUpcoming }) => isUpcoming)).toBe(false)
    }
    expect(files.length).toBeGreaterThan(5)
  })
})
