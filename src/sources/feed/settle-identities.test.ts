import { describe, expect, it } from 'vitest'
import type { EpisodeDraft } from './parsed-feed.ts'
import { settleIdentities } from './settle-identities.ts'

const SITE = { siteUrl: 'https://show.example/' }

function draft(given: Partial<EpisodeDraft>): EpisodeDraft {
  return {
    guid: null,
    title: 'Title',
    link: null,
    publishedAt: null,
    durationSeconds: null,
    notesRaw: '',
    enclosures: [],
    transcripts: [],
    chaptersUrl: null,
    persons: [],
    imageUrl: null,
    season: null,
    number: null,
    language: null,
    ...given,
  }
}

const file = (url: string) => [{ url, type: null, bytes: null }]
const guids = (drafts: EpisodeDraft[]) =>
  settleIdentities(drafts, SITE).episodes.map(({ guid }) => guid)

describe('settleIdentities', () => {
  it('takes guid, else link, else file, else title and date', () => {
    const [a, b, c, d] = guids([
      draft({ guid: 'a', link: 'https://e.org/a' }),
      draft({ link: 'https://e.org/b', enclosures: file('https://e.org/b.mp3') }),
      draft({ enclosures: file('https://e.org/c.mp3?token=one') }),
      draft({ title: 'D', publishedAt: new Date('2026-01-01') }),
    ])
    expect([a, b, c]).toEqual(['a', 'https://e.org/b', 'https://e.org/c.mp3'])
    expect(d).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('knows an episode again whose token changed', () => {
    const one = guids([draft({ enclosures: file('https://e.org/c.mp3?token=one') })])
    const two = guids([draft({ enclosures: file('https://e.org/c.mp3?token=two') })])
    expect(one).toEqual(two)
  })

  it('does not take the page of the show for an identity', () => {
    const found = guids([
      draft({ title: 'A', link: 'https://www.show.example' }),
      draft({ title: 'B', link: 'https://show.example/' }),
      draft({ title: 'C', link: 'https://other.example/' }),
    ])
    expect(new Set(found).size).toBe(3)
    for (const guid of found) expect(guid).toMatch(/^sha256:/)
  })

  it('keeps the newer of two readings of one episode', () => {
    const { episodes, warnings } = settleIdentities(
      [
        draft({
          guid: 'x',
          title: 'Old title',
          link: 'https://e.org/x',
          publishedAt: new Date('2026-01-01'),
        }),
        draft({ guid: 'y' }),
        draft({
          guid: 'x',
          title: 'New title',
          link: 'https://e.org/x',
          publishedAt: new Date('2026-01-02'),
        }),
      ],
      SITE,
    )
    expect(episodes.map(({ guid, title }) => [guid, title])).toEqual([
      ['y', 'Title'],
      ['x', 'New title'],
    ])
    expect(warnings).toEqual(['1 item listed twice: the newer one is kept.'])
  })

  it('tells apart different episodes that share a guid, whatever their order', () => {
    const drafts = [
      draft({
        guid: '0',
        title: 'First',
        link: 'https://e.org/1',
        publishedAt: new Date('2026-01-01'),
      }),
      draft({
        guid: '0',
        title: 'Second',
        link: 'https://e.org/2',
        publishedAt: new Date('2026-01-02'),
      }),
      draft({
        guid: '0',
        title: 'Third',
        link: 'https://e.org/3',
        publishedAt: new Date('2026-01-03'),
      }),
    ]
    const byTitle = (list: EpisodeDraft[]) =>
      Object.fromEntries(
        settleIdentities(list, SITE).episodes.map(({ title, guid }) => [title, guid]),
      )
    const forward = byTitle(drafts)
    expect(forward).toEqual(byTitle(drafts.toReversed()))
    expect(forward.First).toBe('0')
    expect(new Set(Object.values(forward)).size).toBe(3)
    // A later episode with the same guid leaves the names of the earlier ones as they were.
    const later = draft({
      guid: '0',
      title: 'Fourth',
      link: 'https://e.org/4',
      publishedAt: new Date('2026-01-04'),
    })
    expect(byTitle([later, ...drafts])).toMatchObject(forward)
  })

  it('is linear in items that share one guid', () => {
    const before = process.cpuUsage()
    const many = Array.from({ length: 20_000 }, (_, n) => draft({ guid: '0', title: `T${n}` }))
    expect(new Set(guids(many)).size).toBe(20_000)
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000)
  })
})
