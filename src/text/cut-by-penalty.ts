type Search = { length: number; maxUnits: number; penalty: number }

/** Steps of the bisection: enough to tell penalties apart by a thousandth of their range. */
const BISECTION_STEPS = 18

/**
 * The cheapest cut of `length` units when every stretch costs `penalty` more; returns the first
 * unit of each stretch. `costs[end * maxUnits + length - 1]` is the cost of a stretch.
 */
export function cutByPenalty(costs: Float64Array, { length, maxUnits, penalty }: Search): number[] {
  const best = new Float64Array(length + 1)
  const from = new Int32Array(length + 1)
  for (let end = 1; end <= length; end++) {
    let least = Number.POSITIVE_INFINITY
    for (let size = 1; size <= maxUnits && size <= end; size++) {
      const cost = (best[end - size] ?? 0) + (costs[end * maxUnits + size - 1] ?? 0) + penalty
      if (cost < least) {
        least = cost
        from[end] = end - size
      }
    }
    best[end] = least
  }
  const starts: number[] = []
  for (let end = length; end > 0; end = from[end] ?? 0) starts.push(from[end] ?? 0)
  return starts.reverse()
}

/** The penalty at which the cheapest cut has `count` stretches, or the nearest number to it. */
export function bisectPenalty(
  costs: Float64Array,
  { length, maxUnits, count }: { length: number; maxUnits: number; count: number },
): number {
  let low = -200
  let high = 400
  let chosen = 0
  let nearest = Number.POSITIVE_INFINITY
  for (let step = 0; step < BISECTION_STEPS; step++) {
    const penalty = (low + high) / 2
    const found = cutByPenalty(costs, { length, maxUnits, penalty }).length
    if (Math.abs(found - count) < nearest) {
      nearest = Math.abs(found - count)
      chosen = penalty
    }
    if (found === count) break
    if (found > count) low = penalty
    else high = penalty
  }
  return chosen
}
