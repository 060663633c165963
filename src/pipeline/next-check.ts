const MINUTE_MS = 60_000
/** How often a source is looked at when it says nothing about it itself. */
const USUAL_INTERVAL_MS = 60 * MINUTE_MS
const SHORTEST_INTERVAL_MS = 15 * MINUTE_MS
const LONGEST_INTERVAL_MS = 24 * 60 * MINUTE_MS

/** When to look again: hourly, later if the answer said that it stays fresh for longer. */
export function nextCheckAfterSuccess(now: Date, freshForSeconds: number | null): Date {
  const fresh = (freshForSeconds ?? 0) * 1000
  return new Date(now.getTime() + clamp(Math.max(USUAL_INTERVAL_MS, fresh)))
}

/**
 * When to try again after so many failures in a row: 15 min, 30 min, 1 h … 24 h, and not before
 * the time that the server asked for.
 */
export function nextCheckAfterFailure(now: Date, failures: number, askedFor: Date | null): Date {
  const doublings = Math.min(Math.max(failures, 1) - 1, 10)
  const askedMs = askedFor === null ? 0 : askedFor.getTime() - now.getTime()
  return new Date(now.getTime() + clamp(Math.max(SHORTEST_INTERVAL_MS * 2 ** doublings, askedMs)))
}

const clamp = (ms: number): number =>
  Math.min(Math.max(ms, SHORTEST_INTERVAL_MS), LONGEST_INTERVAL_MS)
