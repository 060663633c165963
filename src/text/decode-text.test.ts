import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeText, decodeTextInSlices } from './decode-text.ts'

function bytes(text: string, encoding: string, options?: { addBOM: boolean }): Uint8Array {
  return iconv.encode(text, encoding, options)
}

const XML = (encoding: string, words: string) =>
  `<?xml version="1.0" encoding="${encoding}"?><t>${words}</t>`

describe('decodeText', () => {
  const WORDS = 'Zażółć — “Привет” 日本語 🎙'
  const cases: [name: string, given: Uint8Array, contentType: string | null, words: string][] = [
    ['UTF-8', bytes(WORDS, 'utf8'), null, WORDS],
    ['UTF-8 with a mark', bytes(WORDS, 'utf8', { addBOM: true }), null, WORDS],
    ['UTF-16LE with a mark', bytes(WORDS, 'utf-16le', { addBOM: true }), null, WORDS],
    ['UTF-16BE with a mark', bytes(`\ufeff${WORDS}`, 'utf-16be'), null, WORDS],
    ['UTF-16LE without a mark', bytes(XML('utf-16', WORDS), 'utf-16le'), null, WORDS],
    ['UTF-16BE without a mark', bytes(XML('utf-16', WORDS), 'utf-16be'), null, WORDS],
    ['UTF-32LE with a mark', bytes(`\ufeff${WORDS}`, 'utf-32le'), null, WORDS],
    ['UTF-32BE with a mark', bytes(`\ufeff${WORDS}`, 'utf-32be'), null, WORDS],
    ['a header', bytes('Привет', 'koi8-r'), 'text/xml; charset=KOI8-R', 'Привет'],
    ['a header in quotes', bytes('Привет', 'koi8-r'), 'text/xml; charset="koi8-r"', 'Привет'],
    ['a declaration', bytes(XML('windows-1251', 'Привет'), 'windows-1251'), null, 'Привет'],
    [
      'a header before a declaration',
      bytes(XML('koi8-r', 'Привет'), 'windows-1251'),
      'text/xml; charset=windows-1251',
      'Привет',
    ],
    [
      'a meta element',
      bytes('<html><head><meta charset="euc-jp"></head>日本語', 'euc-jp'),
      'text/html',
      '日本語',
    ],
    [
      'Latin-1 meaning Windows-1252',
      bytes(XML('ISO-8859-1', '“5 €”'), 'windows-1252'),
      null,
      '“5 €”',
    ],
    ['Latin-2', bytes(XML('iso-8859-2', 'Zażółć'), 'iso-8859-2'), null, 'Zażółć'],
    ['GB2312', bytes(XML('gb2312', '新闻国内'), 'gb18030'), null, '新闻国内'],
    ['Big5', bytes(XML('big5', '新聞'), 'big5'), null, '新聞'],
    ['Shift_JIS', bytes(XML('Shift_JIS', '日本語'), 'cp932'), null, '日本語'],
    ['EUC-KR', bytes(XML('euc-kr', '한국어'), 'cp949'), null, '한국어'],
    [
      'UTF-8 that calls itself Latin-1',
      bytes(XML('iso-8859-1', 'Café'), 'utf8'),
      'text/xml; charset=iso-8859-1',
      'Café',
    ],
    ['UTF-8 that calls itself UTF-16', bytes(XML('utf-16', 'Café'), 'utf8'), null, 'Café'],
    [
      'Windows-1252 that calls itself UTF-8',
      bytes(XML('utf-8', 'Café – 5 €'), 'windows-1252'),
      null,
      'Café – 5 €',
    ],
    [
      'a label that nobody knows',
      bytes(XML('x-bogus', 'Café'), 'windows-1252'),
      'text/xml; charset=none',
      'Café',
    ],
  ]
  it.each(cases)('reads %s', async (_name, given, contentType, words) => {
    expect(decodeText(given, { contentType })).toContain(words)
    expect(await decodeTextInSlices(given, { contentType })).toBe(
      decodeText(given, { contentType }),
    )
  })

  it('keeps damaged UTF-8 as UTF-8 where most of it is sound', () => {
    const damaged = Buffer.concat([
      bytes('日本語'.repeat(20), 'utf8'),
      Buffer.from([0xff]),
      bytes('語', 'utf8'),
    ])
    expect(decodeText(damaged)).toMatch(/^日本語.*\ufffd語$/s)
  })

  it('gives no NUL, no mark and no lone surrogate', () => {
    expect(decodeText(Buffer.from('a\u0000b\u0000'))).toBe('ab')
    expect(decodeText(Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x61, 0x00]))).toBe('\ufffda')
    // Overlong and surrogate sequences are no UTF-8.
    expect(decodeText(Buffer.from([0xef, 0xbb, 0xbf, 0xc0, 0x80, 0xed, 0xa0, 0x80]))).not.toMatch(
      /[\0\ud800-\udfff]/,
    )
  })

  it('takes any bytes, in one piece or in slices', async () => {
    const anyBytes = fc.uint8Array({ maxLength: 300 })
    const labels = fc.constantFrom(
      null,
      'text/xml; charset=utf-16',
      'x; charset=iso-2022-jp',
      'x; charset=big5',
      'x; charset=utf-7',
    )
    await fc.assert(
      fc.asyncProperty(anyBytes, labels, async (given, contentType) => {
        const text = decodeText(given, { contentType })
        expect(text.isWellFormed()).toBe(true)
        expect(text).not.toContain('\u0000')
        expect(await decodeTextInSlices(given, { contentType })).toBe(text)
      }),
    )
  })

  it('does not tear a sign at the edge of a slice', async () => {
    const words = `x${'日本'.repeat(400_000)}`
    expect(await decodeTextInSlices(bytes(words, 'utf8'))).toBe(words)
  })
})

