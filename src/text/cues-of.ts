import type { CueList } from './cue-list.ts'
import { ENGLISH_CUES } from './cues/english-cues.ts'

const LISTS: Readonly<Record<string, CueList>> = { en: ENGLISH_CUES }

/** The cue list of a language; null for languages without one, whose cue parts stay off. */
export function cuesOf(language: string): CueList | null {
  return Object.hasOwn(LISTS, language) ? (LISTS[language] ?? null) : null
}
