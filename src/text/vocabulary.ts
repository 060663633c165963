import { stemmerOf } from './stem-word.ts'
import { stopWordsOf } from './stop-words.ts'

/** Marks a form that carries no content: stop words and lone letters. */
export const NO_STEM = -1

/** Numbers for words, so that everything after reading works on integers. */
export type Vocabulary = {
  /** Lower-case form by its number. */
  readonly forms: readonly string[]
  /** Stem by its number. */
  readonly stems: readonly string[]
  /** Number of a form, which is added when new. */
  formOf: (lowerCase: string) => number
  /** Number of the stem of a form, or `NO_STEM`. */
  stemOf: (form: number) => number
  /** Number of the stem of any word, known or not; `NO_STEM` when absent or without content. */
  findStem: (word: string) => number
}

/** An empty vocabulary for one text in one language. */
export function createVocabulary(language: string): Vocabulary {
  const stem = stemmerOf(language)
  const stopWords = stopWordsOf(language)
  const forms: string[] = []
  const stems: string[] = []
  const formIds = new Map<string, number>()
  const stemIds = new Map<string, number>()
  const stemOfForm: number[] = []
  const stemFor = (form: string): number => {
    if (stopWords.has(form) || isLoneLetter(form)) return NO_STEM
    const stemmed = stem(withoutPossessive(form))
    const known = stemIds.get(stemmed)
    if (known !== undefined) return known
    stemIds.set(stemmed, stems.length)
    return stems.push(stemmed) - 1
  }
  return {
    forms,
    stems,
    formOf(lowerCase) {
      const known = formIds.get(lowerCase)
      if (known !== undefined) return known
      formIds.set(lowerCase, forms.length)
      stemOfForm.push(stemFor(lowerCase))
      return forms.push(lowerCase) - 1
    },
    stemOf: (form) => stemOfForm[form] ?? NO_STEM,
    findStem(word) {
      const form = word.toLowerCase().replaceAll('’', "'")
      if (stopWords.has(form) || isLoneLetter(form)) return NO_STEM
      return stemIds.get(stem(withoutPossessive(form))) ?? NO_STEM
    },
  }
}

function isLoneLetter(form: string): boolean {
  return form.length === 1 && /[a-z]/.test(form)
}

function withoutPossessive(form: string): string {
  return form.endsWith("'s") ? form.slice(0, -2) : form
}
