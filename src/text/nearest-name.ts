import { distance } from 'fastest-levenshtein'

/** Share of letters that may differ before two names are no longer taken for a slip of the pen. */
const MAX_DIFFERING_SHARE = 0.4

/**
 * The name in `names` that a person most likely meant by `written`, by Levenshtein distance, or
 * null when none is near: more than two fifths of the letters differ.
 */
export function nearestName(written: string, names: readonly string[]): string | null {
  let nearest: string | null = null
  let least = Math.floor(written.length * MAX_DIFFERING_SHARE) + 1
  for (const name of names) {
    const steps = distance(written, name)
    if (steps < least) {
      least = steps
      nearest = name
    }
  }
  return nearest
}
