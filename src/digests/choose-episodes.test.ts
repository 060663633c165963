import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MEMBERS, PUBLIC, readersOnly } from '../model/audience.ts'
import { chooseEpisodes, type EpisodeCandidate } from './choose-episodes.ts'

const ADA = { id: 'ada' }

function candidate(id: string, change: Partial<EpisodeCandidate> = {}): EpisodeCandidate {
  return {
    episodeId: id,
    sourceId: id[0] ?? '',
    audience: PUBLIC,
    priority: 'normal',
    publishedAt: new Date(`2026-11-${10 + Number(id.slice(1) || 0)}T00:00:00Z`),
    isSummarised: true,
    isCarried: false,
    ...change,
  }
}

const choose = (candidates: EpisodeCandidate[], limit = 20) =>
  chooseEpisodes(ADA, candidates, limit).chosenIds

describe('chooseEpisodes', () => {
  it('lets sources take turns, the newest first', () => {
    const all = ['a9', 'a8', 'a7', 'b5', 'b4', 'c1'].map((id) => candidate(id))
    expect(choose(all)).toEqual(['a9', 'b5', 'c1', 'a8', 'b4', 'a7'])
  })

  it('leaves room for the others when one source floods', () => {
    const flood = Array.from({ length: 10 }, (_, i) => candidate(`a${i}`))
    const { chosenIds, leftOutIds } = chooseEpisodes(ADA, [
      ...flood,
      candidate('b1'),
      candidate('c1'),
    ])
    expect(chosenIds.filter((id) => id.startsWith('a'))).toHaveLength(5)
    expect(chosenIds).toEqual(expect.arrayContaining(['b1', 'c1']))
    expect(leftOutIds).toHaveLength(5)
  })

  it('shows all of a source that is alone', () => {
    const only = Array.from({ length: 9 }, (_, i) => candidate(`a${i}`))
    expect(choose(only)).toHaveLength(9)
  })

  it('moves sources of high priority up and of low priority down', () => {
    const all = [
      candidate('a9', { priority: 'low' }),
      candidate('b5'),
      candidate('b4'),
      candidate('c1', { priority: 'high' }),
    ]
    expect(choose(all)).toEqual(['c1', 'b5', 'a9', 'b4'])
  })

  it('never leaves out what is carried over', () => {
    const all = [candidate('a9'), candidate('b8'), candidate('c1', { isCarried: true })]
    expect(choose(all, 1)).toEqual(['c1'])
  })

  it('leaves out what has no summary, and names no episode twice', () => {
    const all = [candidate('a1', { isSummarised: false }), candidate('b1'), candidate('b1')]
    expect(chooseEpisodes(ADA, all)).toEqual({ chosenIds: ['b1'], leftOutIds: [] })
  })

  it('puts undated episodes last', () => {
    expect(choose([candidate('a1', { publishedAt: null }), candidate('b1')])).toEqual(['b1', 'a1'])
  })

  it('shows a reader only what that reader may read', () => {
    const all = [
      candidate('a1', { audience: PUBLIC }),
      candidate('b1', { audience: MEMBERS }),
      candidate('c1', { audience: readersOnly(['ada']) }),
      candidate('d1', { audience: readersOnly(['bob']) }),
      candidate('e1', { audience: readersOnly(['bob']), isCarried: true }),
    ]
    const { chosenIds, leftOutIds } = chooseEpisodes(ADA, all)
    expect([...chosenIds, ...leftOutIds].sort()).toEqual(['a1', 'b1', 'c1'])
  })

  it('keeps its promises for any candidates', () => {
    const any = fc.record({
      episodeId: fc.string({ minLength: 1, maxLength: 4 }),
      sourceId: fc.constantFrom('a', 'b', 'c'),
      audience: fc.constantFrom(PUBLIC, MEMBERS, readersOnly(['ada']), readersOnly(['bob'])),
      priority: fc.constantFrom('low', 'normal', 'high'),
      publishedAt: fc.option(fc.date({ noInvalidDate: true })),
      isSummarised: fc.boolean(),
      isCarried: fc.boolean(),
    }) as fc.Arbitrary<EpisodeCandidate>
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), fc.nat(30), (candidates, limit) => {
        const { chosenIds, leftOutIds } = chooseEpisodes(ADA, candidates, limit)
        const all = [...chosenIds, ...leftOutIds]
        expect(new Set(all).size).toBe(all.length)
        const carried = new Set(candidates.filter((c) => c.isCarried).map((c) => c.episodeId))
        expect(chosenIds.filter((id) => !carried.has(id)).length).toBeLessThanOrEqual(limit)
        const shuffled = chooseEpisodes(ADA, uniqueById(candidates).toReversed(), limit)
        expect(shuffled).toEqual(chooseEpisodes(ADA, uniqueById(candidates), limit))
      }),
    )
  })
})

const uniqueById = (candidates: EpisodeCandidate[]) => [
  ...new Map(candidates.map((c) => [c.episodeId, c])).values(),
]
