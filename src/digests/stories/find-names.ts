import { stopWordsOf } from '../../text/stop-words.ts'

/** A name as a text writes it, how often, and how often with "the" before it. */
export type NameCount = { shown: string; count: number; articles: number }

const WORD = String.raw`\p{Lu}[\p{L}\p{M}\p{N}]*(?:[’'.-]\p{L}[\p{L}\p{M}\p{N}]*)*`
/** Words with capitals in a row, or joined by "of". */
const RUN = new RegExp(`${WORD}(?:\\s+(?:of\\s+)?${WORD})*`, 'gu')
const LOWER_WORD = /(?<![\p{L}\p{M}’'-])\p{Ll}[\p{L}\p{M}]+/gu
const CALENDAR = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june ' +
    'july august september october november december christmas easter mr mrs ms dr prof okay ok ' +
    'yes yeah no oh well god internet english american british french german'
  ).split(' '),
)
const MAX_WORDS = 5

/**
 * Names in sentences, by their lower-case form: runs of words with capitals, without the capital
 * that only begins a sentence, without days and months, and without words that the same text
 * writes small as often. Text without capitals has no names. Linear in the text.
 */
export function findNames(sentences: readonly string[], language: string): Map<string, NameCount> {
  const stopWords = stopWordsOf(language)
  const names = new Map<string, NameCount>()
  const small = new Map<string, number>()
  for (const sentence of sentences) {
    for (const [word] of sentence.matchAll(LOWER_WORD)) small.set(word, (small.get(word) ?? 0) + 1)
    for (const match of sentence.matchAll(RUN)) {
      const words = trimRun(match[0].split(/\s+/), stopWords)
      const isOpening = !/[\p{L}\p{N}]/u.test(sentence.slice(0, match.index))
      const wasTrimmed = words.length > 0 && !match[0].startsWith(words[0] ?? '')
      // One capital at the start of a sentence says nothing.
      if (words.length === 0 || (words.length === 1 && isOpening && !wasTrimmed)) continue
      const before =
        sentence.slice(0, match.index) + match[0].slice(0, match[0].indexOf(words[0] ?? ''))
      addName(names, words, /\bthe\s+$/iu.test(before))
    }
  }
  for (const [key, { count }] of names) {
    if ((small.get(key) ?? 0) >= count) names.delete(key)
  }
  return names
}

function trimRun(words: readonly string[], stopWords: ReadonlySet<string>): string[] {
  const bare = words.map((word) => word.replace(/[’']s?$/u, ''))
  const isName = (word: string) => {
    const lower = word.toLowerCase().replaceAll('’', "'")
    return lower !== 'of' && !stopWords.has(lower) && !CALENDAR.has(lower)
  }
  const first = bare.findIndex(isName)
  if (first < 0) return []
  return bare.slice(first, bare.findLastIndex(isName) + 1).slice(0, MAX_WORDS)
}

function addName(
  names: Map<string, NameCount>,
  words: readonly string[],
  hasArticle: boolean,
): void {
  const shown = words.join(' ')
  const key = shown.toLowerCase()
  if (key.length < 3) return
  const known = names.get(key) ?? { shown, count: 0, articles: 0 }
  known.count++
  if (hasArticle) known.articles++
  names.set(key, known)
}
