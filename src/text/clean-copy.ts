import type { CueList } from './cue-list.ts'

/** A quote with words left out; never a word put in. */
export type CleanCopy = {
  readonly text: string
  /** Offset in the raw text of each character of `text`. */
  readonly rawOf: readonly number[]
}

type Range = { from: number; to: number }

/** Marks of transcribers for what is no speech: `[Music]`, `(laughs)`, `{vocalsound}`, `♪`. */
export const NON_SPEECH =
  /\{[^{}]{0,40}\}|\[[^\]]{0,48}\]|\((?:laugh|chuckl|music|applause|sigh|cough|cross|inaudible|unintelligible|pause|silence|snort|gasp)[^)]{0,30}\)|[♪♫\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF\u00AD]+/giu
/** A word cut off and begun again: "th- the". */
const CUT_OFF = /(?<![\p{L}\p{N}-])(\p{L}{1,12})(?:-{1,2}|—)\s+(?=(\p{L}+))/gu
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’-][\p{L}\p{N}]+)*/gu
/** Words that are doubled on purpose. */
const DOUBLED = new Set(
  'very really so many far much had that no yeah ha bye long way so'.split(' '),
)
/** Longest run of words that counts as a stammer when it comes twice. */
const MAX_REPEAT_WORDS = 3

/**
 * A copy of `raw` fit to be read: without fillers, stammers, cut-off words, marks of transcribers,
 * opening "and so", closing "right?". Words are only left out, in order; words of `cues.keep`
 * (negations, modals, hedges, conditions) and numbers stay. Without cues only what holds in every
 * language is left out. Linear.
 *
 * Deletion-only compression: Knight and Marcu, "Statistics-Based Summarization", 2000, with the
 * deletions limited to disfluencies (Shriberg, 1994).
 */
export function cleanCopy(raw: string, cues: CueList | null): CleanCopy {
  const gone = new Uint8Array(raw.length)
  removeMatches(raw, gone, NON_SPEECH)
  removeCutOffs(raw, gone)
  removeFalseStart(raw, gone)
  if (cues !== null) {
    removeFillers(raw, gone, cues)
    removeAsides(raw, gone, cues)
  }
  removeRepeats(raw, gone, cues)
  if (cues !== null) {
    removeOpeners(raw, gone, cues)
    removeTags(raw, gone, cues)
  }
  return tidy(raw, gone)
}

function remove(gone: Uint8Array, { from, to }: Range): void {
  gone.fill(1, from, to)
}

function removeMatches(raw: string, gone: Uint8Array, pattern: RegExp): void {
  for (const match of raw.matchAll(pattern)) {
    remove(gone, { from: match.index, to: match.index + match[0].length })
  }
}

function removeCutOffs(raw: string, gone: Uint8Array): void {
  for (const match of raw.matchAll(CUT_OFF)) {
    const [whole, fragment = '', next = ''] = match
    if (next.toLowerCase().startsWith(fragment.toLowerCase())) {
      remove(gone, { from: match.index, to: match.index + whole.length })
    }
  }
}

