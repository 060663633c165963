import { existsSync, globSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isFailure } from '../../model/failure.ts'
import { decodeText } from '../../text/decode-text.ts'
import { cleanNotes } from '../../text/html/clean-notes.ts'
import { unsafeParts } from '../../text/html/unsafe-parts.ts'
import { longestTurn } from './longest-turn.ts'
import { parseFeed } from './parse-feed.ts'

const now = new Date('2026-11-23T12:00:00Z')
const url = 'https://feed.example/feed.xml'
/** No input may hold the event loop for longer. */
const MAX_TURN_MS = 100

/** The episodes and warnings, or the code of the refusal. Anything else that is thrown fails. */
async function attempt(text: string) {
  try {
    const { episodes, warnings } = await parseFeed(text, { url, now })
    return { titles: episodes.map(({ title }) => title), warnings }
  } catch (error) {
    if (isFailure(error)) return error.code
    throw error
  }
}

const channel = (body: string, doctype = '') =>
  `<?xml version="1.0"?>${doctype}<rss version="2.0"><channel><title>t</title>${body}</channel></rss>`
const item = (title: string) => `<item><guid>g</guid><title>${title}</title></item>`

const LAUGHS = Array.from(
  { length: 9 },
  (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
).join('')
const OUTSIDE =
  '<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1/p.dtd"> %p;'

describe('parseFeed against attacks', () => {
  const cases: [name: string, text: string, titles: unknown][] = [
    [
      'a billion laughs',
      channel(item('&l9;'), `<!DOCTYPE r [<!ENTITY l0 "lol">${LAUGHS}]>`),
      ['&l9;'],
    ],
    [
      'one long entity used often',
      channel(item('&a;&a;'), `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(50_000)}">]>`),
      ['&a;&a;'],
    ],
    ['outside entities', channel(item('&x;'), `<!DOCTYPE r [${OUTSIDE}]>`), ['&x;']],
    ['entities in CDATA', channel(item('<![CDATA[&x;]]>'), `<!DOCTYPE r [${OUTSIDE}]>`), ['&x;']],
    [
      'an old document type',
      channel(
        item('fine'),
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
      ),
      ['fine'],
    ],
    [
      'names of prototypes',
      channel(
        `<__proto__>x</__proto__><constructor>y</constructor>${'<item><__proto__/><title __proto__="x">fine</title></item>'}`,
      ),
      ['fine'],
    ],
    ['control signs', channel(item('a\u0000b\u0001c\u001f')), ['abc']],
    ['words before the declaration', `junk \n${channel(item('fine'))}`, ['fine']],
    ['undeclared entities', channel(item('a &bogus; b&gtgt; c &eacute;')), ['a &bogus; b> c é']],
  ]
  it.each(cases)('%s', async (_name, text, titles) => {
    expect(await attempt(text)).toMatchObject({ titles })
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  it('is not changed by the names of prototypes in JSON', async () => {
    const text = `{"version":"https://jsonfeed.org/version/1","title":"t","__proto__":{"polluted":1},
      "items":[{"id":"1","title":"fine","__proto__":{"url":"x"},"constructor":{"prototype":{"polluted":1}}}]}`
    expect(await attempt(text)).toMatchObject({ titles: ['fine'] })
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  })

  const floods: [name: string, text: () => string][] = [
    ['deep nesting', () => channel('<a>'.repeat(100_000))],
    [
      'deep nesting in an item',
      () => channel(`<item>${'<a>'.repeat(100_000)}</item>${item('fine')}`),
    ],
    ['a hundred thousand items', () => channel('<item><title>x</title></item>'.repeat(100_000))],
    ['items that all hold the same guid', () => channel(item('x').repeat(50_000))],
    ['items that all are broken', () => channel('<item><title>x</item>'.repeat(20_000))],
    ['one item of many elements', () => channel(`<item>${'<x/>'.repeat(500_000)}</item>`)],
    [
      'one item of much text',
      () =>
        channel(
          `<item><title>x</title><description>${'w '.repeat(4_000_000)}</description></item>`,
        ),
    ],
    [
      'a long attribute',
      () => channel(`<item x="${'a'.repeat(5_000_000)}"><title>x</title></item>`),
    ],
    [
      'many attributes',
      () => channel(`<item ${Array.from({ length: 50_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`),
    ],
    [
      'many declarations of prefixes',
      () =>
        channel(
          Array.from(
            { length: 30_000 },
            (_, n) => `<item xmlns:p${n}="u${n}"><title>x</title></item>`,
          ).join(''),
        ),
    ],
    ['references', () => channel(item('&#65;'.repeat(1_000_000)))],
    ['bare ampersands', () => channel(item('&'.repeat(2_000_000)))],
    ['sections', () => channel(item('<![CDATA[x]]>'.repeat(100_000)))],
    ['sections that never end', () => channel(`<item>${'<![CDATA['.repeat(300_000)}`)],
    ['comments', () => channel('<!-- <item> -->'.repeat(200_000) + item('fine'))],
    ['items that never end', () => channel('<item><title>x'.repeat(100_000))],
    ['angle brackets', () => channel('<'.repeat(3_000_000))],
    ['white space', () => ' '.repeat(10_000_000)],
    ['a page', () => `<html>${'<link rel="alternate" '.repeat(300_000)}`],
    ['comments before a page', () => `${'<!-- x -->'.repeat(300_000)}<html>`],
    ['a document type that never ends', () => `<!DOCTYPE r [${'<!ENTITY a "b">'.repeat(300_000)}`],
    [
      'a table of contents',
      () =>
        `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>t</title><items><rdf:Seq>${Array.from({ length: 20_000 }, (_, n) => `<rdf:li rdf:resource="u${n}"/>`).join('')}</rdf:Seq></items></channel>${Array.from({ length: 20_000 }, (_, n) => `<item rdf:about="u${n}"><title>x</title></item>`).join('')}</rdf:RDF>`,
    ],
  ]
  it.each(floods)('%s: no turn of the event loop is held', async (_name, text) => {
    const given = text()
    const { ms } = await longestTurn(() => attempt(given))
    expect(ms).toBeLessThan(MAX_TURN_MS)
  })
})

const HOSTILE = '../shared/fixtures/hostile'
describe.skipIf(!existsSync(HOSTILE))('collected attacks (skipped without ../shared)', () => {
  it.each(existsSync(HOSTILE) ? globSync(`${HOSTILE}/bombs/*.{xml,rss.gz}`) : [])(
    '%s',
    async (file) => {
      const bytes = readFileSync(file)
      const raw =
        file.includes('200mb') || file.includes('truncated') ? bytes : unpacked(bytes, file)
      const text = decodeText(raw)
      const { ms } = await longestTurn(() => attempt(text))
      expect(ms).toBeLessThan(MAX_TURN_MS)
    },
  )

  it('entities: every one that HTML declares is read, others stay as they are', async () => {
    for (const file of globSync(`${HOSTILE}/xml-entities/*.xml`)) {
      await attempt(decodeText(readFileSync(file)))
    }
  })

  it('notes of attacking feeds are harmless after cleaning', async () => {
    for (const file of globSync(`${HOSTILE}/xss/feedparser-sanitize/*.xml`)) {
      const feed = await parseFeed(decodeText(readFileSync(file)), { url, now }).catch(
        (error: unknown) => {
          if (isFailure(error)) return null
          throw error
        },
      )
      for (const { notesRaw, link } of feed?.episodes ?? []) {
        expect(unsafeParts(cleanNotes(notesRaw).html), file).toEqual([])
        expect(link ?? 'https:', file).toMatch(/^https?:/)
      }
    }
  })
})

function unpacked(bytes: Buffer, file: string): Buffer {
  return file.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: 30_000_000 }) : bytes
}
