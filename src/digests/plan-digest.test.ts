import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DigestContent, DigestItem } from './digest-content.ts'
import { exampleContent, exampleItem } from './example-digest-content.ts'
import { MAX_HTML_BYTES, MAX_ITEMS, MAX_WIRE_BYTES } from './plan-digest.ts'
import { renderDigest } from './render-digest.ts'
import { measureWireSize, wireBytes } from './wire-size.ts'

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

const sizeOf = ({ html, text }: { html: string; text: string }) => ({
  html: Buffer.byteLength(html),
  wire: wireBytes(measureWireSize(html)) + wireBytes(measureWireSize(text)),
})

describe('the budget', () => {
  const longUrl = (i: number) =>
    `https://murmurcast.example/e/${i}/${'segment-'.repeat(30)}?token=${'ä'.repeat(20)}`
  const worst: [string, (i: number) => Partial<DigestItem>][] = [
    ['plain', () => ({})],
    [
      'long URLs',
      (i) => ({
        pageUrl: longUrl(i),
        moments: exampleItem().moments.map((m) => ({ ...m, url: longUrl(i) })),
      }),
    ],
    [
      'emoji',
      () => ({
        title: '🙂'.repeat(400),
        description: '👩‍👩‍👧‍👦'.repeat(300),
        show: '🎙️'.repeat(99),
      }),
    ],
    ['Chinese', () => ({ title: '潮汐闸门'.repeat(60), description: '港口'.repeat(400) })],
    ['markup', () => ({ title: '<&>"'.repeat(100), description: '"'.repeat(900) })],
    ['one endless URL each', () => ({ pageUrl: `https://a.example/${'x'.repeat(20_000)}` })],
  ]

  it.each(worst)('holds for 200 items: %s', (_name, change) => {
    const content = exampleContent({ items: manyItems(200, change), moreCount: 5 })
    const rendered = renderDigest(content)
    const { html, wire } = sizeOf(rendered)
    expect(html).toBeLessThanOrEqual(MAX_HTML_BYTES)
    expect(wire).toBeLessThanOrEqual(MAX_WIRE_BYTES)
    const shown = rendered.shownEpisodeIds.length
    expect(shown).toBeLessThanOrEqual(MAX_ITEMS)
    expect(rendered.html).toContain(`${205 - shown} more on the web`)
    expect(rendered.text).toContain(`${205 - shown} more on the web`)
    expect(rendered.html).toContain('Unsubscribe')
    expect(rendered.html.endsWith('</html>')).toBe(true)
  })

  it('shows a usual morning in full, and a full morning in part', () => {
    const usual = renderDigest(exampleContent({ items: manyItems(12), stories: [] }))
    expect(usual.html.match(/role="presentation" aria-hidden="true"/g)).toHaveLength(12)
    expect(usual.html).not.toContain('Also new')
    const full = renderDigest(exampleContent({ items: manyItems(40), stories: [] }))
    expect(full.shownEpisodeIds).toHaveLength(40)
    expect(full.html).toContain('Also new')
  })

  it('passes over an item that is too large for any mail and goes on', () => {
    const items = manyItems(3, (i) =>
      i === 0 ? { pageUrl: `https://a.example/${'x'.repeat(90_000)}` } : {},
    )
    const rendered = renderDigest(exampleContent({ items, stories: [] }))
    expect(rendered.shownEpisodeIds).toEqual(['e1', 'e2'])
    expect(rendered.html).toContain('1 more on the web')
  })

  it('holds for any content', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 400 }),
    )
    const item = fc
      .record({
        title: text,
        show: text,
        description: text,
        quote: text,
        label: text,
        size: fc.nat(3000),
      })
      .map(
        ({ quote, label, size, ...rest }): Partial<DigestItem> => ({
          ...rest,
          pageUrl: `https://a.example/${'y'.repeat(size)}`,
          moments: exampleItem().moments.map((m) => ({ ...m, quote, label })),
        }),
      )
    const content = fc
      .record({
        items: fc.array(item, { maxLength: 90 }),
        reasons: fc.array(text, { maxLength: 40 }),
      })
      .map(
        ({ items, reasons }): DigestContent =>
          exampleContent({
            items: items.map((change, i) => exampleItem({ ...change, episodeId: `e${i}` })),
            missing: reasons.map((reason) => ({
              sourceTitle: reason,
              episodeTitle: reason,
              reason,
            })),
          }),
      )
    fc.assert(
      fc.property(content, (any) => {
        const { html, wire } = sizeOf(renderDigest(any))
        expect(html).toBeLessThanOrEqual(MAX_HTML_BYTES)
        expect(wire).toBeLessThanOrEqual(MAX_WIRE_BYTES)
      }),
      { numRuns: 150, seed: 79 },
    )
  }, 60_000)
})

describe('measureWireSize', () => {
  it('counts UTF-8 bytes, halves of pairs included', () => {
    for (const text of ['', 'abc', 'äöü', '潮', '🙂', 'a=b\r\n']) {
      expect(measureWireSize(text).bytes).toBe(Buffer.byteLength(text))
    }
  })
})
