import { isGivenName } from './names/given-names.ts'
import type { Reading } from './reading.ts'
import type { Tokens } from './tokenise.ts'
import { NO_STEM } from './vocabulary.ts'

/** A name of something: a person, a place, a product, a body. */
export type Entity = {
  readonly index: number
  readonly name: string
  readonly count: number
  /** Words of the name. */
  readonly words: number
}

export type Entities = {
  readonly list: readonly Entity[]
  /** Indexes of the entities that each utterance names, each once. */
  readonly inUtterance: readonly (readonly number[])[]
}

/** Share of capitals above which capitals mean nothing (headlines, captions in capitals). */
const MAX_CAPITAL_SHARE = 0.3
/** Lower-case words that may stand inside a name. */
const INSIDE = new Set('of de la le du des van von der den di da del'.split(' '))
/** Languages that write all nouns with a capital: only names of two words or more are safe. */
const NOUN_CAPITALS = new Set(['de', 'lb'])
const MAX_NAME_WORDS = 5
/** A long form is trusted with the short one from this many mentions. */
const MIN_LONG_FORMS = 1
/** A word at the start of a sentence counts as a name when it has a capital inside sentences too. */
const MIN_INSIDE_CAPITALS = 1

const NONE: Entities = { list: [], inUtterance: [] }

/**
 * Names in a text, by capitals inside sentences. A short form joins the one long form that ends or
 * begins with it ("Daswani", "Henrike Daswani").
 *
 * After Mikheev, "Periods, Capitalized Words, etc.", 2002: a capital at the start of a sentence
 * proves nothing by itself, the same word elsewhere in the text does.
 */
export function findEntities(reading: Reading): Entities {
  const { tokens } = reading
  const capitals = markCapitals(reading)
  if (capitals === null) return { ...NONE, inUtterance: reading.utterances.map(() => []) }
  const names = new Map<string, { name: string; count: number; words: number }>()
  const perUtterance = reading.utterances.map(({ tokenFrom, tokenTo }) => {
    const keys: string[] = []
    let at = tokenFrom
    while (at < tokenTo) {
      const end = nameEnd(reading, capitals, { from: at, to: tokenTo })
      if (end > at) keys.push(note(names, reading, { from: at, to: end }))
      at = Math.max(end, at + 1)
    }
    return keys
  })
  const least = NOUN_CAPITALS.has(reading.language) ? 2 : 1
  return number(names, { perUtterance, least, tokens })
}

/** 1 for each token that is written as a name; null when capitals mean nothing. */
function markCapitals({ text, tokens, utterances }: Reading): Uint8Array | null {
  const isUpper = new Uint8Array(tokens.count)
  const upperInside = new Uint16Array(tokens.vocabulary.forms.length)
  const lower = new Uint16Array(tokens.vocabulary.forms.length)
  const starts = new Set(utterances.map(({ tokenFrom }) => tokenFrom))
  let letters = 0
  let upper = 0
  for (let at = 0; at < tokens.count; at++) {
    const first = text[tokens.from[at] ?? 0] ?? ''
    const form = tokens.form[at] ?? 0
    if (/\p{Lu}/u.test(first)) {
      isUpper[at] = 1
      upper++
      if (!starts.has(at) && !followsMark(text, tokens, at)) {
        upperInside[form] = (upperInside[form] ?? 0) + 1
      }
    } else lower[form] = (lower[form] ?? 0) + 1
    letters++
  }
  if (upper > letters * MAX_CAPITAL_SHARE) return null
  for (let at = 0; at < tokens.count; at++) {
    const form = tokens.form[at] ?? 0
    const inside = upperInside[form] ?? 0
    const isName =
      inside >= MIN_INSIDE_CAPITALS &&
      inside >= (lower[form] ?? 0) &&
      (tokens.stem[at] !== NO_STEM ||
        /^\p{Lu}{2,}$/u.test(text.slice(tokens.from[at], tokens.to[at])))
    if (!isName) isUpper[at] = 0
  }
  return isUpper
}

