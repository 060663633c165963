import type { Reading } from './reading.ts'
import type { UtteranceSpan } from './utterance-span.ts'
import { NO_STEM } from './vocabulary.ts'

/** How far from a found span its brand may lead. In sentences. */
const REACH = 14
/** Sentences without the brand that may lie between two with it. */
const MAX_GAP = 4
/** A brand comes up this often, and nowhere outside the reach. */
const MIN_MENTIONS = 3
/** Longer than this is a talk about a product. In words. */
const MAX_WORDS = 450

/**
 * Spans of advertising stretched over the sentences beside them that name the same brand: a word
 * written with a capital that comes up several times near the span and nowhere else.
 */
export function extendAds(reading: Reading, spans: readonly UtteranceSpan[]): UtteranceSpan[] {
  const extended = spans.map((span) => extend(reading, span))
  const merged: UtteranceSpan[] = []
  for (const span of extended) {
    const last = merged.at(-1)
    if (last !== undefined && span.first <= last.last + 1) {
      merged[merged.length - 1] = { first: last.first, last: Math.max(last.last, span.last) }
    } else merged.push(span)
  }
  return merged
}

function extend(reading: Reading, span: UtteranceSpan): UtteranceSpan {
  const brands = brandsOf(reading, span)
  if (brands.size === 0) return span
  const named = (index: number) => stemsOf(reading, index).some((stem) => brands.has(stem))
  const first = reachOut(span.first, -1, { reading, named })
  const last = reachOut(span.last, 1, { reading, named })
  const { utterances } = reading
  const words = (utterances[last]?.tokenTo ?? 0) - (utterances[first]?.tokenFrom ?? 0)
  return words <= MAX_WORDS ? { first, last } : span
}

function reachOut(
  from: number,
  step: 1 | -1,
  { reading, named }: { reading: Reading; named: (index: number) => boolean },
): number {
  let edge = from
  for (let at = from + step; Math.abs(at - from) <= REACH; at += step) {
    if (reading.utterances[at] === undefined || Math.abs(at - edge) > MAX_GAP + 1) break
    if (named(at)) edge = at
  }
  return edge
}

function brandsOf(reading: Reading, { first, last }: UtteranceSpan): Set<number> {
  const candidates = new Set<number>()
  for (let index = first; index <= last; index++) {
    for (const stem of stemsOf(reading, index)) candidates.add(stem)
  }
  const near = new Map<number, number>()
  const capital = new Set<number>()
  const far = new Set<number>()
  for (const { index } of reading.utterances) {
    const isNear = index >= first - REACH && index <= last + REACH
    for (const stem of stemsOf(reading, index)) {
      if (!candidates.has(stem)) continue
      if (isNear) near.set(stem, (near.get(stem) ?? 0) + 1)
      else far.add(stem)
    }
    if (isNear) for (const stem of capitalStemsOf(reading, index)) capital.add(stem)
  }
  const brands = new Set<number>()
  for (const [stem, count] of near) {
    if (count >= MIN_MENTIONS && capital.has(stem) && !far.has(stem)) brands.add(stem)
  }
  return brands
}

function stemsOf({ utterances, tokens }: Reading, index: number): number[] {
  const { tokenFrom = 0, tokenTo = 0 } = utterances[index] ?? {}
  return [...tokens.stem.subarray(tokenFrom, tokenTo)].filter((stem) => stem !== NO_STEM)
}

function capitalStemsOf({ utterances, tokens, text }: Reading, index: number): number[] {
  const { tokenFrom = 0, tokenTo = 0 } = utterances[index] ?? {}
  const stems: number[] = []
  for (let at = tokenFrom + 1; at < tokenTo; at++) {
    const stem = tokens.stem[at] ?? NO_STEM
    if (stem !== NO_STEM && /\p{Lu}/u.test(text[tokens.from[at] ?? 0] ?? '')) stems.push(stem)
  }
  return stems
}
