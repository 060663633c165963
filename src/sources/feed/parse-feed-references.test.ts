import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isFailure } from '../../model/failure.ts'
import { decodeText } from '../../text/decode-text.ts'
import { parseFeed } from './parse-feed.ts'
import type { ParsedFeed } from './parsed-feed.ts'

const FEEDS = '../shared/fixtures/feeds'
const REFERENCES = `${FEEDS}/references-with-expected-json`
const url = 'https://feed.example/dir/feed.xml'
const now = new Date('2026-11-23T12:00:00Z')

type Field = 'refusal' | 'count' | 'guid' | 'link' | 'title' | 'date' | 'enclosure'

const NO_SHOW = 'a feed that names no show and holds no episode is refused as empty'
const NO_EPISODE =
  'an item that holds nothing that we show is left out, and the feed holds no other'
const FIRST_LINK = 'of several links the first is the page; the reference takes the last'
const ONE_TITLE = 'titles are text: what was escaped once too often is read as its writer meant'
const BASE = 'links are resolved against xml:base; the reference keeps them relative'

/** Every difference from the expected answers, with its reason. */
const DIFFERENCES: Record<string, Partial<Record<Field, string>>> = {
  parser__rss__rdf_item_links: { link: FIRST_LINK },
  parser__rss__rss_channel_item_links: { link: FIRST_LINK },
  parser__rss__rdf_item_title_cdata_escaped_markup: { title: ONE_TITLE },
  parser__rss__rss_channel_item_title_cdata_escaped_markup: { title: ONE_TITLE },
  parser__rss__rss_channel_item_author_naked_markup: { refusal: NO_EPISODE },
  parser__rss__rss_channel_item_custom: { refusal: NO_EPISODE },
  parser__rss__rss_channel_language: { refusal: NO_SHOW },
  parser__rss__rss_mixed_content: { refusal: NO_SHOW },
  parser__rss__version_rdf_090: { refusal: NO_SHOW },
  parser__rss__version_rdf_10: { refusal: NO_SHOW },
  parser__rss__version_rss_091_netscape: { refusal: NO_SHOW },
  parser__rss__version_rss_091_userland: { refusal: NO_SHOW },
  parser__rss__version_rss_092: { refusal: NO_SHOW },
  parser__rss__version_rss_093: { refusal: NO_SHOW },
  parser__rss__version_rss_094: { refusal: NO_SHOW },
  parser__rss__version_rss_20: { refusal: NO_SHOW },
  parser__rss__version_rss_201: { refusal: NO_SHOW },
  parser__rss__version_rss_21: { refusal: NO_SHOW },
  parser__rss__version_rss_missing: { refusal: NO_SHOW },
  'feeds__atom__references__atom-03': {
    count: 'two entries of one id and one link are one episode',
  },
  'feeds__atom__references__atom-10': { link: BASE },
  'feeds__rss__references__rss-ns': {
    enclosure: 'an item without enclosures offers the files of Media RSS',
  },
}

/** An item as gofeed and feedsmith write down what they expect. */
interface Expected {
  title?: string
  link?: string
  links?: (string | { href: string; rel?: string; type?: string; length?: number })[]
  id?: string
  guid?: string | { value: string }
  rdf?: { about: string }
  pubDate?: string
  pubDateParsed?: string
  published?: string
  updated?: string
  dc?: { dates?: string[] }
  enclosure?: File
  enclosures?: File[]
}
interface File {
  url?: string
  type?: string
  length?: number | string
}

const absolute = (address: string) => new URL(address.trim(), url).href
const plain = (markup: string) =>
  markup
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/\s+/g, ' ')
    .trim()

