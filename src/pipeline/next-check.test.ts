import { describe, expect, it } from 'vitest'
import { learnIntervalMs } from './learn-interval.ts'
import { jitterSeed, nextCheckAfterFailure, nextCheckAfterSuccess } from './next-check.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Dates with this many hours between them, the newest so many hours ago. */
const every = (hours: number, count: number, ago = 1): Date[] =>
  Array.from({ length: count }, (_, n) => new Date(NOW.getTime() - (ago + n * hours) * HOUR))

describe('learnIntervalMs', () => {
  it.each([
    ['nothing known', [], HOUR],
    ['one date', every(1, 1), HOUR],
    ['the same date many times', every(0, 9), HOUR],
    ['every ten minutes', every(1 / 6, 20, 0), 5 * MINUTE],
    ['every six hours', every(6, 10), 15 * MINUTE],
    ['daily', every(24, 10), HOUR],
    ['weekly', every(168, 10), 7 * HOUR],
    ['monthly', every(720, 10), 24 * HOUR],
    ['daily, silent for a month', every(24, 10, 720), 7.5 * HOUR],
    ['daily, silent for years', every(24, 10, 20_000), 24 * HOUR],
    ['daily again after a pause', [...every(24, 8), ...every(24, 8, 5_000)], HOUR],
    [
      'two on each day of a week',
      every(168, 6).flatMap((d) => [d, new Date(d.getTime() - HOUR)]),
      (167 / 24) * HOUR,
    ],
    ['dates in the future', [...every(24, 10), new Date(NOW.getTime() + DAY)], HOUR],
  ])('%s', (_, dates, expected) => {
    expect(learnIntervalMs(dates, NOW)).toBeCloseTo(expected, -4)
    expect(learnIntervalMs(dates.toReversed(), NOW)).toBeCloseTo(expected, -4)
  })
})

describe('nextCheckAfterSuccess', () => {
  const hints = { published: every(24, 10), freshForSeconds: null, ttlMinutes: null, skipHours: [] }
  it.each([
    ['the rhythm alone', {}, 0, '2026-11-23T13:00:00.000Z'],
    ['its jitter', {}, 0.5, '2026-11-23T13:03:00.000Z'],
    ['a fresh answer', { freshForSeconds: 7200 }, 0, '2026-11-23T14:00:00.000Z'],
    ['an answer that is fresh for seconds', { freshForSeconds: 60 }, 0, '2026-11-23T13:00:00.000Z'],
    ['a ttl', { ttlMinutes: 180 }, 0, '2026-11-23T15:00:00.000Z'],
    ['a ttl of a year', { ttlMinutes: 525_600 }, 0, '2026-11-24T12:00:00.000Z'],
    ['hours to skip', { skipHours: [13, 14, 16] }, 0, '2026-11-23T15:00:00.000Z'],
    [
      'hours to skip over midnight',
      { ttlMinutes: 600, skipHours: [22, 23, 24, 0] },
      0,
      '2026-11-24T01:00:00.000Z',
    ],
    [
      'all hours to skip',
      { skipHours: Array.from({ length: 24 }, (_, n) => n) },
      0,
      '2026-11-23T13:00:00.000Z',
    ],
  ])('goes by %s', (_, change, seed, expected) => {
    expect(nextCheckAfterSuccess(NOW, { ...hints, ...change }, seed).toISOString()).toBe(expected)
  })
})

it.each([
  [1, null, 15 * MINUTE],
  [2, null, 30 * MINUTE],
  [50, null, DAY],
  [1, 2 * HOUR, 2 * HOUR],
  [5, MINUTE, 4 * HOUR],
  [1, 400 * DAY, DAY],
])('after %i failures, asked for %s, it waits %i ms', (failures, asked, expected) => {
  const askedFor = asked === null ? null : new Date(NOW.getTime() + asked)
  expect(nextCheckAfterFailure(NOW, failures, askedFor).getTime() - NOW.getTime()).toBe(expected)
})

it('a source keeps its share of the jitter', () => {
  expect(jitterSeed('0191e0a0-0000-7000-8000-000000800000')).toBe(0.5)
  expect(jitterSeed('0191e0a0-0000-7000-8000-000000000000')).toBe(0)
  expect(jitterSeed('none')).toBe(0)
})
