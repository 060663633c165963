import type { CueList } from './cue-list.ts'
import { DUTCH_CUES } from './cues/dutch-cues.ts'
import { ENGLISH_CUES } from './cues/english-cues.ts'
import { FRENCH_CUES } from './cues/french-cues.ts'
import { GERMAN_CUES } from './cues/german-cues.ts'
import { ITALIAN_CUES } from './cues/italian-cues.ts'
import { PORTUGUESE_CUES } from './cues/portuguese-cues.ts'
import { SPANISH_CUES } from './cues/spanish-cues.ts'

const LISTS: Readonly<Record<string, CueList>> = {
  de: GERMAN_CUES,
  en: ENGLISH_CUES,
  es: SPANISH_CUES,
  fr: FRENCH_CUES,
  it: ITALIAN_CUES,
  nl: DUTCH_CUES,
  pt: PORTUGUESE_CUES,
}

/** The cue list of a language; null for languages without one, whose cue parts stay off. */
export function cuesOf(language: string): CueList | null {
  return Object.hasOwn(LISTS, language) ? (LISTS[language] ?? null) : null
}
