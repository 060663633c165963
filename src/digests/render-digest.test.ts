import { describe, expect, it } from 'vitest'
import type { DigestItem } from './digest-content.ts'
import { digestContentSchema } from './digest-content.ts'
import { exampleContent, exampleItem } from './example-digest-content.ts'
import type { FragmentCache } from './plan-digest.ts'
import { renderDigest } from './render-digest.ts'

const linksOf = (html: string) => [
  ...new Set([...html.matchAll(/ href="([^"]*)"/g)].map((m) => m[1]?.replaceAll('&amp;', '&'))),
]
const urlsIn = (text: string) => [...new Set(text.match(/https?:\/\/\S+/g) ?? [])]

function manyItems(count: number, change: (i: number) => Partial<DigestItem> = () => ({})) {
  return Array.from({ length: count }, (_, i) =>
    exampleItem({
      episodeId: `e${i}`,
      title: `Episode number ${i}`,
      pageUrl: `https://murmurcast.example/episodes/${i}`,
      moments: exampleItem().moments.map((m, j) => ({ ...m, url: `https://m.example/${i}/${j}` })),
      ...change(i),
    }),
  )
}

describe('renderDigest', () => {
  it('gives the same bytes for the same content, cached or not, after JSON too', () => {
    const content = exampleContent()
    const once = renderDigest(content)
    expect(renderDigest(exampleContent())).toEqual(once)
    const cache: FragmentCache = new WeakMap()
    renderDigest(content, cache)
    expect(renderDigest(content, cache)).toEqual(once)
    const stored = digestContentSchema.parse(JSON.parse(JSON.stringify(content)))
    expect(renderDigest(stored)).toEqual(once)
  })

  it('tells each item with its show, quotations, speakers, times and origin', () => {
    const { html, text } = renderDigest(exampleContent())
    for (const part of [html, text.replace(/\s+/g, ' ')]) {
      expect(part).toContain('Harbour Light')
      expect(part).toContain('45 min · 4 min read · Interview · News')
      expect(part).toContain('“The first rule of a tidal gate is that it must never slam.”')
      expect(part).toContain('Henrike Daswani')
      expect(part).toContain('24:50')
      expect(part).toContain('Paragraph 5')
      expect(part).toContain('Listen from 18:30')
      expect(part).toContain('Quoted from the publisher’s transcript.')
      expect(part).toContain('7 chapters')
    }
  })

  it('tells a story once, before its tellings, with both sides', () => {
    const { html, text } = renderDigest(exampleContent())
    for (const part of [html, text.replace(/\s+/g, ' ')]) {
      expect(part.match(/told by 2 sources/gi)).toHaveLength(1)
      expect(part.indexOf('The Narrows Barrier')).toBeLessThan(
        part.indexOf('The sea gate, and the'),
      )
      expect(part).toContain('520 million crowns')
    }
  })

  it('keeps the tellings of a story together', () => {
    const content = exampleContent()
    const [first, second, third] = content.items
    if (!first || !second || !third) throw new Error('the example has three items')
    const { shownEpisodeIds } = renderDigest({ ...content, items: [first, third, second] })
    expect(shownEpisodeIds).toEqual(['e1', 'e2', 'e3'])
  })

  it('labels what is carried over, in both parts', () => {
    const { html, text } = renderDigest(exampleContent({ carriedEpisodeIds: ['e2'] }))
    for (const part of [html, text]) {
      expect(part.match(/From yesterday, in case it did not arrive/g)).toHaveLength(1)
    }
    const weekly = renderDigest(exampleContent({ carriedEpisodeIds: ['e2'], edition: 'weekly' }))
    expect(weekly.html).toContain('From last week, in case it did not arrive')
  })

  it('says what is missing and why, and when there is nothing at all', () => {
    const { html, text } = renderDigest(exampleContent({ items: [], stories: [] }))
    for (const part of [html, text]) {
      expect(part).toContain('Nothing new today')
      expect(part).toContain('Bench and Tide: Sharpening a plane iron')
      expect(part).toContain('Captions are not out yet.')
      expect(part).toContain('https://murmurcast.example/unsubscribe/abc')
    }
    expect(renderDigest(exampleContent({ missing: [] })).html).not.toContain('Missing today')
  })
})

describe('the HTML part', () => {
  const { html } = renderDigest(exampleContent())

  it('loads nothing from anywhere and runs nothing', () => {
    expect(html).not.toMatch(/<(?:img|script|link|iframe|object|form|video|audio|svg)\b/i)
    expect(html).not.toMatch(/url\(|@import|\bon\w+=|src=|background="/i)
    const hosts = linksOf(html).map((href) => URL.parse(href ?? '')?.host)
    expect(new Set(hosts)).toEqual(new Set(['murmurcast.example']))
  })

  it('hides nothing', () => {
    expect(html).not.toMatch(
      /display:\s*none|visibility:\s*hidden|opacity:\s*0|mso-hide|max-height:\s*0/i,
    )
  })

  it('names its language and itself, and marks layout as layout', () => {
    expect(html).toMatch(/<html lang="en"/)
    expect(html).toContain('<title>murmurcast, Monday 23 November 2026</title>')
    const tables = html.match(/<table\b[^>]*>/g) ?? []
    expect(tables.length).toBeGreaterThan(3)
    expect(tables.every((table) => table.includes('role="presentation"'))).toBe(true)
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    expect(html).toContain('prefers-color-scheme:dark')
  })

  it('opens and closes its elements in pairs', () => {
    for (const tag of [
      'div',
      'table',
      'tr',
      'td',
      'p',
      'a',
      'h1',
      'h2',
      'blockquote',
      'b',
      'span',
    ]) {
      const visible = html.replace(/<!--[\s\S]*?-->/g, '')
      const opened = visible.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0
      const closed = visible.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0
      expect([tag, opened]).toEqual([tag, closed])
    }
  })

  it('lets no publisher’s text become markup', () => {
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'--><!--{{url}}`
    const item = exampleItem({
      title: evil,
      show: evil,
      description: evil,
      language: evil,
      moments: [
        {
          label: evil,
          quote: evil,
          speaker: evil,
          at: { unit: 'time', start: 1 },
          url: 'https://a.example/"><b>',
        },
      ],
    })
    const base = exampleContent()
    const story = { title: evil, episodeIds: ['e1', 'e2'], differences: [] }
    const shown = renderDigest({
      ...base,
      items: [item, exampleItem({ episodeId: 'e2' })],
      stories: [story],
      missing: [{ sourceTitle: evil, episodeTitle: evil, reason: evil }],
    }).html
    expect(shown).not.toMatch(/<script|<img|<b>"|onerror=alert\(1\)>/)
    expect(shown).toContain('&lt;script&gt;')
    // A slot's name in a text is text.
    expect(shown).toContain('{{url}}')
  })

  it('refuses a link that is none', () => {
    const item = exampleItem({ pageUrl: 'javascript:alert(1)' })
    expect(() => renderDigest(exampleContent({ items: [item] }))).toThrow(
      expect.objectContaining({ code: 'digest-link-unsafe' }),
    )
  })
})

describe('the text part', () => {
  it('has the same items, links and ways out as the HTML', () => {
    for (const content of [
      exampleContent(),
      exampleContent({ items: manyItems(60), moreCount: 7 }),
      exampleContent({ items: [], stories: [] }),
      exampleContent({
        missing: Array.from({ length: 30 }, (_, i) => ({
          sourceTitle: `S${i}`,
          episodeTitle: null,
          reason: 'gone',
        })),
      }),
    ]) {
      const { html, text } = renderDigest(content)
      expect(urlsIn(text).sort()).toEqual(linksOf(html).sort())
    }
  })

  it('is plain text in lines of mail length', () => {
    const { text } = renderDigest(exampleContent({ items: manyItems(30) }))
    const prose = text.split('\n').filter((line) => !line.includes('https://'))
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(78)
    expect(text).not.toMatch(/<[a-z]+|&(?:amp|lt|quot|#39);/i)
    expect(text.endsWith('\n')).toBe(true)
  })
})
