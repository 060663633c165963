import { describe, expect, it } from 'vitest'
import { discoveredEpisodeSchema } from '../../model/episode.ts'
import { isFailure } from '../../model/failure.ts'
import { MAX_EPISODES, parseFeed } from './parse-feed.ts'

const now = new Date('2026-11-23T12:00:00Z')
const url = 'https://feed.example/show/feed.xml'
const parse = (text: string, knownGuids?: Set<string>) => parseFeed(text, { url, now, knownGuids })

async function failureOf(text: string) {
  try {
    await parse(text)
  } catch (error) {
    if (isFailure(error)) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('No failure.')
}

const PODCAST = `
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
  <title>Salt &amp; <![CDATA[Pepper & more]]></title>
  <link>https://show.example</link>
  <atom:link rel="self" href="https://feed.example/own.xml"/>
  <atom:link rel="hub" href="https://hub.example/"/>
  <description>About salt.</description>
  <language>en_us</language><ttl>60</ttl>
  <skipHours><hour>3</hour><hour>4</hour></skipHours>
  <itunes:author>Ada Example</itunes:author>
  <itunes:image href="cover.jpg"/>
  <itunes:new-feed-url>https://new.example/feed.xml</itunes:new-feed-url>
  <podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>
  <podcast:person role="host">Ada Example</podcast:person>
  <item>
    <title>Two</title>
    <guid isPermaLink="false">ep-2</guid>
    <link>/episodes/2</link>
    <pubDate>Fri, 20 Nov 2026 10:00:00 +0100</pubDate>
    <description>Short.</description>
    <content:encoded><![CDATA[<p>Longer & better. <item> is a tag.</p>]]></content:encoded>
    <enclosure url="ep2.mp3" length="123" type="audio/mpeg"/>
    <itunes:duration>1:02:03</itunes:duration><itunes:season>1</itunes:season><itunes:episode>2</itunes:episode>
    <podcast:transcript url="ep2.vtt" type="text/vtt" language="en"/>
    <podcast:chapters url="ep2.json" type="application/json+chapters"/>
    <podcast:person role="guest">Ben Sample</podcast:person>
    <podcast:person>Cleo Test</podcast:person>
  </item>
  <item>
    <title>One</title><guid>https://show.example/episodes/1</guid>
    <enclosure url="javascript:alert(1)" type="audio/mpeg"/><enclosure url="https://cdn.example/1.mp3" length="-5" type="AUDIO/MPEG"/>
    <itunes:image href="data:image/png;base64,AA"/>
  </item>
</channel></rss>`

describe('parseFeed', () => {
  it('reads a podcast', async () => {
    const { episodes, warnings, ...head } = await parse(PODCAST)
    expect(head).toEqual({
      title: 'Salt & Pepper & more',
      description: 'About salt.',
      siteUrl: 'https://show.example/',
      imageUrl: 'https://feed.example/show/cover.jpg',
      author: 'Ada Example',
      language: 'en-US',
      kind: 'podcast',
      persons: [{ name: 'Ada Example', role: 'host' }],
      podcastGuid: '917393e3-1b1e-5cef-ace4-edaa54e1f810',
      ttlMinutes: 60,
      skipHours: [3, 4],
      newFeedUrl: 'https://new.example/feed.xml',
      selfUrl: 'https://feed.example/own.xml',
      hubUrl: 'https://hub.example/',
      isUnlisted: false,
      isComplete: false,
    })
    expect(warnings).toEqual([])
    expect(episodes[0]).toEqual({
      guid: 'ep-2',
      title: 'Two',
      link: 'https://feed.example/episodes/2',
      publishedAt: new Date('2026-11-20T09:00:00Z'),
      durationSeconds: 3723,
      notesRaw: '<p>Longer & better. <item> is a tag.</p>',
      enclosures: [{ url: 'https://feed.example/show/ep2.mp3', type: 'audio/mpeg', bytes: 123 }],
      transcripts: [{ url: 'https://feed.example/show/ep2.vtt', type: 'text/vtt', language: 'en' }],
      chaptersUrl: 'https://feed.example/show/ep2.json',
      persons: [
        { name: 'Ben Sample', role: 'guest' },
        { name: 'Cleo Test', role: 'host' },
      ],
      imageUrl: null,
      season: 1,
      number: 2,
      language: 'en-US',
    })
    expect(episodes[1]).toMatchObject({
      guid: 'https://show.example/episodes/1',
      link: 'https://show.example/episodes/1',
      enclosures: [{ url: 'https://cdn.example/1.mp3', type: 'audio/mpeg', bytes: null }],
      persons: [{ name: 'Ada Example', role: 'host' }],
      imageUrl: null,
      publishedAt: null,
    })
    for (const episode of episodes) expect(discoveredEpisodeSchema.parse(episode)).toEqual(episode)
  })

  it('reads a channel of videos', async () => {
    const feed = await parse(`<?xml version="1.0"?>
      <feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
      <id>yt:channel:UC1</id><title>Tin Whistle</title><author><name>Tin Whistle</name></author>
      <link rel="alternate" href="https://video.example/channel/UC1"/>
      <entry><id>yt:video:abc</id><yt:videoId>abc</yt:videoId><title>First &lt;b&gt;tune&lt;/b&gt;</title>
        <link rel="alternate" href="https://video.example/watch?v=abc"/><published>2026-11-20T10:00:00+00:00</published>
        <media:group><media:content url="https://video.example/v/abc" type="application/x-shockwave-flash"/>
        <media:thumbnail url="https://i.example/abc.jpg"/><media:description>0:00 Start
1:00 End</media:description></media:group></entry></feed>`)
    expect(feed).toMatchObject({
      kind: 'youtube',
      title: 'Tin Whistle',
      siteUrl: 'https://video.example/channel/UC1',
    })
    expect(feed.episodes).toMatchObject([
      {
        guid: 'yt:video:abc',
        title: 'First tune',
        link: 'https://video.example/watch?v=abc',
        notesRaw: '0:00 Start\n1:00 End',
        imageUrl: 'https://i.example/abc.jpg',
        enclosures: [],
      },
    ])
  })

  it('reads Atom with media files as a podcast, RDF and JSON Feed', async () => {
    const atom =
      await parse(`<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>1</id><title>x</title>
      <link rel="enclosure" type="audio/ogg" href="x.ogg" length="7"/><summary type="html">&lt;p&gt;s&lt;/p&gt;</summary></entry></feed>`)
    expect(atom.kind).toBe('podcast')
    expect(atom.episodes[0]).toMatchObject({
      notesRaw: '<p>s</p>',
      enclosures: [{ url: 'https://feed.example/show/x.ogg', type: 'audio/ogg', bytes: 7 }],
    })
    const rdf =
      await parse(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://e.org/"><title>R</title><items><rdf:Seq><rdf:li rdf:resource="https://e.org/2"/></rdf:Seq></items></channel>
      <item rdf:about="https://e.org/1"><title>one</title><link>https://e.org/1</link><dc:date>2026-01-02</dc:date></item></rdf:RDF>`)
    expect(rdf).toMatchObject({ kind: 'blog', title: 'R' })
    expect(rdf.episodes[0]).toMatchObject({
      guid: 'https://e.org/1',
      publishedAt: new Date('2026-01-02'),
    })
    const json = await parse(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'J',
        items: [
          {
            id: 1,
            title: 'one',
            content_html: '<p>x</p>',
            date_published: '2026-01-02T00:00:00Z',
            attachments: [
              { url: 'x.mp3', mime_type: 'audio/mpeg', size_in_bytes: 3, duration_in_seconds: 60 },
            ],
          },
          { id: '2', url: 'javascript:x', content_text: 'plain' },
        ],
      }),
    )
    expect(json.kind).toBe('podcast')
    expect(json.episodes).toMatchObject([
      { guid: '1', title: 'one', durationSeconds: 60, notesRaw: '<p>x</p>' },
      { guid: '2', title: 'plain', link: null },
    ])
  })

  it('leaves out what is known', async () => {
    const { episodes } = await parse(PODCAST, new Set(['ep-2', 'https://show.example/episodes/1']))
    expect(episodes).toEqual([])
    expect((await parse(PODCAST, new Set(['ep-2']))).episodes.map(({ title }) => title)).toEqual([
      'One',
    ])
  })

  it('names an episode without a title by its notes, file or date', async () => {
    const items = [
      '<description>&lt;p&gt;A first line&lt;/p&gt; and more</description>',
      '<enclosure url="https://e.org/ep7.mp3?x=1" type="audio/mpeg"/>',
      '<pubDate>2026-01-02</pubDate>',
      '<guid>g</guid>',
    ]
    const text = `<rss><channel><title>t</title>${items.map((item) => `<item>${item}</item>`).join('')}</channel></rss>`
    const { episodes } = await parse(text)
    expect(episodes.map(({ title }) => title)).toEqual([
      'A first line and more',
      'ep7.mp3',
      '2026-01-02',
      'Untitled',
    ])
  })

  it('keeps the newest of too many', async () => {
    const total = MAX_EPISODES + 500
    const items = Array.from({ length: total }, (_, n) => {
      const date = new Date(Date.UTC(2000, 0, 1) + n * 3_600_000).toISOString()
      return `<item><guid>g${n}</guid><title>t</title><pubDate>${date}</pubDate></item>`
    })
    const feed = await parse(`<rss><channel><title>t</title>${items.join('')}</channel></rss>`)
    expect(feed.episodes).toHaveLength(MAX_EPISODES)
    expect(feed.episodes[0]?.guid).toBe('g500')
    expect(feed.warnings).toEqual(['The feed lists 5500 episodes; the newest 5000 are kept.'])
  })

  it.each([
    ['', 'feed-empty', /answered with an empty file/],
    [' \n\u0000\ufeff ', 'feed-empty', /empty file/],
    ['<rss version="2.0"></rss>', 'feed-empty', /without a show/],
    [
      '<!DOCTYPE html><html><head><title>x</title></head></html>',
      'feed-is-html',
      /Paste the address of the show/,
    ],
    [
      '<html><head><link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2"></head></html>',
      'feed-is-html',
      /names this feed: https:\/\/feed\.example\/rss\?a=1&b=2\. Paste that/,
    ],
    [
      '<html><link rel=alternate type=application/atom+xml href="javascript:x"></html>',
      'feed-is-html',
      /Paste the address of the show/,
    ],
    ['<opml version="2.0"><body/></opml>', 'not-a-feed', /list of subscriptions \(OPML\)/],
    ['%PDF-1.7 <rss>', 'not-a-feed', /not a feed/],
    ['just words', 'not-a-feed', /must lead to an RSS/],
    ['<note><to>x</to></note>', 'not-a-feed', /not a feed/],
    ['{"error":"no"}', 'not-a-feed', /not a feed/],
    ['{"version":', 'not-a-feed', /not a feed/],
    ['<!DOCTYPE rss [<!ENTITY a "', 'not-a-feed', /not a feed/],
    ['<rss><channel><item><title>x</item></channel></rss>', 'feed-broken', /cannot be mended/],
  ])('refuses %.60j', async (text, code, message) => {
    const failure = await failureOf(text)
    expect(failure.code).toBe(code)
    expect(failure.message).toMatch(message)
    expect(failure.message).toContain('https://feed.example/show/feed.xml')
  })

  it('keeps what can be read of a feed that breaks off or holds a broken item', async () => {
    const item = (n: number) => `<item><guid>${n}</guid><title>t${n}</title></item>`
    const start = '<rss version="2.0"><channel><title>t</title>'
    const cut = await parse(`${start}${item(1)}${item(2)}<item><guid>3</guid><title>t3</ti`)
    expect(cut.episodes.map(({ guid }) => guid)).toEqual(['1', '2'])
    expect(cut.warnings).toEqual([
      'The feed breaks off in the middle of an item; the items before it were read.',
    ])
    const loose = await parse(`${start}${item(1)}</channel></rss`)
    expect(loose.episodes).toHaveLength(1)
    const broken = await parse(
      `${start}${item(1)}<item><title>bad</item>${item(2)}</channel></rss>`,
    )
    expect(broken.episodes.map(({ guid }) => guid)).toEqual(['1', '2'])
    expect(broken.warnings).toEqual(['1 of its 3 items cannot be read and were left out.'])
  })
})
