import { expect } from 'vitest'

/** One paragraph for people: no trace, no code of a library's, an end. */
export function expectOneSentence(err: string): void {
  const lines = err.trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(err).toMatch(/^✗ .+[.!?]\n$/)
  expect(err).not.toMatch(/\bat .+:\d+:\d+|Error:|E[A-Z]{5,}/)
}
