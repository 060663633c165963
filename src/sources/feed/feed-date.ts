const EARLIEST = Date.UTC(1990, 0, 1)
const DAY_MS = 86_400_000

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Offsets in hours of the zone names of RFC 822 and a few others seen in feeds. */
const ZONES: Record<string, number> = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  akst: -9,
  akdt: -8,
  hst: -10,
  bst: 1,
  wet: 0,
  west: 1,
  cet: 1,
  cest: 2,
  met: 1,
  mest: 2,
  mez: 1,
  mesz: 2,
  eet: 2,
  eest: 3,
  msk: 3,
  ist: 5.5,
  jst: 9,
  kst: 9,
  aest: 10,
  aedt: 11,
  nzst: 12,
  nzdt: 13,
}

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([ap]\.?m\.?)?`
const ZONE = String.raw`\s*\(?\s*([a-z]{1,5}|(?:gmt|utc)?\s*[+-]\d{1,2}:?\d{0,2})?`
const ISO = new RegExp(
  String.raw`^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2})(?:[t\s,]+${TIME}${ZONE})?)?`,
  'i',
)
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const DAY_FIRST = new RegExp(
  String.raw`^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s.-]+(\p{L}{3,9})\.?,?[\s-]+(\d{2,4})(?:[\s,]+${TIME}${ZONE})?`,
  'iu',
)
const MONTH_FIRST = new RegExp(
  String.raw`^(?:\p{L}+\.?,?\s+)?(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[\s,]+(?:at\s+)?${TIME}${ZONE})?`,
  'iu',
)
const ASCTIME = new RegExp(
  String.raw`^\p{L}+\s+(\p{L}{3})\s+(\d{1,2})\s+${TIME}${ZONE}\s*(\d{4})`,
  'iu',
)

/**
 * Reads a date of a feed: RFC 822 in its many spellings, ISO 8601, asctime and American order.
 *
 * Clamped to [1990, now + 1 day] so that a year of 9999 does not lead every list for ever; null for
 * what is no date. Unlike `Date.parse` it takes no numbers out of sentences and knows no local zone.
 */
export function readFeedDate(text: string, now: Date): Date | null {
  const words = text.slice(0, 100).replace(/\s+/g, ' ').trim()
  const time = readIso(words) ?? readDayFirst(words) ?? readMonthFirst(words) ?? readAsctime(words)
  if (time === null || Number.isNaN(time)) return null
  return new Date(Math.min(Math.max(time, EARLIEST), now.getTime() + DAY_MS))
}

interface Clock {
  hour: string | undefined
  minute: string | undefined
  second: string | undefined
  half: string | undefined
  zone: string | undefined
}

function readIso(text: string): number | null {
  const compact = COMPACT.exec(text)
  const match = compact ?? ISO.exec(text)
  if (match === null) return null
  const [, year, month, day = '1', hour, minute, second, half, zone] = match
  const clock: Clock = { hour, minute, second, half, zone }
  return timeOf({ year: Number(year), month: Number(month) - 1, day: Number(day) }, clock)
}

function readDayFirst(text: string): number | null {
  const match = DAY_FIRST.exec(text)
  if (match === null) return null
  const [, day, month = '', year = '', hour, minute, second, half, zone] = match
  const clock: Clock = { hour, minute, second, half, zone }
  return timeOf({ year: fullYear(year), month: monthOf(month), day: Number(day) }, clock)
}

function readMonthFirst(text: string): number | null {
  const match = MONTH_FIRST.exec(text)
  if (match === null) return null
  const [, month = '', day, year, hour, minute, second, half, zone] = match
  const clock: Clock = { hour, minute, second, half, zone }
  return timeOf({ year: Number(year), month: monthOf(month), day: Number(day) }, clock)
}

function readAsctime(text: string): number | null {
  const match = ASCTIME.exec(text)
  if (match === null) return null
  const [, month = '', day, hour, minute, second, half, zone, year] = match
  const clock: Clock = { hour, minute, second, half, zone }
  return timeOf({ year: Number(year), month: monthOf(month), day: Number(day) }, clock)
}

function timeOf(date: { year: number; month: number; day: number }, clock: Clock): number | null {
  const { year, month, day } = date
  if (month < 0 || month > 11 || day < 1 || day > 31) return null
  const hour = hourOf(clock)
  const minute = Number(clock.minute ?? 0)
  if (hour > 24 || minute > 59) return null
  // Date.UTC takes years below 100 for 19xx; set apart they are taken as they are.
  const day0 = new Date(0).setUTCFullYear(year, month, day)
  const seconds = (hour * 60 + minute) * 60 + Number(clock.second ?? 0)
  return day0 + seconds * 1000 - offsetMs(clock.zone)
}

function hourOf({ hour, half }: Clock): number {
  const value = Number(hour ?? 0)
  if (half === undefined) return value
  const isAfternoon = half.toLowerCase().startsWith('p')
  return (value % 12) + (isAfternoon ? 12 : 0)
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined) return 0
  const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (match === null) return (ZONES[zone.toLowerCase()] ?? 0) * 3_600_000
  const [, sign, hours, minutes = '0'] = match
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? -offset : offset
}

function monthOf(name: string): number {
  const index = MONTHS.indexOf(name.slice(0, 3).toLowerCase())
  return index
}

/** Years of two digits as RFC 2822 reads them. */
function fullYear(year: string): number {
  const value = Number(year)
  if (year.length === 2) return value < 50 ? 2000 + value : 1900 + value
  return year.length === 3 ? 1900 + value : value
}
