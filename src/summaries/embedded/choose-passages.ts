import type { Passage } from './passage.ts'

/** What the first, second and third mention of a concept are worth. */
const SATURATION = [1, 0.5, 0.25]
/** Power of the length that a passage costs: below 1, so that longer ones are not shut out. */
const LENGTH_POWER = 0.6

export type ChooseOptions = {
  /** Words that may be chosen in all. */
  readonly maxWords: number
  /** Nothing is added once there are this many words; without it, `maxWords`. */
  readonly stopAtWords?: number
  /** What the first, second, … mention of a concept is worth. */
  readonly saturation?: readonly number[]
  readonly maxPassages: number
  readonly maxPerChapter: number
  /** Largest share of equal content words between two passages (Jaccard). */
  readonly maxOverlap: number
  /** Weight of each concept. */
  readonly weights: Float64Array
  /** Chapters that must get a passage before others get a second one. */
  readonly mustCover: ReadonlySet<number>
}

/**
 * Chooses passages that together speak of as much as possible, in the order of their choice.
 *
 * Greedy maximisation of a submodular coverage function with a length cost: Lin and Bilmes,
 * "A Class of Submodular Functions for Document Summarization", 2011; lazily evaluated as in
 * Minoux, "Accelerated greedy algorithms", 1978: gains only fall, so a stale one is an upper bound.
 */
export function choosePassages(passages: readonly Passage[], options: ChooseOptions): Passage[] {
  const state: State = {
    mentions: new Map(),
    perChapter: new Map(),
    chosen: [],
    order: [],
    words: 0,
  }
  const uncovered = new Set(options.mustCover)
  const inUncovered = passages.filter(({ chapter }) => uncovered.has(chapter))
  greedy(inUncovered, state, options, ({ chapter }) => uncovered.delete(chapter))
  greedy(passages, state, options, () => true)
  return state.order
}

type State = {
  mentions: Map<number, number>
  perChapter: Map<number, number>
  chosen: (Omit<Passage, 'concepts'> & { concepts: ReadonlySet<number> })[]
  order: Passage[]
  words: number
}
type Entry = { passage: Passage; gain: number; round: number }

function greedy(
  passages: readonly Passage[],
  state: State,
  options: ChooseOptions,
  accepts: (passage: Passage) => boolean,
): void {
  const heap = passages
    .map((passage) => ({ passage, gain: gainOf(passage, state, options), round: 0 }))
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => a.gain - b.gain)
  let round = 0
  const stopAt = options.stopAtWords ?? options.maxWords
  while (heap.length > 0 && state.chosen.length < options.maxPassages && state.words < stopAt) {
    const entry = heap.pop()
    if (entry === undefined) return
    if (!mayTake(entry.passage, state, options)) continue
    if (entry.round < round) {
      reinsert(heap, { ...entry, gain: gainOf(entry.passage, state, options), round })
      continue
    }
    if (!accepts(entry.passage)) continue
    take(entry.passage, state)
    round++
  }
}

function gainOf(passage: Passage, { mentions }: State, options: ChooseOptions): number {
  const { weights, saturation = SATURATION } = options
  let sum = 0
  for (const concept of passage.concepts) {
    sum += (weights[concept] ?? 0) * (saturation[mentions.get(concept) ?? 0] ?? 0)
  }
  return (passage.prior * sum) / passage.words ** LENGTH_POWER
}

function mayTake(passage: Passage, state: State, options: ChooseOptions): boolean {
  if (state.words + passage.words > options.maxWords) return false
  if ((state.perChapter.get(passage.chapter) ?? 0) >= options.maxPerChapter) return false
  return state.chosen.every(
    (other) =>
      (other.to <= passage.from || other.from >= passage.to) &&
      conceptOverlap(other.concepts, passage.concepts) < options.maxOverlap,
  )
}

/** Share of equal concepts between two passages (Jaccard, 1901). */
export function conceptOverlap(known: ReadonlySet<number>, concepts: readonly number[]): number {
  let shared = 0
  for (const concept of concepts) if (known.has(concept)) shared++
  const union = known.size + concepts.length - shared
  return union === 0 ? 0 : shared / union
}

function take(passage: Passage, state: State): void {
  state.order.push(passage)
  state.chosen.push({ ...passage, concepts: new Set(passage.concepts) })
  state.words += passage.words
  state.perChapter.set(passage.chapter, (state.perChapter.get(passage.chapter) ?? 0) + 1)
  for (const concept of passage.concepts) {
    state.mentions.set(concept, (state.mentions.get(concept) ?? 0) + 1)
  }
}

/** Puts an entry back into a list that is sorted by gain. */
function reinsert(heap: Entry[], entry: Entry): void {
  let low = 0
  let high = heap.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((heap[middle]?.gain ?? 0) < entry.gain) low = middle + 1
    else high = middle
  }
  heap.splice(low, 0, entry)
}
