import { expect, it } from 'vitest'
import { readPageLinks } from './read-page-links.ts'

it('reads links, metas and the base of a page', () => {
  const page = readPageLinks(`<!doctype html><html><head><base href="/blog/">
    <link REL="Alternate" type="application/RSS+xml" title="A &amp; B" href="feed?a=1&amp;b=2">
    <link rel=stylesheet><meta name=Generator content="WordPress 6"><meta name=generator content=x>
    <meta itemprop="identifier" content="UC1"></head>
    <body><a href="/rss">All <b>news</b> as RSS</a><a>none</a></body>`)
  expect(page).toEqual({
    base: '/blog/',
    links: [
      { rel: 'alternate', type: 'application/rss+xml', title: 'A & B', href: 'feed?a=1&b=2' },
    ],
    anchors: [{ rel: '', type: '', title: 'All news as RSS', href: '/rss' }],
    metas: new Map([
      ['generator', 'WordPress 6'],
      ['identifier', 'UC1'],
    ]),
  })
})

it.each([
  ['tags that never end', '<link '.repeat(200_000)],
  ['links without end', '<a href=x>'.repeat(120_000)],
  ['open comments', '<!--'.repeat(300_000)],
  ['deep nesting', '<div>'.repeat(240_000)],
  ['attributes', `<a ${'b=c '.repeat(300_000)}>`],
])('bounds %s', (_, html) => {
  const start = performance.now()
  const { links, anchors } = readPageLinks(html)
  expect(links.length + anchors.length).toBeLessThanOrEqual(2_000)
  // A loaded machine is several times slower than the 100 ms that are allowed.
  expect(performance.now() - start).toBeLessThan(1_000)
})