function followsMark(text: string, tokens: Tokens, at: number): boolean {
  return /[.!?:"“”„«»()[\]–—…]\s*$/.test(text.slice(tokens.to[at - 1] ?? 0, tokens.from[at] ?? 0))
}

function nameEnd(
  { text, tokens }: Reading,
  capitals: Uint8Array,
  { from, to }: { from: number; to: number },
): number {
  if (capitals[from] !== 1) return from
  let end = from + 1
  for (let at = end; at < to && at < from + MAX_NAME_WORDS; at++) {
    const gap = text.slice(tokens.to[at - 1], tokens.from[at])
    if (!/^[ .’'-]{1,2}$/.test(gap) || /\.\s/.test(gap.replace(/^\. ?$/, ''))) break
    const form = tokens.vocabulary.forms[tokens.form[at] ?? 0] ?? ''
    if (capitals[at] === 1 || (/^\d+(?:\.\d+)*$/.test(form) && gap === ' ')) end = at + 1
    else if (!INSIDE.has(form)) break
  }
  return end
}

function note(
  names: Map<string, { name: string; count: number; words: number }>,
  { text, tokens }: Reading,
  { from, to }: { from: number; to: number },
): string {
  const name = text.slice(tokens.from[from], tokens.to[to - 1]).replace(/['’]s$/, '')
  const key = name.toLowerCase().replaceAll('’', "'")
  const known = names.get(key)
  if (known === undefined) names.set(key, { name, count: 1, words: to - from })
  else known.count++
  return key
}

function number(
  names: ReadonlyMap<string, { name: string; count: number; words: number }>,
  { perUtterance, least }: { perUtterance: readonly string[][]; least: number; tokens: Tokens },
): Entities {
  const longForms = longFormOf(names)
  const totals = new Map<string, number>()
  for (const [key, { count }] of names) {
    const main = longForms.get(key) ?? key
    totals.set(main, (totals.get(main) ?? 0) + count)
  }
  const kept = [...totals]
    .map(([key, count]) => ({ key, count, known: names.get(key) }))
    .filter(({ known }) => known !== undefined && known.words >= least)
    .sort((a, b) => b.count - a.count)
  const indexOf = new Map(kept.map(({ key }, index) => [key, index]))
  return {
    list: kept.map(({ key, count, known }, index) => ({
      index,
      name: known?.name ?? key,
      count,
      words: known?.words ?? 1,
    })),
    inUtterance: perUtterance.map((keys) => {
      const found = keys.map((key) => indexOf.get(longForms.get(key) ?? key))
      return [...new Set(found.filter((index) => index !== undefined))]
    }),
  }
}

/** "henrike daswani": two or three words, the first a given name. */
function isLikelyPerson(key: string): boolean {
  const [first = ''] = key.split(' ')
  return isGivenName(first)
}

/** For each one-word name the one longer name that it is the first or last word of. */
function longFormOf(
  names: ReadonlyMap<string, { name: string; count: number; words: number }>,
): Map<string, string> {
  const longer = new Map<string, string[]>()
  for (const [key, { words, count }] of names) {
    if (words < 2 || count < MIN_LONG_FORMS) continue
    const parts = key.split(' ')
    for (const part of new Set([parts[0], parts.at(-1)])) {
      if (part !== undefined) longer.set(part, [...(longer.get(part) ?? []), key])
    }
  }
  const result = new Map<string, string>()
  for (const [part, keys] of longer) {
    const [only] = keys
    const name = names.get(part)?.name
    // "React" is not short for "React Native", nor "TLS" for "Rust TLS": a surname is no acronym.
    if (keys.length !== 1 || only === undefined || name === undefined) continue
    if (/^\p{Lu}\p{Ll}+$/u.test(name) && isLikelyPerson(only)) result.set(part, only)
  }
  return result
}
