import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createFakeGuardedFetch, type FakeServer } from '../platform/http/fake-guarded-fetch.ts'
import { findSource } from './find-source.ts'

const now = new Date('2026-11-23T12:00:00Z')
const ID = 'UCabcdefghijklmnopqrstuv'
const CHANNEL_FEED = `https://www.youtube.com/feeds/videos.xml?channel_id=${ID}`
const rss = (title: string) =>
  `<rss version="2.0"><channel><title>${title}</title><item><guid>1</guid><title>t</title></item></channel></rss>`
const videos = `<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom"><yt:channelId>${ID}</yt:channelId><title>Tide</title><entry><id>yt:video:1</id><title>v</title></entry></feed>`
const page = (head: string, body = '') => ({
  body: `<!doctype html><html><head>${head}</head><body>${body}</body></html>`,
})

const look = async (text: string, answers: Record<string, FakeServer>) => {
  const fetch = createFakeGuardedFetch(answers)
  const answer = await findSource(text, { fetch, now })
  const asked = fetch.requests.map(({ url }) => url)
  return answer.found
    ? { url: answer.url, title: answer.feed.title, kind: answer.feed.kind, asked }
    : { reason: answer.reason, asked }
}

describe('findSource', () => {
  it('takes a feed as it is, with one request', async () => {
    const feed = { body: rss('Show') }
    expect(
      await look('show.example/feed?utm_source=a', { 'https://show.example/feed': feed }),
    ).toEqual({
      url: 'https://show.example/feed',
      title: 'Show',
      kind: 'blog',
      asked: ['https://show.example/feed'],
    })
  })

  it('keeps where a feed moved for good, not where it is sent for now', async () => {
    const moved = (status: number) => ({
      'http://old.example/feed': { status, headers: { location: 'https://new.example/feed' } },
      'https://new.example/feed': { body: rss('Show') },
    })
    expect(await look('http://old.example/feed', moved(301))).toMatchObject({
      url: 'https://new.example/feed',
    })
    expect(await look('http://old.example/feed', moved(302))).toMatchObject({
      url: 'http://old.example/feed',
    })
  })

  it.each([
    ['a link in the head', '<link rel="alternate" type="application/rss+xml" href="/x.rss">', ''],
    [
      'a base',
      '<base href="https://show.example/"><link rel=alternate type=application/atom+xml href=x.rss>',
      '',
    ],
    ['a link for players', '', '<a href="pcast://show.example/x.rss">Subscribe</a>'],
    ['a link in the text', '', '<a href="https://show.example/x.rss">RSS</a>'],
    [
      'the episodes before the comments',
      `<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
       <link rel="alternate" type="application/rss+xml" title="All podcast episodes" href="/x.rss">`,
      '',
    ],
  ])('finds the feed of a page by %s', async (_, head, body) => {
    const answers = {
      'https://show.example/about': page(head, body),
      'https://show.example/x.rss': { body: rss('Show') },
    }
    expect(await look('https://show.example/about', answers)).toMatchObject({
      url: 'https://show.example/x.rss',
      asked: ['https://show.example/about', 'https://show.example/x.rss'],
    })
  })

  it.each([
    ['WordPress', 'https://a.example/', 'WordPress 6.5', 'https://a.example/feed/'],
    ['Ghost', 'https://a.example/', 'Ghost 5.8', 'https://a.example/rss/'],
    ['Substack', 'https://a.substack.com/', 'Substack', 'https://a.substack.com/feed'],
    ['Blogger', 'https://a.blogspot.com/', 'blogger', 'https://a.blogspot.com/feeds/posts/default'],
    [
      'WordPress in a folder',
      'https://a.example/blog',
      'WordPress',
      'https://a.example/blog/feed/',
    ],
    ['an unknown one', 'https://a.example/', '', 'https://a.example/atom.xml'],
    ['Medium', 'https://medium.com/@ada', '', 'https://medium.com/feed/@ada'],
  ])('guesses where %s keeps the feed', async (_, home, generator, feed) => {
    const answers = {
      [home]: page(`<meta name="generator" content="${generator}">`),
      [feed]: { body: rss('Blog') },
    }
    expect(await look(home, answers)).toMatchObject({ url: feed })
  })

  it('goes on when what a page names is no feed', async () => {
    const answers = {
      'https://a.example/': page(
        `<link rel="alternate" type="application/rss+xml" href="/gone.xml">
         <link rel="alternate" type="application/rss+xml" href="/page.xml">
         <link rel="alternate" type="application/feed+json" href="/feed.json">`,
      ),
      'https://a.example/gone.xml': { status: 404 },
      'https://a.example/page.xml': page(''),
      'https://a.example/feed.json': {
        body: '{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[]}',
      },
    }
    expect(await look('a.example', answers)).toMatchObject({ url: 'https://a.example/feed.json' })
  })

  it('asks Apple for the feed, and in the shop of the country when it must', async () => {
    const lookup = (results: unknown[]) => ({ body: JSON.stringify({ results }) })
    const answers = {
      'https://itunes.apple.com/lookup?id=12345678&entity=podcast': lookup([]),
      'https://itunes.apple.com/lookup?id=12345678&entity=podcast&country=ch': lookup([
        { kind: 'podcast', feedUrl: 'https://feeds.example/show' },
      ]),
      'https://feeds.example/show': { body: rss('Show') },
    }
    const link = 'https://podcasts.apple.com/ch/podcast/show/id12345678?i=1000'
    expect(await look(link, answers)).toMatchObject({ url: 'https://feeds.example/show' })
    const site = { 'https://show.example/': page('', `<a href="${link}">Apple</a>`) }
    expect(await look('show.example', { ...answers, ...site })).toMatchObject({
      url: 'https://feeds.example/show',
    })
  })

  it.each([
    [`https://www.youtube.com/channel/${ID}`, null, ''],
    [
      'https://www.youtube.com/@tide',
      '/@tide',
      `<link rel="canonical" href="https://www.youtube.com/channel/${ID}">`,
    ],
    ['https://www.youtube.com/c/tide', '/c/tide', `<meta itemprop="identifier" content="${ID}">`],
    ['@tide', '/@tide', `<script>var x = {"metadata":{"externalId":"${ID}"}}</script>`],
    [
      'https://youtu.be/GJLlxj_dtq8',
      '/watch?v=GJLlxj_dtq8',
      `<script>{"videoDetails":{"channelId":"${ID}"}}</script>`,
    ],
    [
      'https://www.youtube.com/shorts/GJLlxj_dtq8',
      '/watch?v=GJLlxj_dtq8',
      `<script>{"browseId": "${ID}"}</script>`,
    ],
  ])('finds the channel of %s', async (address, path, head) => {
    const answers = {
      ...(path !== null && { [`https://www.youtube.com${path}`]: page(head) }),
      [CHANNEL_FEED]: { body: videos },
    }
    expect(await look(address, answers)).toMatchObject({ url: CHANNEL_FEED, kind: 'youtube' })
  })

  it.each([
    ['harbour light', /not a web address/, {}],
    ['https://open.spotify.com/show/1', /^Spotify publishes no feeds\. .*paste/, {}],
    ['https://cdn.example/1.mp3', /single audio or video file/, {}],
    [
      'https://cdn.example/play/1',
      /single audio or video file/,
      {
        'https://cdn.example/play/1': { headers: { 'content-type': 'audio/mpeg' }, body: 'ID3' },
      },
    ],
    ['https://a.example/x', /is not there \(404\)/, { 'https://a.example/x': { status: 404 } }],
    [
      'https://a.example/x',
      /refuses to be read from here \(403\)/,
      { 'https://a.example/x': { status: 403 } },
    ],
    ['https://a.example/x', /asked too often/, { 'https://a.example/x': { status: 429 } }],
    ['https://a.example/x', /has no address/, {}],
    ['https://a.example/x', /offers no feed/, { 'https://a.example/x': page('') }],
    ['https://a.example/x', /is not a feed/, { 'https://a.example/x': { body: 'words' } }],
    [
      'https://www.youtube.com/@gone',
      /is not there \(404\)/,
      {
        'https://www.youtube.com/@gone': { status: 404, body: '<html></html>' },
      },
    ],
    [
      'https://www.youtube.com/@a',
      /does not say on this page whose it is/,
      {
        'https://www.youtube.com/@a': page(''),
      },
    ],
    [
      'https://podcasts.apple.com/us/podcast/id12345678',
      /knows no show/,
      {
        'https://itunes.apple.com/lookup?id=12345678&entity=podcast': { body: '{"results":[]}' },
      },
    ],
    [
      'https://podcasts.apple.com/us/podcast/id12345678',
      /own subscribers only/,
      {
        'https://itunes.apple.com/lookup?id=12345678&entity=podcast': { body: '{"results":[{}]}' },
      },
    ],
    [
      'https://podcasts.apple.com/us/podcast/id12345678',
      /gave status 403/,
      {
        'https://itunes.apple.com/lookup?id=12345678&entity=podcast': { status: 403 },
      },
    ],
  ] as [string, RegExp, Record<string, FakeServer>][])(
    'says why %s is none',
    async (text, reason, answers) => {
      expect(await look(text, answers)).toMatchObject({ reason: expect.stringMatching(reason) })
    },
  )

  it('reads at most eleven addresses and never one twice for a page that names hundreds', async () => {
    const links = Array.from({ length: 300 }, (_, n) => `<a href="/${n % 150}/feed">RSS</a>`)
    const { asked } = await look('a.example', { 'https://a.example/': page('', links.join('')) })
    expect(asked).toHaveLength(11)
    expect(new Set(asked).size).toBe(11)
  })

  it('throws the signal’s own reason', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    const fetch = createFakeGuardedFetch({ 'https://a.example/': page('') })
    await expect(findSource('a.example', { fetch, now, signal })).rejects.toThrow('enough')
  })
})

const RECORDED = '../shared/fixtures/youtube/recorded-answers'
describe.skipIf(!existsSync(RECORDED))('recorded pages (skipped without ../shared)', () => {
  const recorded = (name: string) => ({ body: readFileSync(`${RECORDED}/${name}.static`) })
  it('name the channel of a video, or why they do not', async () => {
    const feed = 'https://www.youtube.com/feeds/videos.xml?channel_id=UCVYamHliCI9rw1tHR1xbkfw'
    const address = 'https://www.youtube.com/watch?v=GJLlxj_dtq8'
    const read = (name: string) =>
      look(address, { [address]: recorded(name), [feed]: { body: videos } })
    expect(await read('youtube.html')).toMatchObject({ url: feed })
    expect(await read('youtube_consent_page.html')).toMatchObject({
      reason: expect.stringMatching(/^YouTube asks for consent .*Paste the channel/),
    })
    expect(await read('youtube_too_many_requests.html')).toMatchObject({
      reason: expect.stringMatching(/^YouTube takes this machine for a robot/),
    })
  })
})
