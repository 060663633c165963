import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { MAX_LATENESS_MS, type NextDigest, nextDigestAt } from './next-digest-at.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

function next(
  zone: string,
  digestAt: string,
  now: string | Date,
  lastLocalDate: string | null = null,
  settingsSince: Date | null = null,
): NextDigest {
  const history = { now: new Date(now), lastLocalDate, settingsSince }
  return nextDigestAt({ timeZone: zone, digestAt }, 'daily', history)
}

/** A planner that looks at what is due, makes it, and looks again when the next one is. */
function simulate(zone: string, digestAt: string, from: Date, days: number): NextDigest[] {
  const made: NextDigest[] = []
  let now = from
  let last: string | null = null
  while (now.getTime() < from.getTime() + days * DAY_MS) {
    const digest: NextDigest = next(zone, digestAt, now, last)
    if (digest.isDue) {
      made.push(digest)
      last = digest.localDate
    } else now = digest.at
  }
  return made
}

const daysBetween = (a: string, b: string) =>
  Temporal.PlainDate.from(a).until(Temporal.PlainDate.from(b)).days

describe('an ordinary day', () => {
  it.each([
    ['before its time', '2026-11-23T05:59:00Z', null, '2026-11-23', false],
    ['at its time', '2026-11-23T06:00:00Z', null, '2026-11-23', true],
    ['six hours late', '2026-11-23T12:00:00Z', null, '2026-11-23', true],
    ['over six hours late', '2026-11-23T12:00:01Z', null, '2026-11-24', false],
    ['once it is made', '2026-11-23T06:01:00Z', '2026-11-23', '2026-11-24', false],
    [
      'after three days without a machine',
      '2026-11-23T06:30:00Z',
      '2026-11-19',
      '2026-11-23',
      true,
    ],
  ])('%s', (_name, now, last, localDate, isDue) => {
    expect(next('Europe/Zurich', '07:00', now, last)).toMatchObject({ localDate, isDue })
  })

  it('late in the evening is due until after midnight, for the day that was meant', () => {
    expect(next('Europe/Zurich', '23:30', '2026-11-23T23:30:00Z')).toMatchObject({
      localDate: '2026-11-23',
      isDue: true,
    })
  })

  it('sends one digest, not two, when the machine was away', () => {
    // 23:30 of the 22nd is over six hours gone, 07:00 of the 23rd is not.
    const digest = next('Europe/Zurich', '07:00', '2026-11-23T09:00:00Z', '2026-11-20')
    expect(digest.localDate).toBe('2026-11-23')
  })

  it('is not silenced by a digest that a wrong clock dated forty days ahead', () => {
    expect(next('UTC', '07:00', '2026-11-23T07:00:00Z', '2027-01-02')).toMatchObject({
      localDate: '2026-11-23',
      isDue: true,
    })
  })

  it('is not made again when the clock goes back by a day', () => {
    expect(next('UTC', '07:00', '2026-11-22T06:59:00Z', '2026-11-23')).toMatchObject({
      localDate: '2026-11-24',
      isDue: false,
    })
  })

  it('of the week is a Saturday', () => {
    const reader = { timeZone: 'Europe/Zurich', digestAt: '07:00' }
    const history = {
      now: new Date('2026-11-23T06:00:00Z'),
      lastLocalDate: null,
      settingsSince: null,
    }
    expect(nextDigestAt(reader, 'weekly', history).localDate).toBe('2026-11-28')
    const now = new Date('2026-11-28T06:00:00Z')
    const after = { ...history, now, lastLocalDate: '2026-11-28' }
    expect(nextDigestAt(reader, 'weekly', after).localDate).toBe('2026-12-05')
  })

  it('has a known zone', () => {
    expect(() => next('Europe/Atlantis', '07:00', '2026-11-23T06:00:00Z')).toThrow(
      expect.objectContaining({ code: 'time-zone-unknown', blame: 'caller' }),
    )
  })
})

