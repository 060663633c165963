import stopWordsIso from 'stopwords-iso' with { type: 'json' }
import { ENGLISH_STOP_WORDS } from './english-stop-words.ts'

const NONE: ReadonlySet<string> = new Set()
const byLanguage = new Map<string, ReadonlySet<string>>([['en', ENGLISH_STOP_WORDS]])

/** Words of a language that carry no topic, lower-case; empty for languages without a list. */
export function stopWordsOf(language: string): ReadonlySet<string> {
  const known = byLanguage.get(language)
  if (known !== undefined) return known
  const lists: Readonly<Record<string, readonly string[]>> = stopWordsIso
  const list = Object.hasOwn(lists, language) ? lists[language] : undefined
  const words = list === undefined ? NONE : new Set(list)
  byLanguage.set(language, words)
  return words
}
