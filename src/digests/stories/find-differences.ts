import type { Story } from '../../model/story.ts'
import { stemmerOf } from '../../text/stem-word.ts'
import type { EpisodeProfile } from './episode-profile.ts'
import type { Figure } from './find-figures.ts'
import type { Judgement } from './find-judgements.ts'

type Difference = Story['differences'][number]

/** Figures nearer to each other than this are the same, rounded. */
const SAME_WITHIN = 0.05
const MIN_MEASURE_OVERLAP = 0.6
const MIN_SHARED_WORDS = 2
const MAX_DIFFERENCES = 3
const MAX_POINT = 110

/**
 * Points on which members of a story differ, at most three. `number`: the same measure of the same
 * thing in the same unit, more than 5 % apart, each told by a show in its own voice. `stance`: the
 * same thing to be done, one for and one against. Two quoted sides of different sources or nothing.
 * `names` are the lower-case names that the members share; a difference must be about one of them.
 */
export function findDifferences(
  members: readonly EpisodeProfile[],
  names: readonly string[],
): Difference[] {
  const subjects = new Set(names.map((name) => stem(name.split(' ').at(-1) ?? '')))
  const numbers = members.flatMap((a, i) =>
    members.slice(i + 1).flatMap((b) => findNumberConflicts(a, b, subjects)),
  )
  const stances = members.flatMap((a, i) =>
    members.slice(i + 1).flatMap((b) => findStanceConflicts(a, b, subjects)),
  )
  const byOverlap = numbers.sort((a, b) => b.overlap - a.overlap).map(toNumberDifference)
  const all = [...byOverlap.slice(0, MAX_DIFFERENCES - 1), ...stances]
  return dropRepeats(all).slice(0, MAX_DIFFERENCES)
}

const stem = stemmerOf('en')

type Told<T> = { episode: EpisodeProfile; told: T }
type NumberConflict = { a: Told<Figure>; b: Told<Figure>; overlap: number }

function findNumberConflicts(
  a: EpisodeProfile,
  b: EpisodeProfile,
  subjects: ReadonlySet<string>,
): NumberConflict[] {
  if (a.sourceId === b.sourceId) return []
  return a.figures.flatMap((left) =>
    b.figures.flatMap((right) => {
      if (!isConflict(left, right, subjects)) return []
      // A show that also gives the other's figure knows of it; then its own must be new to the other.
      if (b.figures.some((other) => isSame(left, other))) return []
      return [
        {
          a: { episode: a, told: left },
          b: { episode: b, told: right },
          overlap: overlapOf(left, right),
        },
      ]
    }),
  )
}

function isConflict(left: Figure, right: Figure, subjects: ReadonlySet<string>): boolean {
  return (
    left.unit === right.unit &&
    !left.isReported &&
    !right.isReported &&
    !isNear(left.value, right.value) &&
    left.measure.some((word) => subjects.has(word) && right.measure.includes(word)) &&
    overlapOf(left, right) >= MIN_MEASURE_OVERLAP
  )
}

function isSame(left: Figure, right: Figure): boolean {
  return (
    left.unit === right.unit &&
    isNear(left.value, right.value) &&
    overlapOf(left, right) >= MIN_MEASURE_OVERLAP
  )
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME_WITHIN * Math.max(Math.abs(a), Math.abs(b))
}

/** Jaccard overlap of what is measured; 0 under two shared words. */
function overlapOf(left: Figure, right: Figure): number {
  const shared = left.measure.filter((word) => right.measure.includes(word)).length
  if (shared < MIN_SHARED_WORDS) return 0
  return shared / (left.measure.length + right.measure.length - shared)
}

function toNumberDifference({ a, b }: NumberConflict): Difference {
  const frame = a.told.frame.length <= b.told.frame.length ? a.told.frame : b.told.frame
  const point = frame
    .replace(/\s+/g, ' ')
    .replace(/[.!]+$/, '')
    .trim()
  const words = a.told.measure.filter((word) => b.told.measure.includes(word)).join(', ')
  return {
    point: point.length <= MAX_POINT ? point : `${words}, in ${a.told.unitShown}`,
    kind: 'number',
    sides: [toSide(a), toSide(b)],
  }
}

function findStanceConflicts(
  a: EpisodeProfile,
  b: EpisodeProfile,
  subjects: ReadonlySet<string>,
): Difference[] {
  if (a.sourceId === b.sourceId) return []
  return a.judgements.flatMap((left) =>
    b.judgements.flatMap((right): Difference[] => {
      const isOpposed =
        left.object === right.object &&
        left.action === right.action &&
        left.isFor !== right.isFor &&
        subjects.has(left.object)
      if (!isOpposed || isOfTwoMinds(a, left) || isOfTwoMinds(b, right)) return []
      const sides = [toSide({ episode: a, told: left }), toSide({ episode: b, told: right })]
      return [{ point: left.point, kind: 'stance', sides }]
    }),
  )
}

/** The same speaker judging both ways is a thought in progress, not a side. */
function isOfTwoMinds({ judgements }: EpisodeProfile, one: Judgement): boolean {
  return judgements.some(
    (other) =>
      other.speaker === one.speaker &&
      other.object === one.object &&
      other.action === one.action &&
      other.isFor !== one.isFor,
  )
}

function toSide({ episode, told }: Told<Figure | Judgement>): Difference['sides'][number] {
  const { speaker, quote, start } = told
  return { episodeId: episode.episodeId, speaker, quote, start }
}

/** One difference for each pair of quotations, and one stance for each point. */
function dropRepeats(differences: readonly Difference[]): Difference[] {
  const seen = new Set<string>()
  return differences.filter(({ kind, point, sides }) => {
    const keys = [...sides.map(({ quote }) => quote), `${kind} ${point}`]
    if (keys.some((key) => seen.has(key))) return false
    for (const key of keys) seen.add(key)
    return true
  })
}
