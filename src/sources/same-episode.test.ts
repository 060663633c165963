import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { DiscoveredEpisode } from '../model/episode.ts'
import { isFailure } from '../model/failure.ts'
import { decodeText } from '../text/decode-text.ts'
import { parseFeed } from './feed/parse-feed.ts'
import { isFromArchive, withoutSame } from './same-episode.ts'

const now = new Date('2026-11-23T12:00:00Z')

/** Rewrites of a whole feed that publishers and their hosts have done. */
const CHURN: Record<string, (episode: DiscoveredEpisode, n: number) => DiscoveredEpisode> = {
  'new guids': (episode) => episode,
  'a new host': (episode) => ({
    ...episode,
    link: episode.link?.replace(/^https?:\/\/[^/]+/, 'https://moved.example') ?? null,
    enclosures: episode.enclosures.map((file) => ({
      ...file,
      url: file.url.replace(/^https?:\/\/[^/]+/, 'https://cdn.moved.example'),
    })),
  }),
  'rotating tokens': (episode, n) => ({
    ...episode,
    enclosures: episode.enclosures.map((file) => ({
      ...file,
      url: `${file.url}${file.url.includes('?') ? '&' : '?'}token=r${n}x&Expires=17${n}`,
    })),
  }),
  'new titles': (episode) => ({ ...episode, title: `REMASTERED: ${episode.title}` }),
}

const rewritten = (episodes: readonly DiscoveredEpisode[], churn: keyof typeof CHURN) =>
  episodes.map((episode, n) => ({ ...(CHURN[churn]?.(episode, n) ?? episode), guid: `new-${n}` }))

/** Feeds to make histories of: the samples, and real ones where they are there. */
const FILES = [
  ...globSync('samples/*/*.xml'),
  ...(existsSync('../shared/fixtures')
    ? globSync('../shared/fixtures/{feeds/{partytime,feed-rs},youtube/*}/*.xml')
    : []),
]

async function read(file: string): Promise<DiscoveredEpisode[]> {
  try {
    const text = decodeText(readFileSync(file))
    const { episodes } = await parseFeed(text, { url: 'https://feed.example/feed.xml', now })
    // What has no date, link or file of its own cannot be known again by anything but its id.
    return episodes.filter(({ publishedAt, link, enclosures }) => {
      const hasPage = link !== null && new URL(link).pathname.length > 1
      return publishedAt !== null && (hasPage || enclosures.length > 0)
    })
  } catch (error) {
    if (isFailure(error)) return []
    throw error
  }
}

describe('histories of feeds', () => {
  it.each(Object.keys(CHURN))('tell nothing twice after %s', async (churn) => {
    let seen = 0
    for (const file of FILES) {
      const episodes = await read(file)
      const again = withoutSame(rewritten(episodes, churn), episodes)
      expect([file, again.map(({ title }) => title)]).toEqual([file, []])
      seen += episodes.length
    }
    expect(seen).toBeGreaterThanOrEqual(10)
  })

  it('tell what is new in the middle of a rewritten archive', async () => {
    const [file = ''] = FILES
    const [newest, ...older] = await read(file)
    const feed = rewritten([...(newest ? [newest] : []), ...older], 'a new host')
    expect(withoutSame(feed, older).map(({ title }) => title)).toEqual([newest?.title])
  })
})

const at = (day: number) => new Date(Date.UTC(2026, 10, day))
const episode = (
  title: string,
  day: number | null,
  change: { link?: string; file?: string; bytes?: number } = {},
) => ({
  title,
  publishedAt: day === null ? null : at(day),
  link: change.link ?? null,
  durationSeconds: null,
  enclosures: change.file === undefined ? [] : [{ url: change.file, bytes: change.bytes ?? null }],
})

describe('withoutSame', () => {
  const link = (n: number) => ({
    link: `https://show.example/${n}`,
    file: `https://cdn.example/${n}.mp3`,
    bytes: n,
  })
  const known = [1, 2, 3, 4, 5].map((n) => episode(`Part ${n}`, n, link(n)))
  it.each([
    [
      'a new date, title and link kept',
      episode('Part 3', 20, { link: 'http://www.show.example/3/' }),
      true,
    ],
    [
      'a new date, title, file and length kept',
      episode('Part 3', 20, { file: 'https://cdn.example/3.mp3?token=a', bytes: 3 }),
      true,
    ],
    [
      'a new date and length: another recording',
      episode('Part 3', 20, { file: 'https://cdn.example/3.mp3', bytes: 9 }),
      false,
    ],
    [
      'a new title and date at the same link',
      episode('Part 6', 20, { link: 'https://show.example/3' }),
      false,
    ],
    ['the same title alone', episode('Part 3', 20), false],
    ['the same title at the same time', episode('PART  3!', 3), true],
    ['another title at the same time', episode('Part 3b', 3), false],
    ['nothing in common', episode('Part 6', 6, link(6)), false],
    ['no date, title and link kept', episode('Part 3', null, link(3)), true],
  ])('%s', (_, discovered, isSame) => {
    expect(withoutSame([discovered], known)).toEqual(isSame ? [] : [discovered])
  })

  it('tells every issue of news that replace each other at one address', () => {
    const issue = (day: number) =>
      episode('The latest news', day, {
        link: 'https://news.example/latest',
        file: 'https://news.example/latest.mp3',
      })
    const told: ReturnType<typeof issue>[] = []
    for (let day = 1; day <= 12; day += 1) {
      told.push(...withoutSame([issue(day)], told))
      // Reading it once more under another id tells nothing.
      expect(withoutSame([issue(day)], told)).toEqual([])
    }
    expect(told).toHaveLength(12)
  })

  it('compares five thousand with five thousand at once', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => episode(`Part ${n}`, n, link(n)))
    const start = performance.now()
    expect(withoutSame(many, many)).toEqual([])
    expect(performance.now() - start).toBeLessThan(1_500)
  })
})

it.each([
  [10, [20, 1], true],
  [14, [20], false],
  [21, [20], false],
  [10, [], false],
  [null, [20], false],
] as const)('from day %s with %j known it is archive: %s', (day, days, expected) => {
  const known = days.map((each) => ({ publishedAt: at(each) }))
  expect(isFromArchive({ publishedAt: day === null ? null : at(day) }, known)).toBe(expected)
})