function differencesOf(expected: Expected, episode: ParsedFeed['episodes'][number]): Field[] {
  const guid = typeof expected.guid === 'string' ? expected.guid : expected.guid?.value
  const identity = guid ?? expected.id ?? expected.rdf?.about
  const atomLinks = (expected.links ?? []).filter((link) => typeof link !== 'string')
  const link =
    expected.link ?? atomLinks.find(({ rel }) => rel === undefined || rel === 'alternate')?.href
  const date = new Date(
    expected.pubDateParsed ??
      expected.pubDate ??
      expected.published ??
      expected.updated ??
      expected.dc?.dates?.[0] ??
      '',
  )
  const isDated = !Number.isNaN(date.getTime())
  const files =
    expected.enclosures ?? (expected.enclosure ? [expected.enclosure] : atomFiles(atomLinks))
  const found: Field[] = []
  if (identity !== undefined && identity !== episode.guid) found.push('guid')
  if (link !== undefined && absolute(link) !== episode.link) found.push('link')
  if (expected.title !== undefined && plain(expected.title) !== episode.title) found.push('title')
  if (isDated && date.getTime() !== episode.publishedAt?.getTime()) found.push('date')
  const given = files.map(({ url: file = '', type, length }) => {
    return {
      url: absolute(file),
      type: type ?? null,
      bytes: length === undefined ? null : Number(length),
    }
  })
  if (JSON.stringify(given) !== JSON.stringify(episode.enclosures)) found.push('enclosure')
  return found
}

function atomFiles(
  links: readonly { href: string; rel?: string; type?: string; length?: number }[],
): File[] {
  return links
    .filter(({ rel }) => rel === 'enclosure')
    .map(({ href, type, length }) => ({
      url: href,
      ...(type === undefined ? {} : { type }),
      ...(length === undefined ? {} : { length }),
    }))
}

async function compare(file: string): Promise<Field[]> {
  const answer = JSON.parse(readFileSync(file.replace(/\.xml$/, '.json'), 'utf8'))
  const expected: Expected[] = answer.items ?? answer.entries ?? []
  try {
    const { episodes } = await parseFeed(decodeText(readFileSync(file)), { url, now })
    if (episodes.length !== expected.length) return ['count']
    const fields = expected.flatMap((item, n) => {
      const episode = episodes[n]
      return episode === undefined ? [] : differencesOf(item, episode)
    })
    return [...new Set(fields)]
  } catch (error) {
    if (isFailure(error)) return ['refusal']
    throw error
  }
}

describe.skipIf(!existsSync(REFERENCES))('expected answers (skipped without ../shared)', () => {
  const files = globSync(`${REFERENCES}/{gofeed,feedsmith}/*.xml`).filter((file) =>
    existsSync(file.replace(/\.xml$/, '.json')),
  )

  it.each(files.map((file) => [basename(file, '.xml'), file]))('%s', async (name, file) => {
    expect(await compare(file)).toEqual(Object.keys(DIFFERENCES[name] ?? {}))
  })

  it('are many, and every reason names a file that is there', () => {
    expect(files.length).toBeGreaterThan(150)
    const names = new Set(files.map((file) => basename(file, '.xml')))
    expect(Object.keys(DIFFERENCES).filter((name) => !names.has(name))).toEqual([])
  })
})

describe.skipIf(!existsSync(FEEDS))('every collected feed (skipped without ../shared)', () => {
  it('is read or refused in a sentence', async () => {
    const files = globSync(['feeds', 'youtube'].map((name) => `../shared/fixtures/${name}/**/*.*`))
    const read: string[] = []
    for (const file of files) {
      if (file.includes('recorded-answers')) continue
      try {
        await parseFeed(decodeText(readFileSync(file)), { url, now })
        read.push(file)
      } catch (error) {
        if (!isFailure(error)) throw error
        expect(error.message, file).toMatch(/^https:\/\/feed\.example\/dir\/feed\.xml .{20,}\.$/s)
      }
    }
    expect(read.filter((file) => file.includes('/partytime/'))).toHaveLength(19)
    expect(read.filter((file) => file.includes('/feed-rs/')).length).toBeGreaterThanOrEqual(7)
    expect(read.length).toBeGreaterThan(300)
  }, 60_000)
})
