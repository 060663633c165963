import type { Reading } from '../reading.ts'
import { mayBeGivenName } from './given-names.ts'
import { isEnglishWord } from './is-english-word.ts'
import { jaroWinkler } from './jaro-winkler.ts'
import type { RosterName } from './name-roster.ts'
import { soundDistance } from './sound-distance.ts'

/** A name heard one way and written another. */
export type NameChange = {
  readonly heard: string
  readonly shown: string
  readonly reason: string
  readonly count: number
}

/** `fixes` are safe to show; `suggestions` wait for a person's word. */
export type NameChanges = {
  readonly fixes: readonly NameChange[]
  readonly suggestions: readonly NameChange[]
}

/** One half of a full name must be as good as equal, the other this close. Jaro-Winkler. */
const ANCHOR_LIKENESS = 0.9
const OTHER_LIKENESS = 0.8
/** A lone word must be this close, this long and this often heard. */
const LONE_LIKENESS = 0.85
const LONE_LETTERS = 6
const LONE_COUNT = 2
const MAX_SOUND_DISTANCE = 1
/** Suggestions may be further off. */
const SUGGESTED_LIKENESS = 0.85
const MAX_SUGGESTIONS = 20

/** A word of the transcript that is written as a name. */
type Heard = { word: string; count: number; next: Map<string, number> }

/**
 * Names that the transcript got wrong, by comparison with the roster. Fixed without asking are
 * only full names with one half right, and long unknown words that sound like a person of this
 * episode; all else is a suggestion. Owner's corrections come first and are always fixes.
 */
export function findNameChanges(
  reading: Reading,
  roster: readonly RosterName[],
  corrections: readonly { heard: string; shown: string }[] = [],
): NameChanges {
  const heard = collectHeard(reading)
  const corrected = corrections.flatMap(({ heard: wrong, shown }) =>
    applyCorrection(reading, wrong, shown),
  )
  const done = new Set(corrected.map((change) => change.heard.toLowerCase()))
  const right = new Set(
    roster.flatMap(({ name }) => wordsOf(name).map((word) => word.toLowerCase())),
  )
  const full = findFullNames(heard, { roster, right, done })
  for (const change of full) done.add(change.heard.toLowerCase())
  const left = withoutFixed(heard, full)
  const lone = findLoneNames(left, { roster, right, done })
  return {
    fixes: [...corrected, ...full, ...lone.fixes],
    suggestions: lone.suggestions.slice(0, MAX_SUGGESTIONS),
  }
}

/** Words that were heard outside the full names already put right, with what is left of them. */
function withoutFixed(
  heard: ReadonlyMap<string, Heard>,
  fixed: readonly NameChange[],
): ReadonlyMap<string, Heard> {
  const left = new Map(heard)
  for (const change of fixed) {
    for (const word of change.heard.split(' ')) {
      const known = left.get(word)
      if (known === undefined) continue
      if (known.count <= change.count) left.delete(word)
      else left.set(word, { ...known, count: known.count - change.count })
    }
  }
  return left
}

type Known = {
  roster: readonly RosterName[]
  right: ReadonlySet<string>
  done: ReadonlySet<string>
}

