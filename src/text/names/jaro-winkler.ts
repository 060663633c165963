const PREFIX_WEIGHT = 0.1
const MAX_PREFIX = 4

/**
 * Likeness of two words, 0 to 1. Jaro, 1989; Winkler, "String Comparator Metrics and Enhanced
 * Decision Rules", 1990.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Uint8Array(b.length)
  const matches: string[] = []
  for (let i = 0; i < a.length; i++) {
    const last = Math.min(b.length - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if (taken[j] === 1 || a[i] !== b[j]) continue
      taken[j] = 1
      matches.push(a[i] ?? '')
      break
    }
  }
  if (matches.length === 0) return 0
  const others = [...b].filter((_, j) => taken[j] === 1)
  const swapped = matches.filter((letter, index) => letter !== others[index]).length / 2
  const m = matches.length
  const jaro = (m / a.length + m / b.length + (m - swapped) / m) / 3
  let prefix = 0
  while (prefix < MAX_PREFIX && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix++
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro)
}
