import { createVocabulary, NO_STEM, type Vocabulary } from './vocabulary.ts'

/** The words of a text as columns of numbers, in order. */
export type Tokens = {
  readonly count: number
  /** First character of each word. */
  readonly from: Int32Array
  /** Character after each word. */
  readonly to: Int32Array
  /** Number of the lower-case form in the vocabulary. */
  readonly form: Int32Array
  /** Number of the stem, or `NO_STEM`. */
  readonly stem: Int32Array
  readonly vocabulary: Vocabulary
}

const WORD = /\p{N}+(?:[.,:]\p{N}+)*\p{L}*|\p{L}[\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{N}]+)*/gu
/** Scripts written without spaces, whose words only a dictionary can tell. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Intl.Segmenter is given at most this many characters at once, to bound its memory. */
const SEGMENTER_CHARS = 4096

/** Words of `text` with their places. Linear in the text. */
export function tokenise(text: string, language: string): Tokens {
  const vocabulary = createVocabulary(language)
  const columns = { from: [] as number[], to: [] as number[], form: [] as number[] }
  const add = (from: number, to: number) => {
    columns.from.push(from)
    columns.to.push(to)
    columns.form.push(vocabulary.formOf(lowerForm(text.slice(from, to))))
  }
  const mayBeUnspaced = UNSPACED.test(text)
  for (const match of text.matchAll(WORD)) {
    const [word] = match
    if (mayBeUnspaced && UNSPACED.test(word)) addUnspaced(word, match.index, { language, add })
    else add(match.index, match.index + word.length)
  }
  const form = Int32Array.from(columns.form)
  return {
    count: form.length,
    from: Int32Array.from(columns.from),
    to: Int32Array.from(columns.to),
    form,
    stem: form.map((id) => vocabulary.stemOf(id)),
    vocabulary,
  }
}

/** True when the token carries content. */
export function hasStem(tokens: Tokens, index: number): boolean {
  return tokens.stem[index] !== NO_STEM
}

function lowerForm(word: string): string {
  const lower = word.toLowerCase()
  return lower.includes('’') ? lower.replaceAll('’', "'") : lower
}

function addUnspaced(
  run: string,
  offset: number,
  { language, add }: { language: string; add: (from: number, to: number) => void },
): void {
  const segmenter = wordSegmenterOf(language)
  for (let start = 0; start < run.length; start += SEGMENTER_CHARS) {
    for (const part of segmenter.segment(run.slice(start, start + SEGMENTER_CHARS))) {
      if (part.isWordLike !== true) continue
      const from = offset + start + part.index
      add(from, from + part.segment.length)
    }
  }
}

const segmenters = new Map<string, Intl.Segmenter>()

function wordSegmenterOf(language: string): Intl.Segmenter {
  const known = segmenters.get(language)
  if (known !== undefined) return known
  const locale = /^[a-z]{2,3}$/.test(language) && language !== 'und' ? language : 'en'
  const segmenter = new Intl.Segmenter(locale, { granularity: 'word' })
  segmenters.set(language, segmenter)
  return segmenter
}
