import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from './retry-after.ts'

const NOW = new Date('2026-11-23T08:00:00Z')

describe('parseRetryAfter', () => {
  it.each([
    ['120', '2026-11-23T08:02:00.000Z'],
    [' 0 ', '2026-11-23T08:00:00.000Z'],
    ['Mon, 23 Nov 2026 09:00:00 GMT', '2026-11-23T09:00:00.000Z'],
    ['Monday, 23-Nov-26 09:00:00 GMT', '2026-11-23T09:00:00.000Z'],
    ['Mon Nov 23 09:00:00 2026', '2026-11-23T09:00:00.000Z'],
    ['Sun, 06 Nov 1994 08:49:37 GMT', '2026-11-23T08:00:00.000Z'],
    ['Fri, 01 Jan 2100 00:00:00 GMT', '2026-11-24T08:00:00.000Z'],
    ['86400', '2026-11-24T08:00:00.000Z'],
    ['31536000', '2026-11-24T08:00:00.000Z'],
    ['9'.repeat(400), '2026-11-24T08:00:00.000Z'],
  ])('row 28: %s means %s', (header, expected) => {
    expect(parseRetryAfter(header, NOW)?.toISOString()).toBe(expected)
  })

  it.each([null, '', '-5', '1.5', 'soon', '2026-11-23T09:00:00Z', 'Xxx, 99 Foo 2026 99:00:00 GMT'])(
    'row 28: %j means nothing',
    (header) => {
      expect(parseRetryAfter(header, NOW)).toBeNull()
    },
  )
})