const MALFORMED = '../shared/fixtures/feeds/malformed'
describe.skipIf(!existsSync(MALFORMED))('collected encodings (skipped without ../shared)', () => {
  it.each([
    ['miniflux-encoding/encoding__testdata__iso-8859-1.xml', 'Café'],
    ['miniflux-encoding/encoding__testdata__windows-1252.xml', 'Euro €'],
    ['miniflux-encoding/encoding__testdata__windows-1252-incorrect-prolog.xml', 'Euro €'],
    ['miniflux-encoding/encoding__testdata__utf8-incorrect-prolog.xml', '테스트 피드'],
    ['miniflux-encoding/encoding__testdata__koi8r.xml', 'Пример RSS ленты'],
    ['miniflux-encoding/encoding__testdata__iso-8859-1.html', 'Café'],
    ['rss-parser-history/encoding-gb2312.xml', '新闻国内'],
    ['rss-parser-history/latin2.rss', 'ZAŻÓŁĆ GĘSLĄ JAŹŃ'],
    ['feedparser-encoding/euc-kr.xml', '년'],
    ['feedparser-encoding/http_i18n.xml', 'Iñtërnâtiônàlizætiøn'],
    ['feedparser-encoding/utf-16be-autodetect.xml', '<rss'],
    ['feedparser-encoding/utf-32le-autodetect.xml', '<rss'],
    ['feedparser-encoding/u16.xml', '<'],
  ])('%s holds %s', (file, words) => {
    expect(decodeText(readFileSync(`${MALFORMED}/${file}`))).toContain(words)
  })

  it('reads every file as sound text', () => {
    for (const folder of ['miniflux-encoding', 'feedparser-encoding', 'feedparser-illformed']) {
      for (const file of readdirSync(`${MALFORMED}/${folder}`)) {
        const text = decodeText(readFileSync(`${MALFORMED}/${folder}/${file}`))
        expect(text.isWellFormed() && !text.includes('\u0000'), file).toBe(true)
      }
    }
  })
})
