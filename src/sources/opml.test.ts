import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MAX_OUTLINES, parseOpml, renderOpml } from './opml.ts'
import { spreadChecks } from './spread-checks.ts'

const opml = (body: string) =>
  `<?xml version="1.0"?><opml version="2.0"><body>${body}</body></opml>`

describe('parseOpml', () => {
  it('opens folders, makes titles plain and passes over what is no feed', () => {
    const list = parseOpml(
      opml(`<outline text="News"><outline text="Deep">
        <outline type="rss" text="&lt;b&gt;Salt&lt;/b&gt; &amp;amp; Pepper" xmlUrl=" https://a.example/feed?x=1&amp;y=2 " htmlUrl="https://a.example"/>
      </outline></outline>
      <outline TYPE="rss" title="T" text="t" XMLURL="b.example/feed" htmlUrl="javascript:alert(1)"></outline>
      <outline type="link" text="A page" url="https://page.example"/><outline xmlUrl=""/>`),
    )
    expect(list).toEqual({
      outlines: [
        {
          title: 'Salt & Pepper',
          url: 'https://a.example/feed?x=1&y=2',
          siteUrl: 'https://a.example/',
        },
        { title: 'T', url: 'b.example/feed', siteUrl: null },
      ],
      leftOut: 0,
    })
  })

  it('reads what comes before a break', () => {
    const { outlines } = parseOpml(
      '<opml><body><outline xmlUrl="https://a.example"/><outline xmlUrl="ht',
    )
    expect(outlines).toHaveLength(1)
  })

  it.each([
    ['', 'not-opml'],
    ['<rss><channel/></rss>', 'not-opml'],
    ['<outline xmlUrl="https://a.example"/>', 'not-opml'],
    [
      '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><body/></opml>',
      'opml-with-entities',
    ],
    ['<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml/>', 'opml-with-entities'],
    [' '.repeat(16_000_001), 'opml-too-large'],
  ])('refuses %.60j', (text, code) => {
    expect(() => parseOpml(text)).toThrow(expect.objectContaining({ code, blame: 'caller' }))
  })

  it.each([
    [
      '10,000 outlines',
      '<outline text="t" xmlUrl="https://a.example/1"/>'.repeat(10_000),
      MAX_OUTLINES,
    ],
    ['100,000 outlines', '<outline xmlUrl="https://a.example/1"/>'.repeat(100_000), MAX_OUTLINES],
    ['a depth of 10,000', '<outline text="f">'.repeat(10_000), 0],
    ['attributes without end', `<outline ${'a="b" '.repeat(100_000)}/>`, 0],
  ])('bounds %s', (_, body, kept) => {
    const start = performance.now()
    expect(parseOpml(opml(body)).outlines).toHaveLength(kept)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

it('writes what it reads', () => {
  const entries = [
    {
      title: 'A & "B" <c>\u0007',
      url: 'https://a.example/feed?x=1&y=2',
      siteUrl: 'https://a.example/',
    },
    { title: 'Mine', url: null, siteUrl: null },
  ]
  const text = renderOpml(entries, new Date('2026-11-23T12:00:00Z'))
  expect(parseOpml(text).outlines).toEqual([
    { title: 'A & "B" <c>', url: 'https://a.example/feed?x=1&y=2', siteUrl: 'https://a.example/' },
  ])
  expect(text).toContain('<outline type="rss" text="Mine" title="Mine" description="The address')
})

it('spreads first checks by order and by host', () => {
  const urls = [
    'https://a.example/1',
    'https://b.example/1',
    'https://a.example/2',
    'https://a.example/3',
  ]
  expect(spreadChecks(urls)).toEqual([0, 1_000, 10_000, 20_000])
})

const LISTS = '../shared/fixtures/feeds/references-with-expected-json/feedsmith'
describe.skipIf(!existsSync(LISTS))('collected lists (skipped without ../shared)', () => {
  it('are all read', () => {
    const counts = globSync(`${LISTS}/*.opml`).map(
      (file) => parseOpml(readFileSync(file, 'utf8')).outlines.length,
    )
    expect(counts.length).toBeGreaterThanOrEqual(6)
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(13)
  })
})
