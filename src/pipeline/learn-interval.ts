const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export const SHORTEST_INTERVAL_MS = 5 * MINUTE_MS
export const LONGEST_INTERVAL_MS = DAY_MS
/** For a source that does not show its rhythm. */
const USUAL_INTERVAL_MS = HOUR_MS

/** So many looks for each thing published: what is daily is looked for every hour. */
const LOOKS_PER_EPISODE = 24
/** A source that is silent for so many times its rhythm has another one. */
const PATIENCE = 4
/** Rhythms change: only the last few dates tell today's. */
const DATES = 10

/**
 * How long to wait between two looks at a source, in milliseconds, from when it published: a
 * twenty-fourth of the usual gap between its last ten episodes, between 5 minutes and 24 hours.
 *
 * The usual gap is the upper quartile: neither a holiday nor two episodes on one day count. A source
 * that falls silent is looked at less and less. Without two dates, every hour.
 */
export function learnIntervalMs(published: readonly Date[], now: Date): number {
  const times = [...new Set(published.map((date) => date.getTime()))]
    .filter((time) => time <= now.getTime())
    .sort((a, b) => b - a)
    .slice(0, DATES)
  const [newest] = times
  if (newest === undefined || times.length < 2) return USUAL_INTERVAL_MS
  const gaps = times.slice(1).map((time, index) => (times[index] ?? time) - time)
  const silence = now.getTime() - newest
  const rhythm = Math.max(upperQuartile(gaps), silence / PATIENCE)
  return Math.min(Math.max(rhythm / LOOKS_PER_EPISODE, SHORTEST_INTERVAL_MS), LONGEST_INTERVAL_MS)
}

function upperQuartile(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.7)] ?? 0
}
