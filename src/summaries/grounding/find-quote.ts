const MIN_SHARE = 0.9
/** Longest texts compared word by word, in words; a longer span is no citation. */
const MAX_WORDS = 2000

/** How a quote is found in the words that it cites: word for word, nearly so, or not. */
export type QuoteMatch = 'verbatim' | 'near' | 'absent'

/**
 * Looks for `quote` in `spoken`. `near`: after lower case and without punctuation it is there, or
 * nine tenths of its words are there in order (longest common subsequence).
 */
export function findQuote(quote: string, spoken: string): QuoteMatch {
  if (quote.trim() === '') return 'absent'
  if (spoken.includes(quote)) return 'verbatim'
  const [ours, theirs] = [plainWords(quote), plainWords(spoken)]
  if (ours.length === 0) return 'absent'
  if (` ${theirs.join(' ')} `.includes(` ${ours.join(' ')} `)) return 'near'
  if (ours.length > MAX_WORDS || theirs.length > MAX_WORDS) return 'absent'
  return commonLength(ours, theirs) / ours.length >= MIN_SHARE ? 'near' : 'absent'
}

/** True when the words of `text` are words of `quote`, in order: nothing was put in. */
export function isDeletionOf(text: string, quote: string): boolean {
  const words = plainWords(quote)
  let at = 0
  return plainWords(text).every((word) => {
    while (at < words.length && words[at] !== word) at++
    return at++ < words.length
  })
}

function plainWords(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{M}\p{N}']+/gu) ?? []
  )
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  let above = new Uint16Array(b.length + 1)
  for (const word of a) {
    const row = new Uint16Array(b.length + 1)
    for (let j = 1; j <= b.length; j++) {
      row[j] =
        word === b[j - 1] ? (above[j - 1] ?? 0) + 1 : Math.max(above[j] ?? 0, row[j - 1] ?? 0)
    }
    above = row
  }
  return above[b.length] ?? 0
}
