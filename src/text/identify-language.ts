import { detectAll } from 'tinyld'

/** Characters looked at: three stretches of this length, from start, middle and end. */
const SAMPLE_CHARS = 200
/** Fewer letters than this prove nothing. */
const MIN_LETTERS = 40
/** How far the best guess must be ahead of the next: below it the guess is a coin toss. */
const MIN_LEAD = 2

/**
 * The language of `text` as a two-letter tag, or `und`. `declared` (a BCP 47 tag from the feed or
 * the transcript) wins unless the text is clearly in another language, because feeds often
 * declare English for everything. Looks at a bounded sample, so the cost does not grow.
 *
 * Character n-gram profiles: Cavnar and Trenkle, "N-Gram-Based Text Categorization", 1994.
 */
export function identifyLanguage(text: string, declared: string | null): string {
  const given = baseLanguage(declared)
  const sample = sampleOf(text)
  if ((sample.match(/\p{L}/gu)?.length ?? 0) < MIN_LETTERS) return given ?? 'und'
  const guesses = detectAll(sample)
  const best = guesses[0]
  const next = guesses[1]?.accuracy ?? 0
  if (best === undefined || best.accuracy < next * MIN_LEAD) return given ?? 'und'
  if (given === null) return best.lang
  const support = guesses.find(({ lang }) => lang === given)?.accuracy ?? 0
  return support * 2 >= best.accuracy ? given : best.lang
}

/** `en` for `en-GB`; null for nothing and for `und`. */
export function baseLanguage(tag: string | null): string | null {
  const base = tag?.trim().toLowerCase().split(/[-_]/)[0] ?? ''
  return /^[a-z]{2,3}$/.test(base) && base !== 'und' ? base : null
}

function sampleOf(text: string): string {
  if (text.length <= SAMPLE_CHARS * 3) return text
  const middle = Math.floor((text.length - SAMPLE_CHARS) / 2)
  return [0, middle, text.length - SAMPLE_CHARS]
    .map((from) => text.slice(from, from + SAMPLE_CHARS))
    .join(' ')
}
