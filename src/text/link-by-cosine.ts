/** Cosine below which two sentences count as unrelated. */
const MIN_COSINE = 0.08
/** Neighbours kept per sentence: bounds the graph. */
const MAX_NEIGHBOURS = 30
/** A stem in more sentences than this links nothing in particular, and would cost most. */
const MAX_POSTINGS = 300

/** A graph in columns: the edges of node n are `from[n]` to before `from[n + 1]`. */
export type CosineGraph = {
  readonly count: number
  readonly from: Int32Array
  readonly to: Int32Array
  /** Shares of a node's outgoing weight: they sum to 1. */
  readonly weight: Float64Array
}

/** Sentences as rows of stems with unit-length TF-IDF weights. */
type Rows = { from: Int32Array; stem: Int32Array; weight: Float64Array; stems: number }

/** Links each sentence to those most like it by the cosine of their TF-IDF vectors (Salton, 1975). */
export function linkByCosine(sentences: readonly (readonly number[])[]): CosineGraph {
  const rows = weighRows(sentences)
  const postings = invert(rows, sentences.length)
  const count = sentences.length
  const from = new Int32Array(count + 1)
  const to: number[] = []
  const weight: number[] = []
  const scores = new Float64Array(count)
  for (let node = 0; node < count; node++) {
    const near = score(node, { rows, postings, scores })
    const kept = strongest(near, scores)
    let total = 0
    for (const other of kept) total += scores[other] ?? 0
    for (const other of kept) {
      to.push(other)
      weight.push((scores[other] ?? 0) / total)
    }
    for (const other of near) scores[other] = 0
    from[node + 1] = to.length
  }
  return { count, from, to: Int32Array.from(to), weight: Float64Array.from(weight) }
}

function weighRows(sentences: readonly (readonly number[])[]): Rows {
  let stems = 0
  for (const list of sentences) for (const stem of list) if (stem >= stems) stems = stem + 1
  const frequency = new Int32Array(stems)
  const counts = sentences.map((list) => {
    const row = new Map<number, number>()
    for (const stem of list) row.set(stem, (row.get(stem) ?? 0) + 1)
    for (const stem of row.keys()) frequency[stem] = (frequency[stem] ?? 0) + 1
    return row
  })
  const size = counts.reduce((sum, row) => sum + row.size, 0)
  const rows = {
    from: new Int32Array(sentences.length + 1),
    stem: new Int32Array(size),
    weight: new Float64Array(size),
    stems,
  }
  let at = 0
  for (const [index, row] of counts.entries()) {
    const first = at
    let square = 0
    for (const [stem, count] of row) {
      const weight = count * Math.log(sentences.length / (frequency[stem] ?? 1))
      rows.stem[at] = stem
      rows.weight[at++] = weight
      square += weight * weight
    }
    const length = Math.sqrt(square) || 1
    for (let cell = first; cell < at; cell++) rows.weight[cell] = (rows.weight[cell] ?? 0) / length
    rows.from[index + 1] = at
  }
  return rows
}

type Postings = { from: Int32Array; row: Int32Array; weight: Float64Array }

function invert(rows: Rows, count: number): Postings {
  const from = new Int32Array(rows.stems + 1)
  for (const stem of rows.stem) from[stem + 1] = (from[stem + 1] ?? 0) + 1
  for (let stem = 0; stem < rows.stems; stem++)
    from[stem + 1] = (from[stem + 1] ?? 0) + (from[stem] ?? 0)
  const next = from.slice()
  const row = new Int32Array(rows.stem.length)
  const weight = new Float64Array(rows.stem.length)
  for (let index = 0; index < count; index++) {
    for (let cell = rows.from[index] ?? 0; cell < (rows.from[index + 1] ?? 0); cell++) {
      const stem = rows.stem[cell] ?? 0
      const place = next[stem] ?? 0
      next[stem] = place + 1
      row[place] = index
      weight[place] = rows.weight[cell] ?? 0
    }
  }
  return { from, row, weight }
}

/** Adds up the cosines of one sentence with all others; returns which have one. */
function score(
  node: number,
  { rows, postings, scores }: { rows: Rows; postings: Postings; scores: Float64Array },
): number[] {
  const near: number[] = []
  for (let cell = rows.from[node] ?? 0; cell < (rows.from[node + 1] ?? 0); cell++) {
    const stem = rows.stem[cell] ?? 0
    const [first, end] = [postings.from[stem] ?? 0, postings.from[stem + 1] ?? 0]
    if (end - first > MAX_POSTINGS) continue
    const own = rows.weight[cell] ?? 0
    for (let place = first; place < end; place++) {
      const other = postings.row[place] ?? 0
      if (other === node) continue
      if (scores[other] === 0) near.push(other)
      scores[other] = (scores[other] ?? 0) + own * (postings.weight[place] ?? 0)
    }
  }
  return near
}

function strongest(near: readonly number[], scores: Float64Array): number[] {
  const kept = near.filter((other) => (scores[other] ?? 0) >= MIN_COSINE)
  if (kept.length <= MAX_NEIGHBOURS) return kept
  kept.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  return kept.slice(0, MAX_NEIGHBOURS)
}
