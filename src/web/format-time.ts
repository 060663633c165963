/** Seconds as a clock: `4:07`, `1:02:03`. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** Seconds as an ISO 8601 duration for the machine: `PT1H2M3S`. */
export function formatIsoDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `PT${Math.floor(whole / 3600)}H${Math.floor(whole / 60) % 60}M${whole % 60}S`
}

/** A length for people: `48 min`, `1 h 12 min`, `under a minute`. */
export function formatLength(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  if (minutes < 1) return 'under a minute'
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0
    ? `${minutes / 60} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Where a claim rests: `12:34`, or `¶ 5` in a text; paragraphs are counted from 1 for people. */
export function formatPosition(unit: 'time' | 'paragraph', start: number): string {
  return unit === 'time' ? formatClock(start) : `¶ ${start + 1}`
}

/** A share from 0 to 1 as whole per cent. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** `1 quote`, `3 quotes`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}

/** A calendar date `YYYY-MM-DD` in full: `Monday 23 November 2026`. */
export function formatLocalDate(localDate: string): string {
  const date = new Date(`${localDate}T00:00:00Z`)
  return format(date, 'UTC', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
}

/** The day of an instant in a zone: `Mon 23 Nov 2026`. */
export function formatDay(at: Date, timeZone: string): string {
  return format(at, timeZone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
}

/** An instant in a zone: `23 Nov, 07:00`. */
export function formatMoment(at: Date, timeZone: string): string {
  const day = format(at, timeZone, { day: 'numeric', month: 'short' })
  const clock = format(at, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return `${day}, ${clock}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Formatters are kept: making one costs about a hundred times more than using it. */
function format(at: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${timeZone} ${JSON.stringify(options)}`
  let formatter = formats.get(key)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-GB', { ...options, timeZone })
    formats.set(key, formatter)
  }
  return formatter.format(at).replace(/^(\w{3,}),/, '$1')
}

/** Bytes for people: `812 bytes`, `64 KB`, `3.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