function applyCorrection(reading: Reading, heard: string, shown: string): NameChange[] {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(heard)}(?![\\p{L}\\p{N}])`, 'gu')
  const count = reading.text.match(pattern)?.length ?? 0
  if (count === 0 || heard === shown) return []
  return [{ heard, shown, reason: 'corrected by the owner', count }]
}

function collectHeard({ text, tokens }: Reading): Map<string, Heard> {
  const heard = new Map<string, Heard>()
  const isUpper = (at: number) => /\p{Lu}/u.test(text[tokens.from[at] ?? 0] ?? '')
  const wordAt = (at: number) => text.slice(tokens.from[at], tokens.to[at]).replace(/['’]s$/, '')
  for (let at = 0; at < tokens.count; at++) {
    if (!isUpper(at)) continue
    const word = wordAt(at)
    const known = heard.get(word) ?? { word, count: 0, next: new Map() }
    known.count++
    const gap = text.slice(tokens.to[at], tokens.from[at + 1])
    if (at + 1 < tokens.count && gap === ' ' && isUpper(at + 1)) {
      const next = wordAt(at + 1)
      known.next.set(next, (known.next.get(next) ?? 0) + 1)
    }
    heard.set(word, known)
  }
  return heard
}

/** Rule one: "Zoram Mamdani" for "Zohran Mamdani", the neighbour being the anchor. */
function findFullNames(heard: ReadonlyMap<string, Heard>, known: Known): NameChange[] {
  const names = known.roster.flatMap((entry) => {
    const words = wordsOf(entry.name)
    const [first, last] = [words[0], words.at(-1)]
    return words.length >= 2 && first !== undefined && last !== undefined
      ? [{ entry, first, last }]
      : []
  })
  const byLetters = groupByLetters(names)
  const changes: NameChange[] = []
  for (const { word, next } of heard.values()) {
    for (const [other, count] of next) {
      const near = byLetters.get(lettersOf(word, other)) ?? []
      const target = near.find(({ first, last }) =>
        isSameFullName([word, other], [first, last], known),
      )
      if (target === undefined || known.done.has(`${word} ${other}`.toLowerCase())) continue
      const shown = `${target.first} ${target.last}`
      changes.push({
        heard: `${word} ${other}`,
        shown,
        reason: `${reasonOf(target.entry)} “${target.entry.name}”, and half of the name is right`,
        count,
      })
    }
  }
  return changes
}

type FullName = { entry: RosterName; first: string; last: string }

/** Only names that begin with the same letters are compared: keeps long rosters cheap. */
function groupByLetters(names: readonly FullName[]): Map<string, FullName[]> {
  const groups = new Map<string, FullName[]>()
  for (const name of names) {
    const letters = lettersOf(name.first, name.last)
    groups.set(letters, [...(groups.get(letters) ?? []), name])
  }
  return groups
}

function lettersOf(first: string, last: string): string {
  return `${first[0] ?? ''}${last[0] ?? ''}`.toLowerCase()
}

function isSameFullName(
  heard: readonly [string, string],
  written: readonly [string, string],
  { right }: Known,
): boolean {
  const likeness = heard.map((word, index) => likenessOf(word, written[index] ?? ''))
  const [first = 0, second = 0] = likeness
  if (first === 1 && second === 1) return false
  const isAnchored = Math.max(first, second) >= ANCHOR_LIKENESS
  if (!isAnchored || Math.min(first, second) < OTHER_LIKENESS) return false
  return heard.every((word, index) => {
    const other = written[index] ?? ''
    if (likeness[index] === 1) return true
    // A word that is itself on the roster, or another person's given name, is meant as it stands.
    if (right.has(word.toLowerCase()) || (mayBeGivenName(word) && mayBeGivenName(other)))
      return false
    return word.length >= 3 && soundDistance(word, other) <= MAX_SOUND_DISTANCE
  })
}

/** Rule two: "Freeberg" for "Friedberg", long, unknown to the dictionary, heard again and again. */
function findLoneNames(heard: ReadonlyMap<string, Heard>, known: Known) {
  const targets = Map.groupBy(
    known.roster.flatMap((entry) => wordsOf(entry.name).map((word) => ({ entry, word }))),
    ({ word }) => word[0]?.toLowerCase() ?? '',
  )
  const fixes: NameChange[] = []
  const suggestions: NameChange[] = []
  for (const { word, count } of heard.values()) {
    if (!isCandidate(word, known)) continue
    const near = targets.get(word[0]?.toLowerCase() ?? '') ?? []
    const close = near
      .filter((target) => likenessOf(word, target.word) >= SUGGESTED_LIKENESS)
      .filter((target) => soundDistance(word, target.word) <= MAX_SOUND_DISTANCE)
      .sort((a, b) => likenessOf(word, b.word) - likenessOf(word, a.word))
    const [target] = close
    if (target === undefined || isEnglishWord(word)) continue
    const isOnly = close.every((other) => other.word.toLowerCase() === target.word.toLowerCase())
    const change = {
      heard: word,
      shown: target.word,
      reason: `${reasonOf(target.entry)} “${target.entry.name}”, which sounds the same`,
      count,
    }
    if (isOnly && isSafe(word, count, { target, heard })) fixes.push(change)
    else suggestions.push(change)
  }
  return { fixes, suggestions }
}

function isCandidate(word: string, { right, done }: Known): boolean {
  const lower = word.toLowerCase()
  return word.length >= 4 && /^\p{Lu}\p{Ll}/u.test(word) && !right.has(lower) && !done.has(lower)
}

function isSafe(
  word: string,
  count: number,
  {
    target,
    heard,
  }: { target: { entry: RosterName; word: string }; heard: ReadonlyMap<string, Heard> },
): boolean {
  const isLong = word.length >= LONE_LETTERS && target.word.length >= LONE_LETTERS
  const isClose = likenessOf(word, target.word) >= LONE_LIKENESS
  const isOfPerson = target.entry.isOfEpisode && ['person', 'handle'].includes(target.entry.origin)
  // Where the right spelling is heard too, the other one may well be another name.
  const isRightHeard = heard.has(target.word)
  if (!isLong || !isClose || mayBeGivenName(word) || isRightHeard || !isOfPerson) return false
  return count >= LONE_COUNT || target.entry.origin === 'handle'
}

function likenessOf(a: string, b: string): number {
  return jaroWinkler(a.toLowerCase(), b.toLowerCase())
}

function wordsOf(name: string): string[] {
  return name.split(/[\s,]+/).filter((word) => /^\p{Lu}/u.test(word))
}

function reasonOf({ origin }: RosterName): string {
  const places = {
    person: 'the feed names',
    title: 'the title has',
    notes: 'the notes have',
    handle: 'the notes link to',
    chapter: 'a chapter has',
    earlier: 'earlier episodes have',
    correction: 'it was corrected to',
  } as const
  return places[origin]
}
