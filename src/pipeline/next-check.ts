import { LONGEST_INTERVAL_MS, learnIntervalMs } from './learn-interval.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const FIRST_RETRY_MS = 15 * MINUTE_MS
/** Up to so much of the interval is added, so that what was once due together does not stay so. */
const JITTER = 0.1

/** What decides when a source is looked at again. */
export type PollHints = {
  /** When it published, as far as known, in any order. */
  published: readonly Date[]
  /** How long the answer calls itself fresh. */
  freshForSeconds: number | null
  /** How long the publisher asks to wait (`ttl`). */
  ttlMinutes: number | null
  /** Hours of the day, GMT, in which the publisher asks not to be checked. */
  skipHours: readonly number[]
}

/**
 * When to look again: by the source's own rhythm, never sooner than its publisher asks, never later
 * than in a day and the hours that it wants to be left alone. `seed` in [0, 1) is the source's own
 * share of the jitter.
 */
export function nextCheckAfterSuccess(now: Date, hints: PollHints, seed: number): Date {
  const learned = learnIntervalMs(hints.published, now)
  const fresh = (hints.freshForSeconds ?? 0) * 1000
  const ttl = (hints.ttlMinutes ?? 0) * MINUTE_MS
  const interval = Math.min(Math.max(learned, fresh, ttl), LONGEST_INTERVAL_MS)
  return outsideOf(hints.skipHours, new Date(now.getTime() + interval * (1 + JITTER * seed)))
}

/**
 * When to try again after so many failures in a row: 15 min, 30 min, 1 h … 24 h, and not before
 * the time that the server asked for, which counts up to a day.
 */
export function nextCheckAfterFailure(now: Date, failures: number, askedFor: Date | null): Date {
  const doublings = Math.min(Math.max(failures, 1) - 1, 10)
  const askedMs = askedFor === null ? 0 : askedFor.getTime() - now.getTime()
  const waited = Math.max(FIRST_RETRY_MS * 2 ** doublings, askedMs)
  return new Date(now.getTime() + Math.min(waited, LONGEST_INTERVAL_MS))
}

/** A share of the jitter that is a source's own and stays so: the random end of its id. */
export function jitterSeed(sourceId: string): number {
  const end = Number.parseInt(sourceId.slice(-6), 16)
  return Number.isNaN(end) ? 0 : end / 0x1000000
}

/** The beginning of the next hour that may be used; the time itself when none may. */
function outsideOf(skipHours: readonly number[], time: Date): Date {
  const skipped = new Set(skipHours.map((hour) => hour % 24))
  if (skipped.size >= 24 || !skipped.has(time.getUTCHours())) return time
  let hour = Math.floor(time.getTime() / HOUR_MS)
  while (skipped.has(hour % 24)) hour += 1
  return new Date(hour * HOUR_MS)
}
