/** Cosine below which two sentences count as unrelated. */
const MIN_COSINE = 0.08
/** Neighbours kept per sentence: bounds the graph. */
const MAX_NEIGHBOURS = 30
/** A stem in more sentences than this links nothing in particular, and would cost most. */
const MAX_POSTINGS = 300
/** Chance of following a link rather than starting afresh, as in PageRank. */
const DAMPING = 0.85
const MAX_ROUNDS = 30
const TOLERANCE = 1e-4

/**
 * Centrality of each sentence, given as lists of stems: mean 1 over all sentences. Linear in the
 * words, because a posting list and a sentence's neighbours are bounded.
 *
 * PageRank on the graph of TF-IDF cosines: Erkan and Radev, "LexRank", 2004; Mihalcea and Tarau,
 * "TextRank", 2004.
 */
export function rankCentrality(sentences: readonly (readonly number[])[]): Float64Array {
  const vectors = sentences.map(countStems)
  const postings = collectPostings(vectors)
  const idf = (stem: number) => Math.log(sentences.length / (postings.get(stem)?.length ?? 1))
  const weighted = vectors.map((vector) => normalise(vector, idf))
  const edges = weighted.map((vector, from) => neighbours(vector, { from, weighted, postings }))
  return iterate(edges)
}

type Weights = Map<number, number>
type Edge = { to: number; weight: number }

function countStems(stems: readonly number[]): Weights {
  const counts: Weights = new Map()
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  return counts
}

function collectPostings(vectors: readonly Weights[]): Map<number, number[]> {
  const postings = new Map<number, number[]>()
  for (const [index, vector] of vectors.entries()) {
    for (const stem of vector.keys()) {
      const list = postings.get(stem)
      if (list === undefined) postings.set(stem, [index])
      else list.push(index)
    }
  }
  return postings
}

function normalise(vector: Weights, idf: (stem: number) => number): Weights {
  let square = 0
  const result: Weights = new Map()
  for (const [stem, count] of vector) {
    const weight = count * idf(stem)
    result.set(stem, weight)
    square += weight * weight
  }
  const length = Math.sqrt(square)
  if (length > 0) for (const [stem, weight] of result) result.set(stem, weight / length)
  return result
}

function neighbours(
  vector: Weights,
  context: { from: number; weighted: readonly Weights[]; postings: Map<number, number[]> },
): Edge[] {
  const scores = new Map<number, number>()
  for (const [stem, weight] of vector) {
    const list = context.postings.get(stem) ?? []
    if (list.length > MAX_POSTINGS) continue
    for (const to of list) {
      if (to === context.from) continue
      scores.set(to, (scores.get(to) ?? 0) + weight * (context.weighted[to]?.get(stem) ?? 0))
    }
  }
  const edges: Edge[] = []
  for (const [to, weight] of scores) if (weight >= MIN_COSINE) edges.push({ to, weight })
  if (edges.length > MAX_NEIGHBOURS) {
    edges.sort((a, b) => b.weight - a.weight)
    edges.length = MAX_NEIGHBOURS
  }
  const total = edges.reduce((sum, { weight }) => sum + weight, 0)
  return edges.map(({ to, weight }) => ({ to, weight: weight / total }))
}

function iterate(edges: readonly (readonly Edge[])[]): Float64Array {
  let rank = new Float64Array(edges.length).fill(1)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = new Float64Array(edges.length).fill(1 - DAMPING)
    let lost = 0
    for (const [from, list] of edges.entries()) {
      const flow = DAMPING * (rank[from] ?? 0)
      if (list.length === 0) lost += flow
      for (const { to, weight } of list) next[to] = (next[to] ?? 0) + flow * weight
    }
    let change = 0
    const share = lost / Math.max(edges.length, 1)
    for (let index = 0; index < next.length; index++) {
      next[index] = (next[index] ?? 0) + share
      change += Math.abs((next[index] ?? 0) - (rank[index] ?? 0))
    }
    rank = next
    if (change < TOLERANCE * edges.length) break
  }
  return rank
}
