import { type CosineGraph, linkByCosine } from './link-by-cosine.ts'

/** Chance of following a link rather than starting afresh, as in PageRank. */
const DAMPING = 0.85
const MAX_ROUNDS = 30
/** Rounds end when ranks move less than this on average; the mean rank is 1. */
const TOLERANCE = 1e-3

/**
 * Centrality of each sentence, given as lists of stems: mean 1 over all sentences. Linear in the
 * words, because a posting list and a sentence's neighbours are bounded.
 *
 * PageRank on the graph of TF-IDF cosines: Erkan and Radev, "LexRank", 2004; Mihalcea and Tarau,
 * "TextRank", 2004.
 */
export function rankCentrality(sentences: readonly (readonly number[])[]): Float64Array {
  return spreadRank(linkByCosine(sentences))
}

function spreadRank({ count, from, to, weight }: CosineGraph): Float64Array {
  let rank = new Float64Array(count).fill(1)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = new Float64Array(count)
    let lost = 0
    for (let node = 0; node < count; node++) {
      const flow = DAMPING * (rank[node] ?? 0)
      const [first, end] = [from[node] ?? 0, from[node + 1] ?? 0]
      if (first === end) lost += flow
      for (let edge = first; edge < end; edge++) {
        const target = to[edge] ?? 0
        next[target] = (next[target] ?? 0) + flow * (weight[edge] ?? 0)
      }
    }
    const base = 1 - DAMPING + lost / Math.max(count, 1)
    let change = 0
    for (let node = 0; node < count; node++) {
      next[node] = (next[node] ?? 0) + base
      change += Math.abs((next[node] ?? 0) - (rank[node] ?? 0))
    }
    rank = next
    if (change < TOLERANCE * count) break
  }
  return rank
}
