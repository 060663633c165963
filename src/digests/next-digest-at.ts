import { Temporal } from 'temporal-polyfill'
import type { Edition } from '../model/digest.ts'
import { Failure } from '../model/failure.ts'
import type { Reader } from '../model/reader.ts'

/** A digest this late is not sent: what it would have told comes with the next one. */
export const MAX_LATENESS_MS = 6 * 3_600_000

/** Weekly editions are for this day of the week, 1 being Monday. */
const WEEKLY_DAY = 6

/** The digest that a reader gets next. */
export type NextDigest = {
  /** The reader's own calendar date that it is for, `YYYY-MM-DD`. */
  localDate: string
  /** The instant at which it is due. */
  at: Date
  /** True when that instant has come. */
  isDue: boolean
}

export type DigestHistory = {
  now: Date
  /** The newest local date for which a digest of this edition was made; null for none. */
  lastLocalDate: string | null
  /** When the reader last changed zone or time; null when they never did. */
  settingsSince: Date | null
}

/**
 * When a reader's next digest is due, and for which local date. Each local date gets at most one:
 * dates up to `lastLocalDate` are never named again, whatever zones do. (A last date beyond
 * tomorrow was made under a wrong clock and is not believed.) The wall time is
 * resolved as RFC 5545 does (`compatible`): in a gap the clock's later reading, in a fold the first.
 *
 * A date whose time passed more than six hours ago is given up. After a move to an eastern zone,
 * today's time may have passed there before anybody could be late: lateness then counts from the
 * move. Weekly editions are for Saturdays.
 *
 * Throws `time-zone-unknown` for a zone that is not in the time-zone database.
 */
export function nextDigestAt(
  reader: Pick<Reader, 'timeZone' | 'digestAt'>,
  edition: Edition,
  history: DigestHistory,
): NextDigest {
  const today = localDateOf(history.now, reader.timeZone)
  // No two zones are more than one date apart, so a move alone cannot lead past tomorrow.
  const tomorrow = today.add({ days: 1 }).toString()
  const last = (history.lastLocalDate ?? '') > tomorrow ? null : history.lastLocalDate
  let due: NextDigest | null = null
  // Yesterday: a digest for 23:00 may still be due after midnight.
  for (let days = -1; days <= 15; days++) {
    const date = today.add({ days })
    if (!isOpen(date, edition, last)) continue
    const at = instantOf(date, reader)
    if (at > history.now) return due ?? { localDate: date.toString(), at, isDue: false }
    const from =
      days === 0 ? Math.max(at.getTime(), history.settingsSince?.getTime() ?? 0) : at.getTime()
    const isTooLate = history.now.getTime() - from > MAX_LATENESS_MS
    if (!isTooLate) due = { localDate: date.toString(), at, isDue: true }
  }
  throw new Failure(
    'digest-date-unknown',
    'us',
    `No date for a digest within two weeks after ${today}. Is the last one in the future?`,
  )
}

/** The instant at which the reader's clock shows the digest's time on a local date. */
export function digestInstant(
  reader: Pick<Reader, 'timeZone' | 'digestAt'>,
  localDate: string,
): Date {
  return instantOf(Temporal.PlainDate.from(localDate), reader)
}

function instantOf(date: Temporal.PlainDate, reader: Pick<Reader, 'timeZone' | 'digestAt'>): Date {
  const zoned = date
    .toPlainDateTime(Temporal.PlainTime.from(reader.digestAt))
    .toZonedDateTime(reader.timeZone, { disambiguation: 'compatible' })
  return new Date(zoned.epochMilliseconds)
}

/** The calendar date that it is in a time zone. Throws `time-zone-unknown`. */
export function localDateOf(now: Date, timeZone: string): Temporal.PlainDate {
  try {
    return Temporal.Instant.fromEpochMilliseconds(now.getTime())
      .toZonedDateTimeISO(timeZone)
      .toPlainDate()
  } catch (cause) {
    throw new Failure(
      'time-zone-unknown',
      'caller',
      `"${timeZone}" is not a known time zone. Choose one such as Europe/Zurich.`,
      { cause },
    )
  }
}

function isOpen(date: Temporal.PlainDate, edition: Edition, last: string | null): boolean {
  if (last !== null && date.toString() <= last) return false
  return edition === 'daily' || date.dayOfWeek === WEEKLY_DAY
}
