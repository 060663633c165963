import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeHref, escapeHtml, fillPart } from './fill-part.ts'

describe('escapeHtml', () => {
  it.each([
    ['a & b < c > d " e \' f', 'a &amp; b &lt; c &gt; d &quot; e &#39; f'],
    ['&amp;', '&amp;amp;'],
    ['plain – ünïcode 🙂', 'plain – ünïcode 🙂'],
    ['a\0b\x08c\x1bd\x7fe\x85f', 'abcdef'],
    ['line\nfeed\ttab', 'line\nfeed\ttab'],
    ['half \ud83d, half \ude42, \ufffe\uffff', 'half , half , '],
  ])('%j', (text, html) => {
    expect(escapeHtml(text)).toBe(html)
  })

  it('leaves nothing that could open a tag, an attribute or an entity', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('escapeHref', () => {
  it.each([
    ['https://a.example/?b=1&c="', 'https://a.example/?b=1&amp;c=&quot;'],
    ['http://localhost:3000/e/1#t=12', 'http://localhost:3000/e/1#t=12'],
    ['episodes/1.html#t=12', 'episodes/1.html#t=12'],
    ['../x', '../x'],
  ])('takes %s', (href, html) => {
    expect(escapeHref(href)).toBe(html)
  })

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '\x01javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'mailto:a@b.example',
  ])('refuses %j', (href) => {
    expect(() => escapeHref(href)).toThrow(expect.objectContaining({ code: 'digest-link-unsafe' }))
  })
})

describe('fillPart', () => {
  it('fills slots in order, the same one twice too', () => {
    const part = { text: ['<a title="', '">', '</a>'], slots: ['name', 'name'] } as const
    expect(fillPart(part, { name: escapeHtml('x & y') })).toBe('<a title="x &amp; y">x &amp; y</a>')
  })
})
