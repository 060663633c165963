import type { Segment } from '../model/transcript.ts'
import { nameSpeakers, type SpokenCue } from './name-speakers.ts'
import { plainCue } from './plain-cue.ts'

const MAX_SECONDS = 200 * 3600
const CHANGE = /(?:^|\s)(?:>{2,3}|»)\s*/
/** A pause after which words of single-word segments start a new segment. Seconds. */
const WORD_GAP = 1.5
const MAX_JOINED_WORDS = 30
const SENTENCE_END = /[.!?…]["'”’)]?$/

export interface MendOptions {
  /** False when `start` and `end` are paragraph indexes. */
  isTimed: boolean
  /** True when a name stands only where the speaker changes. */
  carriesSpeakers: boolean
}

/**
 * Makes segments sound: plain text, speakers named, in order of time, not overlapping, none empty,
 * none twice. What a format's parser found goes in, the segments of a Transcript come out.
 *
 * Cues that repeat the lines of the one before (rolling captions) keep only what is new; files
 * with one word to a segment are joined into sentences. Untimed segments get their index anew.
 * Linear but for the sorting. Never throws.
 */
export function mendSegments(given: readonly Segment[], options: MendOptions): Segment[] {
  const cues = options.isTimed ? joinWords(inOrder(withSoundTimes(given))) : given
  const plain = cues.map((cue) => ({ ...cue, text: plainCue(cue.text) }))
  const unrolled = options.isTimed ? withoutOverlaps(withoutRolling(plain)) : plain
  const spoken = nameSpeakers(unrolled.flatMap(atChanges), options.carriesSpeakers)
  const segments = spoken
    .map(({ start, end, speaker, text }) => ({
      start: toMs(start),
      end: toMs(end),
      speaker,
      text: singleSpaced(text),
    }))
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
  if (!options.isTimed)
    return segments.map((segment, index) => ({ ...segment, start: index, end: index }))
  return withoutRepeats(segments)
}

/** Negative, missing and reversed times mended by those around them, in the order of the file. */
function withSoundTimes(given: readonly Segment[]): Segment[] {
  let before = 0
  return given.map((segment, index) => {
    const next = given[index + 1]?.start ?? Number.POSITIVE_INFINITY
    const start = soundStart(segment, { before, next })
    const end = Number.isFinite(segment.end) && segment.end <= MAX_SECONDS ? segment.end : start
    before = start
    return { ...segment, start, end: Math.max(start, end) }
  })
}

function soundStart(
  { start, end }: Segment,
  { before, next }: { before: number; next: number },
): number {
  if (!Number.isFinite(start)) return before
  const isReversed = end < start
  // Of a reversed pair the time that fits between its neighbours is the true start.
  const fits = (time: number) => time >= before && time <= next
  const other = fits(end) ? end : Math.min(start, end)
  const chosen = isReversed && !fits(start) ? other : start
  if (chosen > MAX_SECONDS) return before
  return Math.max(0, chosen)
}

function inOrder(segments: Segment[]): Segment[] {
  const isOrdered = segments.every(
    (segment, n) => n === 0 || (segments[n - 1]?.start ?? 0) <= segment.start,
  )
  return isOrdered ? segments : segments.toSorted((a, b) => a.start - b.start)
}

/**
 * Automatic captions show each line twice, first growing below and then standing above. A cue
 * keeps the lines that its predecessor did not show.
 */
function withoutRolling(cues: readonly Segment[]): Segment[] {
  let shown: string[] = []
  const result: Segment[] = []
  for (const cue of cues) {
    const lines = linesOf(cue.text)
    const last = result.at(-1)
    const isNear = last !== undefined && cue.start - last.end < 0.2
    const isPassing = cue.end - cue.start < 0.1
    const repeated = isNear ? overlapOf(shown, lines, isPassing) : 0
    const fresh = lines.slice(repeated)
    if (lines.length > 0) shown = lines
    if (fresh.length > 0) result.push({ ...cue, text: fresh.join('\n') })
    else if (last !== undefined && repeated > 0) last.end = Math.max(last.end, cue.end)
  }
  return result
}

function linesOf(text: string): string[] {
  const trimmed = text.trim()
  if (trimmed === '') return []
  if (!trimmed.includes('\n')) return [trimmed]
  return trimmed.split(/\s*\n\s*/)
}

/** How many lines at the start of `lines` are those at the end of `shown`. */
function overlapOf(shown: readonly string[], lines: readonly string[], isPassing: boolean): number {
  const most = Math.min(shown.length, lines.length, 4)
  for (let count = most; count > 0; count--) {
    const tail = shown.slice(-count)
    const isSame = tail.every((line, n) => line === lines[n])
    // A whole cue of one or two words may well be said twice.
    const isLong = lines.length > count || shown.length > count || tail.join(' ').length > 20
    if (isSame && (isLong || isPassing)) return count
  }
  return 0
}

/** Cuts a cue at each `>>`, which marks another speaker; its time is shared out by length. */
function atChanges({ start, end, speaker, text }: Segment): SpokenCue[] {
  if (!text.includes('>>') && !text.includes('»')) {
    return [{ start, end, speaker, text, isNewSpeaker: false }]
  }
  const parts = text.split(new RegExp(CHANGE, 'g'))
  const total = Math.max(
    1,
    parts.reduce((sum, part) => sum + part.length, 0),
  )
  const cues: SpokenCue[] = []
  let at = start
  for (const [index, part] of parts.entries()) {
    const from = at
    at = index === parts.length - 1 ? end : from + ((end - start) * part.length) / total
    if (part.trim() === '') continue
    cues.push({ start: from, end: at, speaker, text: part, isNewSpeaker: index > 0 })
  }
  return cues
}

function withoutRepeats(segments: readonly Segment[]): Segment[] {
  const result: Segment[] = []
  for (const segment of segments) {
    const last = result.at(-1)
    const isRepeat =
      last !== undefined && last.text === segment.text && segment.start - last.start < 0.1
    if (isRepeat) last.end = Math.max(last.end, segment.end)
    else result.push({ ...segment })
  }
  return result
}

function withoutOverlaps(segments: readonly Segment[]): Segment[] {
  return segments.map((segment, index) => {
    const next = segments[index + 1]
    if (next === undefined || segment.end <= next.start) return segment
    return { ...segment, end: Math.max(segment.start, next.start) }
  })
}

/** Segments of single words joined into sentences, so that each is something said. */
function joinWords(segments: readonly Segment[]): readonly Segment[] {
  const words = segments.reduce((sum, { text }) => sum + countWords(text), 0)
  if (segments.length < 5 || words / segments.length > 1.6) return segments
  const result: Segment[] = []
  let joined: string[] = []
  for (const segment of segments) {
    const word = segment.text.trim()
    const last = result.at(-1)
    if (word === '') continue
    const isOpen = joined.length > 0 && joined.length < MAX_JOINED_WORDS
    if (last !== undefined && isOpen && goesOn(last, segment)) {
      joined.push(word)
      last.end = Math.max(last.end, segment.end)
      if (SENTENCE_END.test(word)) joined = closed(last, joined)
    } else {
      if (last !== undefined) closed(last, joined)
      result.push({ ...segment, text: word })
      joined = SENTENCE_END.test(word) ? [] : [word]
    }
  }
  const last = result.at(-1)
  if (last !== undefined) closed(last, joined)
  return result
}

/** Gives the segment its words; none are left over for the next. */
function closed(segment: Segment, words: readonly string[]): string[] {
  if (words.length > 0) segment.text = words.join(' ')
  return []
}

function goesOn(last: Segment, next: Segment): boolean {
  return last.speaker === next.speaker && next.start - last.end <= WORD_GAP
}

function countWords(text: string): number {
  let count = 1
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) count++
  return count
}

/** Milliseconds are as exact as any format writes; sums of fractions are not. */
function toMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

function singleSpaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toWellFormed()
}
