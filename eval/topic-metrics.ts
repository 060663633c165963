/** How far a boundary may lie from the marked one, in sentences, to count as found. */
export const BOUNDARY_TOLERANCE = 5

export type TopicScores = { readonly pk: number; readonly windowDiff: number; readonly f1: number }

/**
 * Compares boundaries (indexes of the units that begin a stretch, without 0) over `length` units.
 * Pk: Beeferman, Berger and Lafferty, 1999. WindowDiff: Pevzner and Hearst, 2002. Both with a
 * window of half the mean length of the marked stretches; 0 is perfect. F1 matches each boundary
 * once, within the tolerance; 1 is perfect.
 */
export function scoreTopics(
  length: number,
  marked: readonly number[],
  found: readonly number[],
): TopicScores {
  const window = Math.max(2, Math.round(length / (marked.length + 1) / 2))
  const ours = countUpTo(length, found)
  const theirs = countUpTo(length, marked)
  let apart = 0
  let different = 0
  let places = 0
  for (let at = 0; at + window < length; at++) {
    const a = (theirs[at + window] ?? 0) - (theirs[at] ?? 0)
    const b = (ours[at + window] ?? 0) - (ours[at] ?? 0)
    if ((a === 0) !== (b === 0)) apart++
    if (a !== b) different++
    places++
  }
  return {
    pk: places === 0 ? 0 : apart / places,
    windowDiff: places === 0 ? 0 : different / places,
    f1: boundaryF1(marked, found),
  }
}

function countUpTo(length: number, boundaries: readonly number[]): Int32Array {
  const isBoundary = new Uint8Array(length + 1)
  for (const at of boundaries) isBoundary[at] = 1
  const counts = new Int32Array(length + 1)
  for (let at = 1; at <= length; at++) counts[at] = (counts[at - 1] ?? 0) + (isBoundary[at] ?? 0)
  return counts
}

function boundaryF1(marked: readonly number[], found: readonly number[]): number {
  const free = new Set(marked)
  let hits = 0
  for (const at of found) {
    const near = [...free]
      .filter((other) => Math.abs(other - at) <= BOUNDARY_TOLERANCE)
      .sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0]
    if (near === undefined) continue
    free.delete(near)
    hits++
  }
  const total = marked.length + found.length
  return total === 0 ? 1 : (2 * hits) / total
}
