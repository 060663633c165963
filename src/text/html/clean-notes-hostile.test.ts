import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanNotes } from './clean-notes.ts'
import { unsafeParts } from './unsafe-parts.ts'

const VECTORS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<xmp><script>alert(1)</script></xmp>',
  '<textarea></textarea><img src=x onerror=alert(1)></textarea>',
  '<plaintext><script>alert(1)</script>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javas&#99;ript:alert(1)">x</a>',
  '<a href="&#x6A;avascript:alert(1)">x</a>',
  '<a href="https://e.org/&quot;onmouseover=&quot;alert(1)">x</a>',
  "<a href='https://e.org/\"><script>alert(1)</script>'>x</a>",
  '<base href="javascript:/a/+alert(1)//"><meta http-equiv=refresh content="0;url=javascript:x">',
  '<form action="javascript:x"><input type=password><button formaction="javascript:x">b</button></form>',
  '<p style="position:fixed;background:url(javascript:x)" id=location class=x>y</p>',
  '<template><script>alert(1)</script></template><object data="x"></object><embed src="x">',
  '<<script>script>alert(1)<</script>/script>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '&lt;img src=x onerror=alert(1)&gt;&lt;p&gt;x',
  '&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;&amp;lt;p&amp;gt;',
  'https://e.org/"onmouseover="alert(1)',
  "https://e.org/'><script>alert(1)</script>",
  '0:00 <img src=x onerror=alert(1)>\n1:00 <script>alert(1)</script>',
  '<a href="#t=1&quot;onclick=x">1</a>',
]

describe('cleanNotes against attacks', () => {
  it.each(VECTORS)('%s', (raw) => {
    expect(unsafeParts(cleanNotes(raw).html)).toEqual([])
  })

  it('is safe for anything made of the parts of attacks', () => {
    const parts = [
      '<',
      '>',
      '/',
      '"',
      "'",
      '&',
      ';',
      '=',
      ' ',
      '\n',
      '\t',
      '\0',
      '!--',
      '-->',
      ']]>',
      '<![CDATA[',
    ]
    const words = [
      'script',
      'a',
      'href',
      'onclick',
      'svg',
      'style',
      'p',
      'br',
      'javascript:',
      'lt',
      '#60',
      '0:00',
      '1:10',
    ]
    const soup = fc.array(fc.constantFrom(...parts, ...words, 'https://e.org/'), { maxLength: 60 })
    fc.assert(
      fc.property(soup, (pieces) => {
        const notes = cleanNotes(pieces.join(''))
        expect(unsafeParts(notes.html)).toEqual([])
        for (const { url } of notes.links) expect(url).toMatch(/^(?:https?:\/\/|mailto:)/)
      }),
      { numRuns: 2000 },
    )
  })

  it('gives its own output again when it is cleaned twice', () => {
    const once = cleanNotes('<p>One <b>two</b><br>three</p><ul><li>x<li>y</ul>').html
    expect(cleanNotes(once).html).toBe(once)
  })
})

const SIZE = 400_000
const FLOODS: Record<string, string> = {
  nesting: '<b>'.repeat(SIZE / 3),
  'closing tags that match nothing': '<b></i>'.repeat(SIZE / 7),
  lists: '<ul><li>'.repeat(SIZE / 8),
  'angle brackets': '<'.repeat(SIZE),
  references: '&amp;'.repeat(SIZE / 5),
  anchors: '<a href="https://e.org/x">'.repeat(SIZE / 26),
  addresses: 'http://a.b '.repeat(SIZE / 11),
  'open brackets in an address': `http://${'('.repeat(SIZE)}`,
  'times in a line': '1:05 a '.repeat(SIZE / 7),
  'lines of times': '1:05 a\n'.repeat(SIZE / 7),
  spaces: ' '.repeat(SIZE),
  'spaces kept': `<pre>${' '.repeat(SIZE)}- x`,
  'line breaks': '<br>'.repeat(SIZE / 4),
  attributes: `<a ${'x=1 '.repeat(SIZE / 4)}>`,
  'looks that change': '<em>a</em> '.repeat(SIZE / 11),
  'unclosed quotes': '<a href="'.repeat(SIZE / 9),
  'comments that never end': '<!--'.repeat(SIZE / 4),
}

describe('cleanNotes under floods', () => {
  it.each(Object.entries(FLOODS))('%s: a fraction of a second of work', (_name, raw) => {
    const before = process.cpuUsage()
    const notes = cleanNotes(raw)
    const { user } = process.cpuUsage(before)
    expect(user / 1000).toBeLessThan(500)
    expect(unsafeParts(notes.html)).toEqual([])
  })
})

const XSS = '../shared/fixtures/hostile/xss'
describe.skipIf(!existsSync(XSS))('the collected attacks (skipped without ../shared)', () => {
  it('DOMPurify: leaves nothing that could run', () => {
    const vectors: { payload: string }[] = JSON.parse(
      readFileSync(`${XSS}/dompurify-expect.json`, 'utf8'),
    )
    expect(vectors.length).toBeGreaterThan(100)
    for (const { payload } of vectors)
      expect(unsafeParts(cleanNotes(payload).html), payload).toEqual([])
  })

  it('feedparser: leaves nothing that could run, as HTML and as text of the file', () => {
    const folder = `${XSS}/feedparser-sanitize`
    for (const file of readdirSync(folder)) {
      const raw = readFileSync(`${folder}/${file}`, 'utf8')
      expect(unsafeParts(cleanNotes(raw).html), file).toEqual([])
    }
  })
})
