const UNITS = `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
  fifteen sixteen seventeen eighteen nineteen`.split(/\s+/)
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const SCALES: Readonly<Record<string, number>> = {
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
}
const SHORT_SCALES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, bn: 1e9, b: 1e9, tn: 1e12 }
const TOKEN = /\d[\d.,]*(?:[a-z]+)?|[a-z]+/g

/**
 * Numbers that a text says, as values: "340 million", "three hundred and forty million" and "340m"
 * are all 340,000,000. "One" alone is mostly no number and is left out.
 */
export function numbersIn(text: string): number[] {
  const tokens = text.toLowerCase().replaceAll('-', ' ').match(TOKEN) ?? []
  const numbers: number[] = []
  let at = 0
  while (at < tokens.length) {
    const { value, next } = readNumber(tokens, at)
    if (value !== null) numbers.push(value)
    at = Math.max(next, at + 1)
  }
  return numbers
}

function readNumber(
  tokens: readonly string[],
  from: number,
): { value: number | null; next: number } {
  let total = 0
  let part: number | null = null
  let at = from
  for (; at < tokens.length; at++) {
    const token = tokens[at] ?? ''
    const value = simpleValue(token)
    const scale = SCALES[token]
    if (value !== null) {
      // "nineteen ninety" and "10 12" are two numbers, "forty two" is one.
      if (part !== null && !(part % 100 >= 20 && part % 10 === 0 && value < 10) && part % 100 !== 0)
        break
      part = (part ?? 0) + value
    } else if (scale !== undefined && (part !== null || total > 0)) {
      if (scale === 100) part = (part ?? 1) * 100
      else {
        total += (part ?? 1) * scale
        part = null
      }
    } else if (token !== 'and' || part === null || !isNumberWord(tokens[at + 1])) break
  }
  if (part === null && total === 0) return { value: null, next: from + 1 }
  const isLoneOne = at === from + 1 && tokens[from] === 'one'
  return { value: isLoneOne ? null : total + (part ?? 0), next: at }
}

function isNumberWord(token: string | undefined): boolean {
  return token !== undefined && simpleValue(token) !== null
}

function simpleValue(token: string): number | null {
  const unit = UNITS.indexOf(token)
  if (unit >= 0) return unit
  const ten = TENS.indexOf(token)
  if (ten >= 0) return (ten + 2) * 10
  const digits = /^(\d[\d.,]*)([a-z]*)$/.exec(token)
  if (digits === null) return null
  const value = Number(
    (digits[1] ?? '')
      .replace(/,(?=\d{3})/g, '')
      .replace(/[.,]+$/, '')
      .replace(',', '.'),
  )
  return Number.isFinite(value) ? value * (SHORT_SCALES[digits[2] ?? ''] ?? 1) : null
}
