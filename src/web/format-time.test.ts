import { describe, expect, it } from 'vitest'
import {
  countOf,
  formatBytes,
  formatClock,
  formatDay,
  formatLength,
  formatLocalDate,
  formatMoment,
  formatPosition,
  formatShare,
} from './format-time.ts'

describe('times in words', () => {
  it.each([
    [0, '0:00'],
    [9.9, '0:09'],
    [754, '12:34'],
    [3599, '59:59'],
    [3723, '1:02:03'],
    [-5, '0:00'],
  ])('clock of %s', (seconds, text) => expect(formatClock(seconds)).toBe(text))

  it.each([
    [20, 'under a minute'],
    [60, '1 min'],
    [2466, '41 min'],
    [3600, '1 h'],
    [4320, '1 h 12 min'],
    [3599, '1 h'],
  ])('length of %s', (seconds, text) => expect(formatLength(seconds)).toBe(text))

  it.each([
    ['Europe/Zurich', '2026-03-29T00:59:00Z', '29 Mar, 01:59'],
    ['Europe/Zurich', '2026-03-29T01:00:00Z', '29 Mar, 03:00'],
    ['America/New_York', '2026-11-23T04:30:00Z', '22 Nov, 23:30'],
    ['UTC', '2026-11-23T00:05:00Z', '23 Nov, 00:05'],
  ])('moment in %s at %s', (zone, at, text) => expect(formatMoment(new Date(at), zone)).toBe(text))

  it('tells days, positions, shares, counts and sizes', () => {
    expect(formatDay(new Date('2026-11-22T23:30:00Z'), 'Europe/Zurich')).toBe('Mon 23 Nov 2026')
    expect(formatLocalDate('2026-11-23')).toBe('Monday 23 November 2026')
    expect(formatPosition('time', 754)).toBe('12:34')
    expect(formatPosition('paragraph', 0)).toBe('¶ 1')
    expect(formatShare(0.525)).toBe('53 %')
    expect([countOf(1, 'quote'), countOf(0, 'quote'), countOf(6214, 'word')]).toEqual([
      '1 quote',
      '0 quotes',
      '6,214 words',
    ])
    expect([formatBytes(812), formatBytes(64_000), formatBytes(3_120_000)]).toEqual([
      '812 bytes',
      '64 KB',
      '3.1 MB',
    ])
  })
})
