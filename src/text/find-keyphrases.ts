import type { Tokens } from './tokenise.ts'
import { NO_STEM } from './vocabulary.ts'

/** A phrase of the text, as it is mostly written there. */
export type Keyphrase = {
  readonly text: string
  /** Stems joined by spaces: two spellings of one phrase share them. */
  readonly key: string
  readonly count: number
  readonly score: number
}

/** Numbers and their units name nothing. */
const NUMBER_WORDS = new Set(
  `four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand
  thousands million millions billion billions trillion per cent percent half dozen minute minutes
  hour hours month months euro euros dollar dollars cuz co`.split(/\s+/),
)

export type PhraseRange = { readonly tokenFrom: number; readonly tokenTo: number }

const MAX_PHRASE_WORDS = 4
/** What a phrase gains for being written with capitals inside sentences. */
const CAPITAL_GAIN = 0.3
/** Longer phrases say more than their count shows: power of the number of words. */
const LENGTH_POWER = 0.6

type Candidate = {
  key: string
  count: number
  capitals: number
  words: number
  forms: Map<string, number>
}

/**
 * Phrases of one to four words in the given ranges, best first. A phrase begins and ends with a
 * content word and lies within one range. `spread` gives the inverse frequency of a key elsewhere.
 *
 * TF-IDF over n-grams, which on long texts equals graph methods: Boudin, "pke", 2016; Hasan and
 * Ng, "Conundrums in Unsupervised Keyphrase Extraction", 2010.
 */
export function findKeyphrases(
  text: string,
  tokens: Tokens,
  options: {
    ranges: readonly PhraseRange[]
    spread: (key: string) => number
    limit: number
    /** How much longer phrases are preferred: power of the number of words. */
    lengthPower?: number
  },
): Keyphrase[] {
  const candidates = new Map<string, Candidate>()
  for (const range of options.ranges) collect(text, tokens, { range, candidates })
  const scored = [...candidates.values()].map((candidate) => ({
    text: mostFrequent(candidate.forms),
    key: candidate.key,
    count: candidate.count,
    score: scoreOf(candidate, options),
  }))
  scored.sort((a, b) => b.score - a.score || a.text.localeCompare(b.text))
  return withoutParts(scored, options.limit)
}

/** How often each phrase of two words or more occurs in the ranges, by its key. */
export function countPhrases(
  text: string,
  tokens: Tokens,
  ranges: readonly PhraseRange[],
): ReadonlyMap<string, number> {
  const candidates = new Map<string, Candidate>()
  for (const range of ranges) collect(text, tokens, { range, candidates })
  const counts = new Map<string, number>()
  for (const { key, count, words } of candidates.values()) if (words > 1) counts.set(key, count)
  return counts
}

function scoreOf(
  { key, count, capitals, words }: Candidate,
  { spread, lengthPower = LENGTH_POWER }: { spread: (key: string) => number; lengthPower?: number },
): number {
  return count * spread(key) * (1 + CAPITAL_GAIN * (capitals / count)) * words ** lengthPower
}

function collect(
  text: string,
  tokens: Tokens,
  { range, candidates }: { range: PhraseRange; candidates: Map<string, Candidate> },
): void {
  for (let start = range.tokenFrom; start < range.tokenTo; start++) {
    if (!isPhraseWord(tokens, start)) continue
    let key = ''
    for (let end = start; end < range.tokenTo && end < start + MAX_PHRASE_WORDS; end++) {
      if (end > start && !isTight(text, tokens, end)) break
      if (!isPhraseWord(tokens, end)) break
      key += `${end > start ? ' ' : ''}${tokens.vocabulary.stems[tokens.stem[end] ?? 0] ?? ''}`
      note(candidates, key, {
        form: text.slice(tokens.from[start], tokens.to[end]),
        words: end - start + 1,
        isCapital: start > range.tokenFrom && isCapital(text, tokens.from[start] ?? 0),
      })
    }
  }
}

function isPhraseWord(tokens: Tokens, index: number): boolean {
  const stem = tokens.stem[index] ?? NO_STEM
  if (stem === NO_STEM) return false
  const form = tokens.vocabulary.forms[tokens.form[index] ?? 0] ?? ''
  return form.length > 1 && !/^\d/.test(form) && !NUMBER_WORDS.has(form)
}

function isTight(text: string, tokens: Tokens, index: number): boolean {
  const gap = text.slice(tokens.to[index - 1], tokens.from[index])
  return gap === ' ' || gap === '-' || gap === ' & ' || gap === ''
}

function isCapital(text: string, at: number): boolean {
  return /\p{Lu}/u.test(text[at] ?? '')
}

function note(
  candidates: Map<string, Candidate>,
  key: string,
  { form, words, isCapital: capital }: { form: string; words: number; isCapital: boolean },
): void {
  const known = candidates.get(key) ?? { key, count: 0, capitals: 0, words, forms: new Map() }
  known.count++
  if (capital) known.capitals++
  known.forms.set(form, (known.forms.get(form) ?? 0) + 1)
  candidates.set(key, known)
}

function mostFrequent(forms: ReadonlyMap<string, number>): string {
  let best = ''
  let most = 0
  for (const [form, count] of forms) {
    if (count > most) {
      most = count
      best = form
    }
  }
  return best
}

/** Drops phrases that share half of their words or more with a better one. */
function withoutParts(phrases: readonly Keyphrase[], limit: number): Keyphrase[] {
  const kept: { phrase: Keyphrase; stems: Set<string> }[] = []
  for (const phrase of phrases) {
    if (kept.length >= limit) break
    const stems = new Set(phrase.key.split(' '))
    const isPart = kept.some(({ stems: other }) => {
      const shared = [...stems].filter((stem) => other.has(stem)).length
      return shared * 2 >= Math.min(stems.size, other.size) && shared > 0
    })
    if (!isPart) kept.push({ phrase, stems })
  }
  return kept.map(({ phrase }) => phrase)
}
