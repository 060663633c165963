import snowball from 'snowball-stemmers'
import { stemmer } from 'stemmer'

/** Snowball algorithms by language. English has the original Porter stemmer, as ROUGE does. */
const SNOWBALL: Readonly<Record<string, string>> = {
  da: 'danish',
  de: 'german',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hu: 'hungarian',
  it: 'italian',
  nl: 'dutch',
  no: 'norwegian',
  nb: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
  tr: 'turkish',
}

/** Words up to this length are their own stem, as in ROUGE 1.5.5. In letters. */
const WHOLE_WORD_LETTERS = 3
/** A longer "word" is a string of noise: its stem is not worth the work. In characters. */
const MAX_WORD_LETTERS = 40

export type StemWord = (word: string) => string

/**
 * The stemmer of a language, for lower-case words. Languages without one get the word itself.
 *
 * Porter, "An algorithm for suffix stripping", 1980; Snowball, Porter, 2001.
 */
export function stemmerOf(language: string): StemWord {
  if (language === 'en') return bounded(stemmer)
  const algorithm = SNOWBALL[language]
  if (algorithm === undefined) return (word) => word
  const snowballStemmer = snowball.newStemmer(algorithm)
  return bounded((word) => snowballStemmer.stem(word))
}

function bounded(stem: StemWord): StemWord {
  return (word) =>
    word.length <= WHOLE_WORD_LETTERS || word.length > MAX_WORD_LETTERS ? word : stem(word)
}
