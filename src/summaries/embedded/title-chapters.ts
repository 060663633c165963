import { findKeyphrases, type Keyphrase } from '../../text/find-keyphrases.ts'
import type { EpisodeText } from './episode-text.ts'

type Range = { readonly first: number; readonly next: number }

const CANDIDATES = 6
/** Titles of several words say more: power of their number. */
const TITLE_LENGTH_POWER = 1.3
/** A one-word phrase is given a companion, so that the title says something. */
const MIN_TITLE_WORDS = 2
/** What a phrase gains that the title or the notes of the episode have as well. */
const HINT_GAIN = 1.5

/**
 * A title for each stretch of utterances: the phrase that marks it off best from the others, in
 * the words of the text; no title twice. `hints` are texts by the publisher.
 */
export function titleChapters(
  text: EpisodeText,
  ranges: readonly Range[],
  { fallback, hints }: { fallback: string; hints: readonly string[] },
): string[] {
  const { reading } = text
  const hint = hints.join(' ').toLowerCase()
  const spread = spreadOver(text, ranges)
  const speakers = speakerStems(text)
  const used = new Set<string>()
  return ranges.map((range) => {
    const phrases = findKeyphrases(reading.text, reading.tokens, {
      ranges: spokenRanges(text, range),
      spread: (key) => (speakers.has(key) ? 0 : spread(key) * (hint.includes(key) ? HINT_GAIN : 1)),
      limit: CANDIDATES,
      lengthPower: TITLE_LENGTH_POWER,
    }).filter(({ score }) => score > 0)
    const title = titleFrom(phrases.filter(({ key }) => !used.has(key)))
    for (const { key } of title) used.add(key)
    return title.length === 0 ? fallback : capitalise(title.map((phrase) => phrase.text).join(', '))
  })
}

function titleFrom(phrases: readonly Keyphrase[]): Keyphrase[] {
  const [first, second] = phrases
  if (first === undefined) return []
  const isShort = first.key.split(' ').length < MIN_TITLE_WORDS
  return isShort && second !== undefined ? [first, second] : [first]
}

/** Token ranges of the utterances in a stretch, without advertising. */
export function spokenRanges({ reading, isAd }: EpisodeText, { first, next }: Range) {
  return reading.utterances
    .slice(first, next)
    .filter(({ index }) => isAd[index] !== 1)
    .map(({ tokenFrom, tokenTo }) => ({ tokenFrom, tokenTo }))
}

/** Rarity of a phrase over the stretches, by the rarest of its stems. */
function spreadOver({ reading, stems }: EpisodeText, ranges: readonly Range[]) {
  const inRanges = new Map<string, number>()
  const { vocabulary } = reading.tokens
  for (const { first, next } of ranges) {
    const here = new Set(stems.slice(first, next).flat())
    for (const stem of here) {
      const name = vocabulary.stems[stem] ?? ''
      inRanges.set(name, (inRanges.get(name) ?? 0) + 1)
    }
  }
  return (key: string) => {
    const shares = key.split(' ').map((stem) => inRanges.get(stem) ?? 1)
    const mean = shares.reduce((a, b) => a + b, 0) / shares.length
    return Math.log(1 + ranges.length / mean)
  }
}

/** Speakers call each other by name all the time: that titles nothing. */
export function speakerStems({ reading }: EpisodeText): Set<string> {
  const { vocabulary } = reading.tokens
  const names = new Set(reading.utterances.map(({ speaker }) => speaker ?? ''))
  const keys = new Set<string>()
  for (const name of names) {
    const stems = name
      .split(/[\s,]+/)
      .map((word) => vocabulary.stems[vocabulary.findStem(word)] ?? '')
      .filter((stem) => stem !== '')
    for (const stem of stems) keys.add(stem)
    keys.add(stems.join(' '))
  }
  return keys
}

export function capitalise(text: string): string {
  const first = text[0] ?? ''
  const upper = first.toUpperCase()
  return upper.length === first.length ? upper + text.slice(1) : text
}
