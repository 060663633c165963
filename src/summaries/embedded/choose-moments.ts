import { choosePassages, conceptOverlap } from './choose-passages.ts'
import type { EpisodeText } from './episode-text.ts'
import type { SpokenChapter } from './find-chapters.ts'
import type { Passage } from './passage.ts'

/** Words of the episode for each key moment, and the bounds of their number. */
const WORDS_PER_MOMENT = 450
const MIN_MOMENTS = 3
const MAX_MOMENTS = 16
/** A summary is never longer than this share of what it sums up. */
const MAX_SHARE = 0.3
/** Words of a moment on average, for the budget. */
const WORDS_EACH = 38
const MAX_PER_CHAPTER = 3
/** A chapter this long gets a moment of its own. In seconds, or in words for text. */
const LONG_CHAPTER_SECONDS = 180
const LONG_CHAPTER_WORDS = 500
/** Largest share of equal content words between two moments. */
const MAX_OVERLAP = 0.25
/** Power of a word's frequency in its weight; what a word said once is worth. */
const FREQUENCY_POWER = 0.5
const HAPAX = 0.3
/** A moment whose prior is below this share of the best tenth is not worth showing. */
const MIN_PRIOR_SHARE = 0.06

/** Key moments: standing alone, spread over chapters, no two alike; in order of time. */
export function chooseMoments(
  text: EpisodeText,
  chapters: readonly SpokenChapter[],
  candidates: readonly Passage[],
): Passage[] {
  const wordsIn = text.reading.tokens.count
  const mustCover = longChapters(text, chapters)
  const wanted = Math.min(
    MAX_MOMENTS,
    Math.max(MIN_MOMENTS, Math.round(wordsIn / WORDS_PER_MOMENT)),
  )
  const maxPassages = Math.max(wanted, mustCover.size)
  const floor = priorFloor(candidates)
  const fit = candidates.filter(({ prior, chapter }) => prior > floor || mustCover.has(chapter))
  const chosen = choosePassages(fit, {
    maxWords: Math.min(maxPassages * WORDS_EACH, Math.floor(wordsIn * MAX_SHARE)),
    maxPassages,
    maxPerChapter: chapters.length === 1 ? maxPassages : MAX_PER_CHAPTER,
    maxOverlap: MAX_OVERLAP,
    weights: conceptWeights(text),
    mustCover,
  })
  return asCandidates(candidates, chosen)
}

/** Sentences for the blocks: central ones that are not key moments already; in order of time. */
export function chooseBlockSentences(
  text: EpisodeText,
  candidates: readonly Passage[],
  options: {
    readonly taken: readonly Passage[]
    readonly blockOf: (chapter: number) => number
    readonly perBlock: number
    readonly maxWords: number
  },
): Passage[] {
  const floor = priorFloor(candidates)
  const taken = options.taken.map(({ from, to, concepts }) => ({
    from,
    to,
    concepts: new Set(concepts),
  }))
  const free = candidates.filter(
    (candidate) =>
      candidate.prior > floor &&
      taken.every(
        (other) =>
          (other.to <= candidate.from || other.from >= candidate.to) &&
          conceptOverlap(other.concepts, candidate.concepts) < MAX_OVERLAP,
      ),
  )
  const inBlocks = free.map((candidate) => ({
    ...candidate,
    chapter: options.blockOf(candidate.chapter),
  }))
  const blocks = new Set(inBlocks.map(({ chapter }) => chapter))
  const chosen = choosePassages(inBlocks, {
    maxWords: options.maxWords,
    maxPassages: options.perBlock * blocks.size,
    maxPerChapter: options.perBlock,
    maxOverlap: MAX_OVERLAP,
    weights: conceptWeights(text),
    mustCover: blocks,
  })
  return asCandidates(candidates, chosen)
}

function asCandidates(
  candidates: readonly Passage[],
  chosen: readonly { index: number }[],
): Passage[] {
  return chosen
    .map(({ index }) => candidates[index])
    .filter((candidate) => candidate !== undefined)
    .sort((a, b) => a.from - b.from)
}

/** Chapters that must have a key moment. */
export function longChapters(
  { reading, unit }: EpisodeText,
  chapters: readonly SpokenChapter[],
): Set<number> {
  const long = chapters.flatMap(({ chapter, first, next }, index) => {
    const words =
      (reading.utterances[next - 1]?.tokenTo ?? 0) - (reading.utterances[first]?.tokenFrom ?? 0)
    const isLong =
      unit === 'time'
        ? chapter.end - chapter.start > LONG_CHAPTER_SECONDS
        : words > LONG_CHAPTER_WORDS
    return isLong ? [index] : []
  })
  return new Set(long)
}

function conceptWeights({ frequency }: EpisodeText): Float64Array {
  return frequency.map((count) => count ** FREQUENCY_POWER * (count <= 1 ? HAPAX : 1))
}

function priorFloor(candidates: readonly Passage[]): number {
  const priors = Float64Array.from(candidates, ({ prior }) => prior).sort()
  return (priors[Math.floor(priors.length * 0.9)] ?? 0) * MIN_PRIOR_SHARE
}
