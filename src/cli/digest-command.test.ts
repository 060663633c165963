import { expect, it } from 'vitest'
import { parseSpan } from './digest-command.ts'

const HOUR_MS = 3_600_000

it.each([
  ['1h', HOUR_MS],
  ['36h', 36 * HOUR_MS],
  ['7d', 7 * 24 * HOUR_MS],
  [' 2w ', 14 * 24 * HOUR_MS],
  ['0d', 0],
])('%j is %d ms', (text, ms) => {
  expect(parseSpan(text)).toBe(ms)
})

it.each(['', '7', 'd', '7 d', '7m', '-7d', '1.5d', '7d7d', '7D', '1e3d'])('%j is none', (text) => {
  expect(() => parseSpan(text)).toThrow('7d, 36h or 2w')
})
