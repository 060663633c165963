import { bisectPenalty, cutByPenalty } from './cut-by-penalty.ts'

/** One stretch that is never cut: a sentence, or several in very long texts. */
export type TopicUnit = {
  /** Stems of its content words, repeats included. */
  readonly stems: readonly number[]
  readonly words: number
  /** What a boundary before this unit gains, in nats: phrases such as "moving on". */
  readonly bonus: number
}

export type TopicOptions = {
  /** Number of stretches when it is known; otherwise chosen from the length. */
  readonly count?: number
}

/** Words per stretch when the number is not given. Tuned on podcasts with hand-marked topics. */
export const WORDS_PER_TOPIC = 1000
const MIN_TOPICS = 4
const MAX_TOPICS = 30
/** Shorter texts are one stretch. In words. */
const MIN_WORDS_TO_CUT = 400
/** Spread of stretch lengths: standard deviation of their logarithm. */
const LENGTH_SPREAD = 0.8
/** No stretch is longer than this many times the average. */
const MAX_LENGTH_FACTOR = 4
/** Rarer stems say nothing about where a stretch ends: occurrences in the whole text. */
const MIN_OCCURRENCES = 3
/** Strength of the prior, in pseudo-words per distinct stem. */
const PRIOR_STRENGTH = 1
/** Units per average stretch; longer texts are read in coarser units so that cost stays linear. */
const MAX_UNITS_PER_TOPIC = 75
/** Texts of this many units are never read in coarser ones. */
const ALWAYS_UNITS = 1500

/** The number of stretches for a text of this length. */
export function topicCountFor(words: number): number {
  if (words < MIN_WORDS_TO_CUT) return 1
  return Math.min(MAX_TOPICS, Math.max(MIN_TOPICS, Math.round(words / WORDS_PER_TOPIC)))
}

/**
 * Cuts a text into stretches that each keep to a vocabulary of their own; returns the indexes of
 * the units at which a stretch begins, the first being 0.
 *
 * The words of a stretch are a draw from a Dirichlet-compound multinomial whose prior is the
 * whole text's distribution; the best cut is found by dynamic programming and the number of
 * stretches by bisecting a penalty. After Eisenstein and Barzilay, "Bayesian Unsupervised Topic
 * Segmentation", 2008, and Utiyama and Isahara, 2001, for the search.
 */
export function segmentTopics(units: readonly TopicUnit[], options: TopicOptions = {}): number[] {
  const words = units.reduce((sum, unit) => sum + unit.words, 0)
  const count = Math.min(options.count ?? topicCountFor(words), units.length)
  if (count <= 1) return units.length === 0 ? [] : [0]
  const { coarse, firsts } = coarsen(units, Math.max(ALWAYS_UNITS, count * MAX_UNITS_PER_TOPIC))
  const maxUnits = Math.min(coarse.length, Math.ceil((coarse.length / count) * MAX_LENGTH_FACTOR))
  const costs = stretchCosts(coarse, { maxUnits, averageWords: words / count })
  const penalty = bisectPenalty(costs, { length: coarse.length, maxUnits, count })
  return cutByPenalty(costs, { length: coarse.length, maxUnits, penalty }).map(
    (unit) => firsts[unit] ?? 0,
  )
}

function coarsen(units: readonly TopicUnit[], limit: number) {
  const step = Math.max(1, Math.ceil(units.length / limit))
  const coarse: TopicUnit[] = []
  const firsts: number[] = []
  for (let first = 0; first < units.length; first += step) {
    const group = units.slice(first, first + step)
    // The boundary of a group falls before its unit with the largest bonus.
    firsts.push(first)
    coarse.push({
      stems: group.flatMap(({ stems }) => stems),
      words: group.reduce((sum, unit) => sum + unit.words, 0),
      bonus: group[0]?.bonus ?? 0,
    })
  }
  return { coarse, firsts }
}

/** Cost of every stretch [end - length, end): `costs[end * maxUnits + length - 1]`, in nats. */
function stretchCosts(
  units: readonly TopicUnit[],
  { maxUnits, averageWords }: { maxUnits: number; averageWords: number },
): Float64Array {
  const { rows, gains, offsets, draws } = recurringWords(units)
  const costs = new Float64Array((units.length + 1) * maxUnits).fill(Number.POSITIVE_INFINITY)
  const counts = new Int32Array(offsets.length)
  for (let end = 1; end <= units.length; end++) {
    let gain = 0
    let drawn = 0
    let words = 0
    const first = Math.max(0, end - maxUnits)
    for (let start = end - 1; start >= first; start--) {
      for (const stem of rows[start] ?? NO_STEMS) {
        const seen = counts[stem] ?? 0
        gain += (gains[(offsets[stem] ?? 0) + seen] ?? 0) - (draws[drawn] ?? 0)
        counts[stem] = seen + 1
        drawn++
      }
      words += units[start]?.words ?? 0
      const bonus = start === 0 ? 0 : (units[start]?.bonus ?? 0)
      costs[end * maxUnits + (end - start) - 1] = lengthCost(words / averageWords) - gain - bonus
    }
    for (let start = first; start < end; start++) {
      for (const stem of rows[start] ?? NO_STEMS) counts[stem] = 0
    }
  }
  return costs
}

const NO_STEMS = new Int32Array(0)

/** Log-normal prior on the length of a stretch, relative to the average. */
function lengthCost(ratio: number): number {
  const skew = Math.log(Math.max(ratio, 1e-6))
  return (skew * skew) / (2 * LENGTH_SPREAD * LENGTH_SPREAD)
}

/**
 * Stems that recur, renumbered, with tables of logarithms: `gains[offsets[stem] + seen]` is what a
 * stem seen so often in a stretch is worth there, `draws[drawn]` what any further word costs.
 */
function recurringWords(units: readonly TopicUnit[]) {
  const frequency = new Map<number, number>()
  for (const { stems } of units) {
    for (const stem of stems) frequency.set(stem, (frequency.get(stem) ?? 0) + 1)
  }
  const numbers = new Map<number, number>()
  const counts: number[] = []
  for (const [stem, count] of frequency) {
    if (count < MIN_OCCURRENCES) continue
    numbers.set(stem, counts.length)
    counts.push(count)
  }
  const total = counts.reduce((sum, count) => sum + count, 0)
  const strength = PRIOR_STRENGTH * counts.length
  const offsets = new Int32Array(counts.length)
  const gains = new Float64Array(total)
  let at = 0
  for (const [stem, count] of counts.entries()) {
    offsets[stem] = at
    const prior = (strength * count) / total
    const share = Math.log(count / total)
    for (let seen = 0; seen < count; seen++) gains[at++] = Math.log(prior + seen) - share
  }
  return {
    rows: units.map(({ stems }) =>
      Int32Array.from(stems.map((stem) => numbers.get(stem)).filter((stem) => stem !== undefined)),
    ),
    gains,
    offsets,
    draws: Float64Array.from({ length: total }, (_, drawn) => Math.log(strength + drawn)),
  }
}
