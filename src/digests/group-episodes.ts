import type { Story } from '../model/story.ts'
import type { EpisodeProfile } from './stories/episode-profile.ts'
import { findDifferences } from './stories/find-differences.ts'
import type { Figure } from './stories/find-figures.ts'

/** A story of two or more episodes, before it is given an id. */
export type GroupedStory = Omit<Story, 'id'>

/** Tellings further apart than this are not the same news. */
const WINDOW_MS = 48 * 3_600_000
/** A name in more of the window's episodes than this share, and than `COMMON_FLOOR`, is common. */
const COMMON_SHARE = 0.15
const COMMON_FLOOR = 4
const MIN_COSINE = 0.2
const HEAD_COSINE = 0.35
const MIN_FULL_NAMES = 3
/** Share of equal sketch hashes from which two episodes are one text published twice. */
const COPY_SHARE = 0.5
/** Share of pairs across two groups that must hold before the groups become one. */
const QUORUM = 0.5

/**
 * Groups episodes that tell the same event. Meant to be right rather than complete: two episodes
 * belong together only if they are of different sources, within 48 hours, share rare full names
 * and words, and give the same exact figure for the same thing or both carry the name in their
 * headlines. Groups grow best pair first, and only while half of all pairs across hold, so that no
 * chain of loose ties becomes one story. Copies of one text are not two tellings.
 *
 * Pass the profiles of a few days at once: rarity is judged within them. Stories come with their
 * differences, ordered by their first telling; episodes that stand alone are in none.
 */
export function groupEpisodes(profiles: readonly EpisodeProfile[]): GroupedStory[] {
  const window = readWindow(profiles)
  const pairs = listPairs(window).sort((a, b) => b.score - a.score)
  return mergePairs(window, pairs)
    .map((members) => toStory(members, window))
    .filter((story) => story !== null)
}

type Window = {
  profiles: readonly EpisodeProfile[]
  rareNames: ReadonlyMap<string, readonly number[]>
  vectors: readonly ReadonlyMap<string, number>[]
}

type Pair = { a: number; b: number; score: number }

function readWindow(profiles: readonly EpisodeProfile[]): Window {
  const holders = new Map<string, number[]>()
  for (const [index, { names }] of profiles.entries()) {
    for (const name of names.keys()) {
      // Single words ("Apple", "Paris") are shared by what has nothing else in common.
      if (!name.includes(' ')) continue
      const list = holders.get(name) ?? []
      list.push(index)
      holders.set(name, list)
    }
  }
  const most = Math.max(COMMON_FLOOR, COMMON_SHARE * profiles.length)
  const rare = [...holders].filter(([, list]) => list.length > 1 && list.length <= most)
  return { profiles, rareNames: new Map(rare), vectors: weighStems(profiles) }
}

/** Unit vectors of (1 + ln tf) · ln(1 + n / df). */
function weighStems(profiles: readonly EpisodeProfile[]): Map<string, number>[] {
  const documents = new Map<string, number>()
  for (const { stems } of profiles) {
    for (const stem of stems.keys()) documents.set(stem, (documents.get(stem) ?? 0) + 1)
  }
  return profiles.map(({ stems }) => {
    const weights = [...stems].map(([stem, count]): [string, number] => {
      const rarity = Math.log(1 + profiles.length / (documents.get(stem) ?? 1))
      return [stem, (1 + Math.log(count)) * rarity]
    })
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1
    return new Map(weights.map(([stem, weight]) => [stem, weight / length]))
  })
}

/** Pairs that hold, found through the rare names they share: never all against all. */
function listPairs(window: Window): Pair[] {
  const candidates = new Set<number>()
  const size = window.profiles.length
  for (const holders of window.rareNames.values()) {
    for (const [i, a] of holders.entries()) {
      for (const b of holders.slice(i + 1)) candidates.add(a * size + b)
    }
  }
  return [...candidates].flatMap((key) => {
    const [a, b] = [Math.floor(key / size), key % size]
    const score = scorePair(window, a, b)
    return score > 0 ? [{ a, b, score }] : []
  })
}

/** 0 when the two are not one story. */
function scorePair(window: Window, a: number, b: number): number {
  const [left, right] = [window.profiles[a], window.profiles[b]]
  if (!left || !right || left.sourceId === right.sourceId || left.language !== right.language)
    return 0
  if (left.at === null || right.at === null || Math.abs(left.at - right.at) > WINDOW_MS) return 0
  if (isCopy(left, right)) return 0
  const names = listSharedFullNames(window, left, right)
  const cosine = dot(window.vectors[a], window.vectors[b])
  if (cosine < MIN_COSINE) return 0
  const inBothHeads = names.filter((n) => left.names.get(n)?.isHead && right.names.get(n)?.isHead)
  const isHeadline = inBothHeads.length >= 1 && cosine >= HEAD_COSINE
  if (names.length < MIN_FULL_NAMES && !isHeadline) return 0
  const figures = countSharedFigures(left, right)
  return figures >= 1 || isHeadline ? cosine + 0.1 * names.length + 0.1 * Math.min(figures, 3) : 0
}

