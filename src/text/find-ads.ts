import type { CueList } from './cue-list.ts'
import { extendAds } from './extend-ads.ts'
import type { Reading } from './reading.ts'
import type { UtteranceSpan } from './utterance-span.ts'
import { NO_STEM } from './vocabulary.ts'

/** Log-odds of any sentence being advertising before anything is known, in nats. */
const PRIOR = -1.6
/** Chance that advertising begins, and that it ends, after a sentence. */
const BEGINS = 0.001
const ENDS = 0.05
/** A span needs one cue at least as strong as this: nothing is hidden on words alone. */
const MIN_STRONGEST = 5
/** Distance within which a word that occurs nowhere else counts as local. In sentences. */
const LOCAL_REACH = 20
const LOCALITY_WEIGHT = 1.2
/** Log-odds of a sentence that the show says in other episodes as well. */
const REPEATED_WEIGHT = 5
/** Advertising longer than this is talk about advertising. In words. */
const MAX_SPAN_WORDS = 600
/** Cues of one sentence count up to this. */
const MAX_CUES = 9
const TIDY = /[^\p{L}\p{N}]+/gu

/**
 * Advertising and self-promotion, as runs of utterances.
 *
 * Log-odds of cue phrases and of vocabulary used nowhere else, smoothed by a two-state hidden
 * Markov model (Viterbi, 1967); after Reddy et al., "Detecting Extraneous Content in Podcasts",
 * 2021. `strengths` are those of `adCueStrengths`.
 */
export function findAds(reading: Reading, strengths: readonly number[]): UtteranceSpan[] {
  if (!strengths.some((strength) => strength >= MIN_STRONGEST)) return []
  const locality = localityOf(reading)
  const odds = strengths.map(
    (strength, index) => PRIOR + strength + LOCALITY_WEIGHT * (locality[index] ?? 0),
  )
  const spans = viterbiSpans(odds).filter((span) => isPlausible(reading, strengths, span))
  return extendAds(reading, spans)
}

/**
 * Strength of the cues of advertising in each utterance, in nats; `repeated` are sentences that the
 * show says in other episodes as well, as `repeatKey` gives them.
 */
export function adCueStrengths(
  reading: Reading,
  cues: CueList | null,
  repeated: ReadonlySet<string> = new Set(),
): number[] {
  return reading.utterances.map(({ from, to }) =>
    cues === null && repeated.size === 0
      ? 0
      : cueStrength(reading.text.slice(from, to), cues, repeated),
  )
}

/** How a sentence reads when it is compared between episodes. */
export function repeatKey(sentence: string): string {
  return sentence.toLowerCase().replace(TIDY, ' ').trim()
}

function cueStrength(
  sentence: string,
  cues: CueList | null,
  repeated: ReadonlySet<string>,
): number {
  const lower = sentence.toLowerCase().replaceAll('’', "'")
  let strength = repeated.size > 0 && repeated.has(repeatKey(sentence)) ? REPEATED_WEIGHT : 0
  for (const { pattern, weight } of cues?.ads ?? []) if (pattern.test(lower)) strength += weight
  for (const { pattern, weight } of cues?.notAds ?? []) if (pattern.test(lower)) strength -= weight
  return Math.min(strength, MAX_CUES)
}

/** For each utterance the share of its recurring stems that occur only near it. */
function localityOf({ utterances, tokens }: Reading): Float64Array {
  const first = new Map<number, number>()
  const last = new Map<number, number>()
  for (const { index, tokenFrom, tokenTo } of utterances) {
    for (let at = tokenFrom; at < tokenTo; at++) {
      const stem = tokens.stem[at] ?? NO_STEM
      if (stem === NO_STEM) continue
      if (!first.has(stem)) first.set(stem, index)
      last.set(stem, index)
    }
  }
  return Float64Array.from(utterances, ({ index, tokenFrom, tokenTo }) => {
    let recurring = 0
    let local = 0
    for (let at = tokenFrom; at < tokenTo; at++) {
      const stem = tokens.stem[at] ?? NO_STEM
      const [from, to] = [first.get(stem) ?? index, last.get(stem) ?? index]
      if (stem === NO_STEM || from === to) continue
      recurring++
      if (index - from <= LOCAL_REACH && to - index <= LOCAL_REACH) local++
    }
    return recurring === 0 ? 0 : local / recurring
  })
}

function viterbiSpans(odds: readonly number[]): UtteranceSpan[] {
  const [stayOff, begin] = [Math.log(1 - BEGINS), Math.log(BEGINS)]
  const [stayOn, end] = [Math.log(1 - ENDS), Math.log(ENDS)]
  let off = 0
  let on = begin
  const offFromOn = new Uint8Array(odds.length)
  const onFromOn = new Uint8Array(odds.length)
  for (const [index, value] of odds.entries()) {
    offFromOn[index] = on + end > off + stayOff ? 1 : 0
    onFromOn[index] = on + stayOn > off + begin ? 1 : 0
    const nextOff = Math.max(on + end, off + stayOff)
    on = Math.max(on + stayOn, off + begin) + value
    off = nextOff
  }
  const spans: UtteranceSpan[] = []
  let isOn = on > off
  let last = -1
  for (let index = odds.length - 1; index >= 0; index--) {
    if (isOn && last < 0) last = index
    const wasOn = (isOn ? onFromOn[index] : offFromOn[index]) === 1
    if (isOn && (!wasOn || index === 0)) {
      spans.push({ first: index, last })
      last = -1
    }
    isOn = wasOn
  }
  return spans.reverse()
}

function isPlausible(
  { utterances }: Reading,
  strengths: readonly number[],
  { first, last }: UtteranceSpan,
): boolean {
  const strongest = strengths.slice(first, last + 1).reduce((a, b) => Math.max(a, b), 0)
  const words = (utterances[last]?.tokenTo ?? 0) - (utterances[first]?.tokenFrom ?? 0)
  return strongest >= MIN_STRONGEST && words <= MAX_SPAN_WORDS
}
