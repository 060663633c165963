import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Segment } from '../model/transcript.ts'
import { groupEpisodes } from './group-episodes.ts'
import { type EpisodeProfile, profileEpisode, type ToldEpisode } from './stories/episode-profile.ts'

const SAMPLES = join(import.meta.dirname, '../../samples')
const NOW = new Date('2026-11-23T06:00:00Z')

function tell(change: Partial<ToldEpisode> & { lines: readonly string[] }): EpisodeProfile {
  const { lines, ...rest } = change
  const segments: Segment[] = lines.map((line, i) => {
    const [, speaker = null, text = line] = /^(\p{Lu}[\p{L} ]+): (.*)$/u.exec(line) ?? []
    return { start: i * 10, end: i * 10 + 10, speaker, text }
  })
  return profileEpisode({
    episodeId: 'e',
    sourceId: 's',
    title: '',
    description: '',
    publishedAt: NOW,
    transcript: { language: 'en', origin: 'publisher', segments },
    ads: [],
    ownNames: [],
    ...rest,
  })
}

/** The spoken lines of one of the sample library's scripts. */
function readScript(show: string, number: number): string[] {
  const text = readFileSync(join(SAMPLES, show, 'scripts', `${number}.txt`), 'utf8')
  const people = new Map(
    [...text.matchAll(/^@(\w+) = ([^|]+?) \|/gm)].map((match) => [match[1] ?? '', match[2] ?? '']),
  )
  return [...text.matchAll(/^(\p{Lu}+): (.*)$/gmu)].map(
    (match) => `${people.get(match[1] ?? '') ?? match[1]}: ${match[2]}`,
  )
}