/** Names of two words and more; of names within names only the longest. */
function listSharedFullNames(
  window: Window,
  left: EpisodeProfile,
  right: EpisodeProfile,
): string[] {
  const shared = [...left.names.keys()].filter(
    (name) => right.names.has(name) && window.rareNames.has(name),
  )
  return shared.filter((name) => !shared.some((other) => other !== name && other.includes(name)))
}

/** Figures too exact to be the same by chance, for things that share a word. */
function countSharedFigures(left: EpisodeProfile, right: EpisodeProfile): number {
  const exact = left.figures.filter(isExact)
  const matching = exact.filter((figure) =>
    right.figures.some(
      (other) =>
        other.value === figure.value &&
        other.unit === figure.unit &&
        other.measure.some((word) => figure.measure.includes(word)),
    ),
  )
  return new Set(matching.map(({ value, unit }) => `${value} ${unit}`)).size
}

const TIME_UNIT = /^(?:second|minut|hour|dai|day|week|month|year|decad|centuri|time|peopl)(?:\/|$)/

function isExact({ value, unit }: Figure): boolean {
  const digits = String(value)
    .replace('.', '')
    .replace(/^0+|0+$/g, '').length
  return value > 20 && !TIME_UNIT.test(unit) && digits >= (unit === '%' ? 3 : 2)
}

function isCopy(left: EpisodeProfile, right: EpisodeProfile): boolean {
  const size = Math.min(left.sketch.length, right.sketch.length)
  const both = new Set(right.sketch)
  return left.sketch.filter((hash) => both.has(hash)).length >= Math.max(1, COPY_SHARE * size)
}

function dot(a?: ReadonlyMap<string, number>, b?: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const [stem, weight] of a ?? []) sum += weight * (b?.get(stem) ?? 0)
  return sum
}

function mergePairs(window: Window, pairs: readonly Pair[]): EpisodeProfile[][] {
  const groupOf = new Map<number, Set<number>>()
  const holds = new Set(pairs.map(({ a, b }) => `${a} ${b}`))
  const isHeld = (a: number, b: number) => holds.has(a < b ? `${a} ${b}` : `${b} ${a}`)
  for (const { a, b } of pairs) {
    const left = groupOf.get(a) ?? new Set([a])
    const right = groupOf.get(b) ?? new Set([b])
    if (left === right) continue
    const across = [...left].flatMap((i) => [...right].map((j) => isHeld(i, j)))
    if (across.filter(Boolean).length < QUORUM * across.length) continue
    const merged = new Set([...left, ...right])
    for (const index of merged) groupOf.set(index, merged)
  }
  return [...new Set(groupOf.values())]
    .map((group) => [...group].flatMap((index) => window.profiles[index] ?? []).sort(byFirstTold))
    .sort(([a], [b]) => (a && b ? byFirstTold(a, b) : 0))
}

function byFirstTold(a: EpisodeProfile, b: EpisodeProfile): number {
  return (a.at ?? 0) - (b.at ?? 0) || (a.episodeId < b.episodeId ? -1 : 1)
}

function toStory(members: readonly EpisodeProfile[], window: Window): GroupedStory | null {
  const names = listNamesOfStory(members, window)
  const differences = findDifferences(members, names)
  const said = differences.flatMap(({ sides }) => sides.map(({ quote }) => quote.toLowerCase()))
  // What they differ about is what the story is about.
  const title = names.find((name) => said.some((quote) => quote.includes(name))) ?? names[0]
  if (title === undefined) return null
  const episodeIds = members.map(({ episodeId }) => episodeId)
  return { title: showName(title, members), episodeIds, differences }
}

/** Rare full names that most members share, the most prominent first. */
function listNamesOfStory(members: readonly EpisodeProfile[], window: Window): string[] {
  const names = new Set(members.flatMap((member) => [...member.names.keys()]))
  return [...names]
    .filter((name) => window.rareNames.has(name))
    .filter((name) => members.filter((m) => m.names.has(name)).length > members.length / 2)
    .map((name) => ({ name, prominence: prominenceOf(name, members, window) }))
    .sort((a, b) => b.prominence - a.prominence || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
}

function prominenceOf(name: string, members: readonly EpisodeProfile[], window: Window): number {
  const holders = window.rareNames.get(name)?.length ?? 1
  const mentions = members.reduce((sum, { names }) => {
    const known = names.get(name)
    return sum + (known ? Math.min(known.count, 5) + (known.isHead ? 3 : 0) : 0)
  }, 0)
  // A name that the members have to themselves says more than one that others use too.
  return (mentions * members.length) / Math.max(members.length, holders)
}

function showName(name: string, members: readonly EpisodeProfile[]): string {
  const found = members.flatMap((member) => member.names.get(name) ?? [])
  const count = found.reduce((sum, known) => sum + known.count, 0)
  const articles = found.reduce((sum, known) => sum + known.articles, 0)
  const shown = found[0]?.shown ?? name
  return articles > count / 2 ? `The ${shown}` : shown
}
