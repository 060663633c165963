import { stemmer } from 'stemmer'

/** Precision, recall and their harmonic mean, each 0 to 1. */
export type Score = { readonly precision: number; readonly recall: number; readonly f1: number }
export type Rouge = {
  readonly r1: Score
  readonly r2: Score
  readonly lsum: Score
  readonly l: Score
}

/** Words up to this length are not stemmed, as in ROUGE 1.5.5 and rouge-score. In letters. */
const WHOLE_WORD_LETTERS = 3

/**
 * ROUGE-1, ROUGE-2, summary-level ROUGE-L (`lsum`: union of longest common subsequences, sentence
 * by sentence) and ROUGE-L over the whole text as one line (`l`), with Porter stems.
 *
 * Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004.
 */
export function rouge(candidate: readonly string[], reference: readonly string[]): Rouge {
  const ours = candidate.map(rougeTokens)
  const theirs = reference.map(rougeTokens)
  const [our, their] = [ours.flat(), theirs.flat()]
  return {
    r1: overlap(grams(our, 1), grams(their, 1)),
    r2: overlap(grams(our, 2), grams(their, 2)),
    lsum: summaryLevel(ours, theirs),
    l: toScore(lcsTable(our, their).at(-1)?.at(-1) ?? 0, our.length, their.length),
  }
}

const stems = new Map<string, string>()

/** Lower-case runs of a–z and 0–9, stemmed. */
export function rougeTokens(text: string): string[] {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map((word) => {
    if (word.length <= WHOLE_WORD_LETTERS) return word
    const known = stems.get(word)
    if (known !== undefined) return known
    const stem = stemmer(word)
    stems.set(word, stem)
    return stem
  })
}

/** Sentences of a reference or of a line of text. */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence.trim() !== '')
}

function grams(tokens: readonly string[], size: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let at = 0; at + size <= tokens.length; at++) {
    const gram = tokens.slice(at, at + size).join(' ')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

function overlap(ours: ReadonlyMap<string, number>, theirs: ReadonlyMap<string, number>): Score {
  let hits = 0
  for (const [gram, count] of ours) hits += Math.min(count, theirs.get(gram) ?? 0)
  return toScore(hits, sumOf(ours), sumOf(theirs))
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

function toScore(hits: number, ours: number, theirs: number): Score {
  const precision = ours === 0 ? 0 : hits / ours
  const recall = theirs === 0 ? 0 : hits / theirs
  const sum = precision + recall
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum }
}

function lcsTable(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const rows = [new Uint16Array(b.length + 1)]
  for (const word of a) {
    const above = rows[rows.length - 1] ?? new Uint16Array(b.length + 1)
    const row = new Uint16Array(b.length + 1)
    for (let j = 1; j <= b.length; j++) {
      row[j] =
        word === b[j - 1] ? (above[j - 1] ?? 0) + 1 : Math.max(above[j] ?? 0, row[j - 1] ?? 0)
    }
    rows.push(row)
  }
  return rows
}

/** Places in `a` of one longest common subsequence. */
function lcsPlaces(a: readonly string[], b: readonly string[]): number[] {
  const table = lcsTable(a, b)
  const places: number[] = []
  let [i, j] = [a.length, b.length]
  while (i > 0 && j > 0) {
    if (a[i - 1] === b[j - 1]) {
      places.push(i - 1)
      i--
      j--
    } else if ((table[i - 1]?.[j] ?? 0) >= (table[i]?.[j - 1] ?? 0)) i--
    else j--
  }
  return places
}

function summaryLevel(ours: readonly string[][], theirs: readonly string[][]): Score {
  const left = grams(ours.flat(), 1)
  const leftTheirs = grams(theirs.flat(), 1)
  let hits = 0
  for (const sentence of theirs) {
    const union = new Set(ours.flatMap((other) => lcsPlaces(sentence, other)))
    for (const place of union) {
      const token = sentence[place] ?? ''
      if ((left.get(token) ?? 0) <= 0 || (leftTheirs.get(token) ?? 0) <= 0) continue
      hits++
      left.set(token, (left.get(token) ?? 0) - 1)
      leftTheirs.set(token, (leftTheirs.get(token) ?? 0) - 1)
    }
  }
  return toScore(hits, ours.flat().length, theirs.flat().length)
}