function readIssue(number: number): string[] {
  return readFileSync(join(SAMPLES, 'low-water', 'issues', `${number}.txt`), 'utf8')
    .replace(/[*#]/g, '')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
}

const sample = (show: string, number: number) =>
  tell({
    episodeId: `${show}-${number}`,
    sourceId: show,
    lines: show === 'low-water' ? readIssue(number) : readScript(show, number),
    ...(show === 'low-water' ? { transcript: issueOf(number) } : {}),
  })

function issueOf(number: number): ToldEpisode['transcript'] {
  const segments = readIssue(number).map((text, i) => ({ start: i, end: i, speaker: null, text }))
  return { language: 'en', origin: 'text', segments }
}

const BARRIER = () => [
  sample('harbour-light', 214),
  sample('slow-arithmetic', 31),
  sample('low-water', 88),
]
const REST = () => [
  sample('harbour-light', 211),
  sample('harbour-light', 212),
  sample('harbour-light', 213),
  sample('slow-arithmetic', 32),
  sample('low-water', 87),
]

describe('the sample library', () => {
  it('tells one story: the barrier, in two podcasts and a newsletter', () => {
    const [story, ...others] = groupEpisodes([...REST(), ...BARRIER()])
    expect(others).toEqual([])
    expect(story?.title).toBe('The Narrows Barrier')
    expect(new Set(story?.episodeIds)).toEqual(
      new Set(['harbour-light-214', 'slow-arithmetic-31', 'low-water-88']),
    )
  })

  it('differs on a figure and on a judgement, each side quoted word for word', () => {
    const [story] = groupEpisodes([...REST(), ...BARRIER()])
    expect(story?.differences.map(({ kind }) => kind)).toEqual(['number', 'stance'])
    const sides = story?.differences.flatMap((difference) => difference.sides) ?? []
    expect(sides.map(({ episodeId }) => episodeId).sort()).toEqual([
      'harbour-light-214',
      'harbour-light-214',
      'slow-arithmetic-31',
      'slow-arithmetic-31',
    ])
    for (const side of sides) {
      const [show, number] = side.episodeId.split(/-(?=\d)/)
      const said = readScript(show ?? '', Number(number)).join('\n')
      expect(said).toContain(side.quote)
      expect(side.speaker).not.toBeNull()
    }
    const quotes = sides.map(({ quote }) => quote)
    expect(quotes.filter((quote) => quote.includes('340 million'))).toHaveLength(1)
    expect(quotes.filter((quote) => quote.includes('410 million'))).toHaveLength(1)
  })

  it('is found alone as well as among others, in any order', () => {
    const ids = (profiles: EpisodeProfile[]) =>
      groupEpisodes(profiles).map(({ episodeIds }) => [...episodeIds].sort())
    const all = [...BARRIER(), ...REST()]
    expect(ids(all.toReversed())).toEqual(ids(all))
    expect(ids(BARRIER().slice(0, 2))).toEqual([['harbour-light-214', 'slow-arithmetic-31']])
  })

  it('is no story without its second source, or too late', () => {
    expect(groupEpisodes(REST())).toEqual([])
    const same = BARRIER().map((profile) => ({ ...profile, sourceId: 'one' }))
    expect(groupEpisodes(same)).toEqual([])
    const late = BARRIER().map((profile, i) => ({ ...profile, at: i * 49 * 3_600_000 }))
    expect(groupEpisodes(late)).toEqual([])
    const undated = BARRIER().map((profile) => ({ ...profile, at: null }))
    expect(groupEpisodes(undated)).toEqual([])
  })

  it('is not one text published twice', () => {
    const copy = { ...sample('harbour-light', 214), episodeId: 'copy', sourceId: 'mirror' }
    expect(groupEpisodes([sample('harbour-light', 214), copy])).toEqual([])
  })
})

const TELLINGS = [
  [
    'Ada Byrne: The Tern Bridge will close on Friday, says the Lower Quay Council.',
    'Ada Byrne: We asked Oda Lindqvist of the harbour trust about the bolts.',
    'Ada Byrne: They found 1,370 cracked bolts under the deck of the bridge.',
    'Ada Byrne: The Lower Quay Council inspects the deck and the bearings each spring.',
  ],
  [
    'Piet Roos: So there is trouble with the deck of the Tern Bridge once more.',
    'Piet Roos: I counted with Oda Lindqvist: there are 1,370 cracked bolts in that bridge.',
    'Piet Roos: And the inspection by the Lower Quay Council in spring saw the bearings alone.',
  ],
] as const
const bridge = (index: 0 | 1, line: string) =>
  tell({ episodeId: `e${index}`, sourceId: `s${index}`, lines: [...TELLINGS[index], line] })

describe('differences', () => {
  const pointsOf = (left: string, right: string) => {
    const stories = groupEpisodes([bridge(0, left), bridge(1, right)])
    expect(stories).toHaveLength(1)
    return stories.flatMap(({ differences }) => differences.map(({ kind }) => kind))
  }

  it.each([
    [
      'figures 5 % apart and less',
      'Repairing the Tern Bridge will cost 40 million crowns.',
      'Repairing the Tern Bridge will cost 41 million crowns.',
    ],
    [
      'another unit',
      'Repairing the Tern Bridge will cost 40 million crowns.',
      'Repairing the Tern Bridge will cost 60 million dollars.',
    ],
    [
      'a sum and a rate',
      'Repairing the Tern Bridge will cost 40 million crowns.',
      'Repairing the Tern Bridge will cost 9 million crowns a year.',
    ],
    [
      'another measure',
      'Repairing the Tern Bridge will cost 40 million crowns.',
      'Painting the railings of the Tern Bridge cost 2 million crowns.',
    ],
    [
      'a figure passed on',
      'Repairing the Tern Bridge will cost 40 million crowns.',
      'She says repairing the Tern Bridge will cost 60 million crowns.',
    ],
    [
      'the same judgement',
      'The Tern Bridge should be closed.',
      'I think the Tern Bridge should be closed.',
    ],
    [
      'judgements of two things',
      'The Tern Bridge should be closed.',
      'The Tern Bridge should not be painted.',
    ],
    ['a question', 'The Tern Bridge should be closed.', 'Should the Tern Bridge not be closed?'],
    [
      'judgements of something beside the story',
      'The school should be closed.',
      'The school should not be closed.',
    ],
  ])('are none: %s', (_name, left, right) => {
    expect(pointsOf(left, right)).toEqual([])
  })

  it.each([
    [
      'number',
      'Repairing the Tern Bridge will cost 40 million crowns.',
      'Repairing the Tern Bridge will cost 60 million crowns.',
    ],
    [
      'stance',
      'The Tern Bridge should be closed.',
      'I think the Tern Bridge should not be closed.',
    ],
  ])('%s', (kind, left, right) => {
    expect(pointsOf(left, right)).toEqual([kind])
  })

  it('are none where a speaker judges both ways', () => {
    const left = 'The Tern Bridge should be closed. The Tern Bridge should not be closed.'
    expect(pointsOf(left, 'The Tern Bridge should be closed.')).toEqual([])
  })
})

const SEGMENTS = join(import.meta.dirname, '../../../shared/eval/segments')

describe.skipIf(!existsSync(SEGMENTS))('unrelated podcasts', () => {
  it('are never grouped, although all came out on one day', () => {
    const profiles = readdirSync(SEGMENTS)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => {
        const lines = readFileSync(join(SEGMENTS, name), 'utf8')
          .split('\n')
          .filter((line) => line.trim() !== '' && !line.startsWith('='))
        return tell({ episodeId: name, sourceId: name, lines })
      })
    expect(profiles.length).toBeGreaterThan(5)
    expect(groupEpisodes(profiles)).toEqual([])
  }, 30_000)
})
