import { existsSync, globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../text/decode-text.ts'
import { outlineFeed } from './outline-feed.ts'
import { readInSlices, readWhole } from './read-in-slices.ts'
import type { XmlFeed } from './read-xml.ts'
import { recogniseFeed } from './recognise-feed.ts'

const context = { url: 'https://feed.example/feed.xml', now: new Date('2026-11-23T12:00:00Z') }

function xmlOf(text: string): XmlFeed | null {
  try {
    const feed = recogniseFeed(text, context.url)
    return feed.format === 'xml' ? feed : null
  } catch {
    return null
  }
}

/** What one parse of the whole gives, or null when the parser refuses it. */
function whole(feed: XmlFeed) {
  try {
    const { head, drafts } = readWhole(feed, context)
    return { head, drafts }
  } catch {
    return null
  }
}

const EMPTY = { has: () => false }

/** Sliced and whole reading agree, with nothing, half and all of the guids known. */
async function expectSame(feed: XmlFeed, label: string) {
  const expected = whole(feed)
  if (expected === null) return false
  const sliced = await readInSlices(feed, { ...context, knownGuids: EMPTY })
  if (sliced.warnings.length > 0) return false
  expect({ head: sliced.head, drafts: sliced.drafts }, label).toEqual(expected)
  for (const every of [2, 1]) {
    const known = new Set(
      expected.drafts.flatMap(({ guid }, n) => (guid !== null && n % every === 0 ? [guid] : [])),
    )
    const part = await readInSlices(feed, { ...context, knownGuids: known })
    const isNew = ({ guid }: { guid: string | null }) => guid === null || !known.has(guid)
    expect(part.head, label).toEqual(expected.head)
    expect(part.drafts.filter(isNew), label).toEqual(expected.drafts.filter(isNew))
  }
  return true
}

const FOLDERS = '../shared/fixtures'
describe.skipIf(!existsSync(FOLDERS))('slices and whole (skipped without ../shared)', () => {
  it('agree on every collected feed that both can read', async () => {
    const files = globSync(
      `${FOLDERS}/{feeds,youtube,hostile/xss,hostile/xml-entities}/**/*.{xml,rss,atom}`,
    )
    let agreed = 0
    for (const file of files) {
      const feed = xmlOf(decodeText(readFileSync(file)))
      if (feed !== null && (await expectSame(feed, file))) agreed++
    }
    expect(agreed).toBeGreaterThan(800)
  }, 120_000)
})

const text = fc.constantFrom(
  'words',
  'a &amp; b',
  '<![CDATA[<item> & </item>]]>',
  '<!-- <guid>no</guid> -->',
  '',
  '&copy;',
  '<b>x</b>',
)
const guid = fc.constantFrom(
  '<guid>1</guid>',
  '<guid>2</guid>',
  '<guid isPermaLink="false"> 3 </guid>',
  '<guid><![CDATA[4&5]]></guid>',
  '<guid>6&amp;7</guid>',
  '<guid>8</guid><guid>9</guid>',
  '<guid/>',
  '<GUID>10</GUID>',
  '',
)
const element = fc.oneof(
  text.map((words) => `<title>${words}</title>`),
  text.map((words) => `<description>${words}</description>`),
  fc.constantFrom(
    '<link>https://e.org/1</link>',
    '<enclosure url="x.mp3" type="audio/mpeg" length="3"/>',
    '<pubDate>2026-01-02</pubDate>',
    '<itunes:duration>1:00</itunes:duration>',
    '<source url="y"><title>s</title></source>',
    '<media:group xmlns:media="http://search.yahoo.com/mrss/"><media:title>m</media:title></media:group>',
  ),
)
const item = fc
  .tuple(
    guid,
    fc.array(element, { maxLength: 4 }),
    fc.constantFrom('<item>', '<item\n>', '<item rdf:about="x">'),
  )
  .map(([id, elements, open]) => `${open}${id}${elements.join('')}</item>`)
const filler = fc.constantFrom(
  '',
  '\n',
  '<!-- <item> -->',
  '<ttl>5</ttl>',
  '<item/>',
  '<items>x</items>',
  '<itunes:author>A</itunes:author>',
  '<![CDATA[<item>]]>',
)

describe('slices and whole', () => {
  it('agree on generated feeds', async () => {
    const body = fc.array(fc.oneof({ weight: 3, arbitrary: item }, filler), { maxLength: 12 })
    let agreed = 0
    await fc.assert(
      fc.asyncProperty(body, async (parts) => {
        const feed = xmlOf(
          `<?xml version="1.0"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>t</title>${parts.join('')}</channel></rss>`,
        )
        if (feed !== null && (await expectSame(feed, 'generated'))) agreed++
      }),
      { numRuns: 150 },
    )
    expect(agreed).toBeGreaterThan(75)
  }, 60_000)

  it.each([
    [
      'items with a prefix',
      '<rss><channel><x:item xmlns:x="u"><title>a</title></x:item></channel></rss>',
    ],
    [
      'items within items',
      '<rss><channel><item><title>a</title><item><title>b</title></item></item></channel></rss>',
    ],
    [
      'items in two places',
      '<rss><channel><item><title>a</title></item></channel><item><title>b</title></item></rss>',
    ],
    [
      'two spellings',
      '<rss><channel><item><title>a</title></item><ITEM><title>b</title></ITEM></channel></rss>',
    ],
    [
      'a prefix with two meanings',
      '<rss><channel><item xmlns:x="u1"><x:y/></item><item xmlns:x="u2"><x:y/></item></channel></rss>',
    ],
  ])('fall back to the whole for %s', async (_name, xml) => {
    expect(await outlineFeed(xml, 'rss')).toBeNull()
    const feed: XmlFeed = { root: 'rss', xml: `${xml}` }
    const expected = whole(feed)
    if (expected !== null) expect(await readInSlices(feed, context)).toMatchObject(expected)
  })

  it('tells the guid of an item only when it is certain', async () => {
    const guids = async (body: string) => {
      const outline = await outlineFeed(`<rss><channel><item>${body}</item></channel></rss>`, 'rss')
      return outline?.items.map((span) => span.guid)
    }
    expect(await guids('<guid isPermaLink="true"> a </guid>')).toEqual(['a'])
    expect(await guids('<guid><![CDATA[ a ]]></guid>')).toEqual(['a'])
    expect(await guids('<guid>a&amp;b</guid>')).toEqual([null])
    expect(await guids('<guid>a</guid><guid>b</guid>')).toEqual([null])
    expect(await guids('<description><![CDATA[<guid>no</guid>]]></description>')).toEqual([null])
    expect(await guids('<!-- <guid>no</guid> -->')).toEqual([null])
    expect(await guids('<guid/>')).toEqual([null])
    expect(await guids('<guidance>x</guidance>')).toEqual([null])
    expect(await guids('')).toEqual([null])
  })
})
