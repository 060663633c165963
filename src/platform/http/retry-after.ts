const DAY_MS = 24 * 60 * 60 * 1000

/** The three date forms of RFC 9110 §5.6.7: IMF-fixdate, RFC 850 and asctime. */
const HTTP_DATE =
  /^(?:\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT|\w{6,9}, \d{2}-\w{3}-\d{2} \d{2}:\d{2}:\d{2} GMT|\w{3} \w{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/

/**
 * When a server asks to be asked again (RFC 9110 §10.2.3), from seconds or a date.
 *
 * Never before `now` and never more than a day after it, so that an absurd value cannot silence a
 * source; null when the header is absent or cannot be understood.
 */
export function parseRetryAfter(header: string | null, now: Date): Date | null {
  const value = header?.trim() ?? ''
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1000 : parseHttpDate(value) - now.getTime()
  if (Number.isNaN(waitMs)) return null
  return new Date(now.getTime() + Math.min(Math.max(waitMs, 0), DAY_MS))
}

/** Milliseconds since 1970, or NaN. */
function parseHttpDate(value: string): number {
  if (!HTTP_DATE.test(value)) return Number.NaN
  return Date.parse(value.endsWith('GMT') ? value : `${value} GMT`)
}
