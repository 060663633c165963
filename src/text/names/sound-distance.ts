import { doubleMetaphone } from 'double-metaphone'
import { distance } from 'fastest-levenshtein'

/**
 * How far apart two words sound: letters that differ between their Double Metaphone codes, the
 * nearer of the two readings. Philips, "The Double Metaphone Search Algorithm", 2000.
 */
export function soundDistance(a: string, b: string): number {
  const [first, second] = doubleMetaphone(a)
  const [other, another] = doubleMetaphone(b)
  return Math.min(distance(first, other), distance(second, another))
}
