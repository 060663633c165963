import type { Segment } from '../model/transcript.ts'
import { findSentenceEnds } from './find-sentence-ends.ts'
import type { Tokens } from './tokenise.ts'

/** Text with its segments and words, before it is cut into utterances. */
export type SpokenText = {
  readonly text: string
  readonly segments: readonly Segment[]
  readonly segmentFrom: Int32Array
  readonly tokens: Tokens
  readonly language: string
}

/** A sentence, or the nearest thing to one that unpunctuated speech allows. Ranges half-open. */
export type Utterance = {
  readonly index: number
  /** Characters of the reading's text. */
  readonly from: number
  readonly to: number
  readonly tokenFrom: number
  readonly tokenTo: number
  /** First and last segment that it touches. */
  readonly segmentFirst: number
  readonly segmentLast: number
  readonly speaker: string | null
  /** Numbers of turns rise by one whenever the speaker changes. */
  readonly turn: number
  readonly isQuestion: boolean
  /** False when the cut is ours: the sentence goes on, or began before. */
  readonly isWhole: boolean
}

/** Fewer sentence marks per word than this, and they cannot be trusted (1 in 60 words). */
const MIN_MARKS_PER_WORD = 1 / 60
/** Silence between segments that ends an utterance when there are no marks. In seconds. */
const PAUSE_SECONDS = 0.6
/** Aim for unpunctuated speech, in words: about one breath. */
const SPOKEN_WORDS = 25
/** Nothing longer is shown as one sentence. In words. */
const MAX_WORDS = 45
/** A piece shorter than this is not cut off a long sentence. In words. */
const MIN_PIECE_WORDS = 8
const TERMINAL = /[.!?…。！？؟۔।]/g
const CLAUSE_STARTS = new Set(
  'and but so because then which where when y pero porque entonces und aber weil dann et mais donc parce e mas porque então ma perché quindi en maar want dus'.split(
    ' ',
  ),
)

/** Cuts speech at speakers, sentence marks, pauses and, at last, at a bounded number of words. */
export function splitUtterances(spoken: SpokenText): {
  utterances: Utterance[]
  isPunctuated: boolean
} {
  const { text, tokens } = spoken
  const marks = text.match(TERMINAL)?.length ?? 0
  const isPunctuated = marks >= tokens.count * MIN_MARKS_PER_WORD
  const cuts = isPunctuated ? findSentenceEnds(text, spoken.language) : []
  const ends = mergeCuts(cuts, turnEnds(spoken), isPunctuated ? [] : pauseEnds(spoken))
  const utterances: Utterance[] = []
  const walk = { token: 0, segment: 0, turn: 0 }
  let from = 0
  for (const end of ends) {
    addPieces(spoken, { from, to: end, isPunctuated, walk, utterances })
    from = end
  }
  return { utterances, isPunctuated }
}

function turnEnds({ segments, segmentFrom, text }: SpokenText): number[] {
  const ends: number[] = []
  for (let index = 1; index < segments.length; index++) {
    if (segments[index]?.speaker === segments[index - 1]?.speaker) continue
    ends.push(segmentFrom[index] ?? 0)
  }
  ends.push(text.length)
  return ends
}

function pauseEnds({ segments, segmentFrom }: SpokenText): number[] {
  const ends: number[] = []
  for (let index = 1; index < segments.length; index++) {
    const gap = (segments[index]?.start ?? 0) - (segments[index - 1]?.end ?? 0)
    if (gap >= PAUSE_SECONDS) ends.push(segmentFrom[index] ?? 0)
  }
  return ends
}

function mergeCuts(...lists: readonly number[][]): number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b)
}

type Stretch = {
  from: number
  to: number
  isPunctuated: boolean
  walk: { token: number; segment: number; turn: number }
  utterances: Utterance[]
}

function addPieces(spoken: SpokenText, stretch: Stretch): void {
  const { tokens } = spoken
  const first = stretch.walk.token
  let last = first
  while (last < tokens.count && (tokens.from[last] ?? 0) < stretch.to) last++
  const limit = stretch.isPunctuated ? MAX_WORDS : SPOKEN_WORDS
  let start = first
  let from = stretch.from
  while (last - start > limit) {
    const cut = chooseCut(spoken, { start, limit, last })
    const to = tokens.from[cut] ?? stretch.to
    push(spoken, stretch, { from, to, tokenFrom: start, tokenTo: cut, isWhole: false })
    start = cut
    from = to
  }
  const isWhole = from === stretch.from
  push(spoken, stretch, { from, to: stretch.to, tokenFrom: start, tokenTo: last, isWhole })
  stretch.walk.token = last
}

/** The last clause start within the limit, else the limit itself. */
function chooseCut(
  { tokens, text }: SpokenText,
  { start, limit, last }: { start: number; limit: number; last: number },
): number {
  const latest = Math.min(start + limit, last - 1)
  for (let cut = latest; cut >= start + MIN_PIECE_WORDS; cut--) {
    const form = tokens.vocabulary.forms[tokens.form[cut] ?? 0] ?? ''
    const gap = text.slice(tokens.to[cut - 1], tokens.from[cut])
    if (CLAUSE_STARTS.has(form) || /[,;:—–]/.test(gap)) return cut
  }
  return latest
}

type Piece = { from: number; to: number; tokenFrom: number; tokenTo: number; isWhole: boolean }

function push(spoken: SpokenText, { walk, utterances }: Stretch, piece: Piece): void {
  const { text, segments, segmentFrom } = spoken
  let { from, to } = piece
  while (from < to && isSpace(text, from)) from++
  while (to > from && isSpace(text, to - 1)) to--
  if (piece.tokenFrom >= piece.tokenTo) return
  while (walk.segment + 1 < segments.length && (segmentFrom[walk.segment + 1] ?? 0) <= from) {
    walk.segment++
  }
  const segmentFirst = walk.segment
  let segmentLast = segmentFirst
  while (segmentLast + 1 < segments.length && (segmentFrom[segmentLast + 1] ?? 0) < to) {
    segmentLast++
  }
  const speaker = segments[segmentFirst]?.speaker ?? null
  const previous = utterances.at(-1)
  if (previous !== undefined && previous.speaker !== speaker) walk.turn++
  utterances.push({
    ...piece,
    index: utterances.length,
    from,
    to,
    segmentFirst,
    segmentLast,
    speaker,
    turn: walk.turn,
    isQuestion: /[?？؟]["'”’)\]]*$/.test(text.slice(Math.max(from, to - 4), to)),
  })
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0
}