describe('clocks that are changed', () => {
  it.each([
    // In a gap the clock has moved on; in a fold the first of the two readings counts.
    ['Europe/Zurich', '02:30', '2026-03-29', '2026-03-29T01:30:00.000Z'],
    ['Europe/Zurich', '02:30', '2026-10-25', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '02:30', '2026-03-08', '2026-03-08T07:30:00.000Z'],
    ['Australia/Lord_Howe', '02:15', '2026-10-04', '2026-10-03T15:45:00.000Z'],
    ['Australia/Lord_Howe', '01:45', '2026-04-05', '2026-04-04T14:45:00.000Z'],
    ['Africa/Cairo', '00:30', '2026-04-24', '2026-04-23T22:30:00.000Z'],
  ])('%s %s on %s', (zone, digestAt, date, instant) => {
    const before = new Date(Date.parse(instant) - HOUR_MS)
    const yesterday = Temporal.PlainDate.from(date).subtract({ days: 1 }).toString()
    const digest = next(zone, digestAt, before, yesterday)
    expect(digest.localDate).toBe(date)
    expect(digest.at.toISOString()).toBe(instant)
  })

  /** The days around every change of a zone's clock in 2024 to 2028. */
  function changesOf(zone: string): Date[] {
    const changes: Date[] = []
    let at = Temporal.ZonedDateTime.from(`2024-01-01T00:00[${zone}]`)
    for (let i = 0; i < 12; i++) {
      const change = at.getTimeZoneTransition('next')
      if (change === null || change.year > 2028) break
      changes.push(new Date(change.epochMilliseconds))
      at = change
    }
    return changes
  }

  it('gives every local date exactly one digest, in every zone, around every change', () => {
    const zones = Intl.supportedValuesOf('timeZone')
    expect(zones.length).toBeGreaterThan(300)
    let checked = 0
    for (const zone of zones) {
      // A share of the changes in each run, and over the zones all of them.
      const changes = changesOf(zone).filter((_, i) => (i + zone.length) % 6 === 0)
      for (const change of [...changes, new Date('2027-07-01T00:00:00Z')]) {
        for (const digestAt of ['07:00', '02:30', '00:00']) {
          const made = simulate(zone, digestAt, new Date(change.getTime() - 2 * DAY_MS), 4)
          const dates = made.map(({ localDate }) => localDate)
          for (const [i, date] of dates.slice(1).entries()) {
            expect([zone, digestAt, daysBetween(dates[i] ?? '', date)]).toEqual([zone, digestAt, 1])
          }
          checked += dates.length
        }
      }
    }
    expect(checked).toBeGreaterThan(3_000)
  }, 120_000)
})

describe('a reader who moves', () => {
  const ZONES = [
    'Pacific/Kiritimati',
    'Pacific/Auckland',
    'Australia/Lord_Howe',
    'Asia/Tokyo',
    'Asia/Kathmandu',
    'Europe/Zurich',
    'UTC',
    'America/St_Johns',
    'America/New_York',
    'America/Los_Angeles',
    'Pacific/Pago_Pago',
  ]

  it('gets at most one digest a date, and waits no longer than a day and the hours moved west', () => {
    const moves = fc.array(
      fc.record({
        zone: fc.constantFrom(...ZONES),
        afterMs: fc.integer({ min: 0, max: 4 * DAY_MS }),
      }),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(moves, fc.constantFrom('07:00', '02:30', '22:15'), (steps, digestAt) => {
        const { sent, shiftsMs } = travel(steps, digestAt)
        const dates = sent.map(({ localDate }) => localDate)
        expect(new Set(dates).size).toBe(dates.length)
        expect(dates).toEqual([...dates].sort())
        for (const [i, { sentAt }] of sent.slice(1).entries()) {
          const gap = sentAt - (sent[i]?.sentAt ?? 0)
          // Clocks that change on the way may add an hour.
          const shiftMs = Math.max(11 * HOUR_MS, shiftsMs)
          expect(gap).toBeLessThanOrEqual(24 * HOUR_MS + shiftMs + HOUR_MS)
        }
      }),
      { numRuns: 300, seed: 97 },
    )
  }, 60_000)

  type Sent = { localDate: string; sentAt: number }

  function travel(steps: { zone: string; afterMs: number }[], digestAt: string) {
    const sent: Sent[] = []
    let now = Date.parse('2026-03-25T12:00:00Z')
    let zone = 'Europe/Zurich'
    let since: Date | null = null
    let shiftsMs = 0
    for (const step of [...steps, { zone: null, afterMs: 3 * DAY_MS }]) {
      const until = now + step.afterMs
      while (now <= until) {
        const last: string | null = sent.at(-1)?.localDate ?? null
        const digest: NextDigest = next(zone, digestAt, new Date(now), last, since)
        if (digest.isDue) sent.push({ localDate: digest.localDate, sentAt: now })
        else now = digest.at.getTime()
      }
      now = until
      if (step.zone === null) break
      const offsetOf = (name: string) =>
        Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(name).offsetNanoseconds / 1e6
      shiftsMs += Math.max(0, offsetOf(zone) - offsetOf(step.zone))
      zone = step.zone
      since = new Date(now)
    }
    return { sent, shiftsMs }
  }

  it('east, finds the day’s digest waiting there rather than a day without one', () => {
    // 13:01 in Tokyo is over six hours after seven, but nobody was late.
    const moved = new Date('2026-11-23T04:01:00Z')
    expect(next('Asia/Tokyo', '07:00', moved, '2026-11-22')).toMatchObject({ isDue: false })
    expect(next('Asia/Tokyo', '07:00', moved, '2026-11-22', moved)).toMatchObject({
      localDate: '2026-11-23',
      isDue: true,
    })
  })

  it('is never late by more than six hours otherwise', () => {
    expect(MAX_LATENESS_MS).toBe(6 * HOUR_MS)
  })
})
