import { createRequire } from 'node:module'

let words: readonly string[] | undefined

/** True for a word of an English dictionary in lower case; names are not in it. */
export function isEnglishWord(word: string): boolean {
  // Three megabytes that most processes never need: loaded at the first question.
  words ??= load()
  const wanted = word.toLowerCase()
  let low = 0
  let high = words.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = words[middle] ?? ''
    if (found === wanted) return true
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return false
}

function load(): readonly string[] {
  const list: unknown = createRequire(import.meta.url)('an-array-of-english-words')
  return Array.isArray(list) ? list.filter((word) => typeof word === 'string') : []
}