/** "The -- one thing": up to three words, given up before anything was said. */
const FALSE_START = /^\s*(?:[\p{L}'’]+,?\s+){0,2}[\p{L}'’]+\s*(?:--+|—|–|\.{3}|…)\s+(?=\p{L})/u

function removeFalseStart(raw: string, gone: Uint8Array): void {
  const match = FALSE_START.exec(raw)
  if (match !== null) remove(gone, { from: 0, to: match[0].length })
}

type Word = Range & { form: string }

function wordsLeft(raw: string, gone: Uint8Array): Word[] {
  const words: Word[] = []
  for (const match of raw.matchAll(WORD)) {
    if (gone[match.index] === 1) continue
    const form = match[0].toLowerCase().replaceAll('’', "'")
    words.push({ from: match.index, to: match.index + match[0].length, form })
  }
  return words
}

function removeFillers(raw: string, gone: Uint8Array, { fillers }: CueList): void {
  for (const { form, from, to } of wordsLeft(raw, gone)) {
    if (fillers.has(form)) remove(gone, { from, to: to + commaAfter(raw, to) })
  }
}

function commaAfter(raw: string, at: number): number {
  return raw[at] === ',' ? 1 : 0
}

function removeAsides(raw: string, gone: Uint8Array, { asides }: CueList): void {
  const lower = raw.toLowerCase()
  for (const aside of asides) {
    for (let at = lower.indexOf(aside); at >= 0; at = lower.indexOf(aside, at + 1)) {
      const end = at + aside.length
      if (raw[end] !== ',' || !/[,—–] ?$/.test(raw.slice(Math.max(0, at - 2), at))) continue
      // Both commas go with it.
      remove(gone, { from: at - (raw[at - 1] === ' ' ? 2 : 1), to: end + 1 })
    }
  }
}

function removeRepeats(raw: string, gone: Uint8Array, cues: CueList | null): void {
  const words = wordsLeft(raw, gone)
  const isFixed = (form: string) =>
    DOUBLED.has(form) || /\d/.test(form) || (cues?.keep.has(form) ?? false)
  for (let index = 0; index < words.length; index++) {
    for (let size = MAX_REPEAT_WORDS; size >= 1; size--) {
      const first = words.slice(index, index + size)
      const second = words.slice(index + size, index + 2 * size)
      const isSame =
        second.length === size && first.every(({ form }, i) => form === second[i]?.form)
      const start = first[0]
      const next = second[0]
      if (!isSame || start === undefined || next === undefined) continue
      if (size === 1 && isFixed(start.form)) continue
      if (/[.!?;:"“”]/.test(raw.slice(start.from, next.from))) continue
      remove(gone, { from: start.from, to: next.from })
      break
    }
  }
}

function removeOpeners(raw: string, gone: Uint8Array, cues: CueList): void {
  const openers = cues.openers.toSorted((a, b) => b.length - a.length)
  for (let round = 0; round < 5; round++) {
    const words = wordsLeft(raw, gone)
    const opener = openers.find((phrase) => opensWith(words, phrase))
    const size = opener?.split(' ').length ?? 0
    const next = words[size]
    const last = words[size - 1]
    if (opener === undefined || next === undefined || last === undefined) return
    const between = raw.slice(last.to, next.from)
    if (!isSafeOpener(opener, between, next.form)) return
    remove(gone, { from: 0, to: next.from })
  }
}

/** "so" before "far", "like" before a noun, "right" before "now" belong to what follows. */
function isSafeOpener(opener: string, between: string, next: string): boolean {
  if (/[,.;!—–]/.test(between)) return !/["“(]/.test(between)
  if (/["“(?:]/.test(between)) return false
  if (opener === 'and' || opener === 'but' || opener === 'and then') return true
  if (opener === 'so')
    return !/^(?:far|long|many|much|few|little|that|called|as|good|bad)$/.test(next)
  return opener === 'i think that' || opener === 'i would say' || opener === "i'd say"
    ? false
    : /^(?:yeah|okay|ok|oh|alright|well|um|und|aber|y|pero|et|mais|e|mas|ma|en|maar)$/.test(opener)
}

function opensWith(words: readonly Word[], phrase: string): boolean {
  return phrase.split(' ').every((form, index) => words[index]?.form === form)
}

function removeTags(raw: string, gone: Uint8Array, { tags }: CueList): void {
  const words = wordsLeft(raw, gone)
  for (const tag of tags) {
    const size = tag.split(' ').length
    const tail = words.slice(-size)
    const first = tail[0]
    const before = words[words.length - size - 1]
    if (first === undefined || before === undefined || words.length < size + 4) continue
    if (tail.map(({ form }) => form).join(' ') !== tag) continue
    if (!/,\s*$/.test(raw.slice(before.to, first.from))) continue
    remove(gone, { from: before.to, to: raw.length })
    return
  }
}

/** Joins what is left: single spaces, no comma at the start or twice, a capital at the start. */
function tidy(raw: string, gone: Uint8Array): CleanCopy {
  const characters: string[] = []
  const rawOf: number[] = []
  for (let at = 0; at < raw.length; at++) {
    if (gone[at] === 1) continue
    const character = raw[at] ?? ''
    const last = characters.at(-1)
    const isSpace = /\s/.test(character)
    if (isSpace && (last === undefined || last === ' ')) continue
    if (/[,;:.!?]/.test(character) && (last === undefined || isAfterGap(raw, gone, at, last))) {
      if (last === undefined || /[,;:]/.test(character)) continue
      while (/[ ,;:]/.test(characters.at(-1) ?? '')) {
        characters.pop()
        rawOf.pop()
      }
    }
    if (gone[at - 1] === 1 && isLetter(last) && isLetter(character)) {
      characters.push(' ')
      rawOf.push(at)
    }
    characters.push(isSpace ? ' ' : character)
    rawOf.push(at)
    if (lacksSpace(raw, at)) {
      characters.push(' ')
      rawOf.push(at)
    }
  }
  while (/[\s,;:—–-]/.test(characters.at(-1) ?? '')) {
    characters.pop()
    rawOf.pop()
  }
  return { text: capitalised(characters), rawOf }
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}

/** Captions that glue sentences together: "journey,and", "podcast.I'm". */
function lacksSpace(raw: string, at: number): boolean {
  const mark = raw[at]
  if (mark === ',') return /^\p{L}{2}/u.test(raw.slice(at + 1, at + 3))
  if (mark !== '.' && mark !== '?' && mark !== '!') return false
  return (
    /\p{Ll}{2}$/u.test(raw.slice(at - 2, at)) &&
    /^\p{Lu}['’\p{Ll}\s]/u.test(raw.slice(at + 1, at + 3))
  )
}

function isAfterGap(raw: string, gone: Uint8Array, at: number, last: string): boolean {
  if (!/[ ,;:]/.test(last)) return false
  let before = at - 1
  while (before >= 0 && /\s/.test(raw[before] ?? '') && gone[before] !== 1) before--
  return gone[before] === 1
}

function capitalised(characters: readonly string[]): string {
  const text = characters.join('')
  const first = text[0] ?? ''
  const upper = first.toUpperCase()
  return upper.length === first.length ? upper + text.slice(1) : text
}
