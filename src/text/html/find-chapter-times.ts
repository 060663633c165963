/** A time that opens a chapter: where it stands in its line, and what it announces. */
export interface ChapterTime {
  /** Index into the lines given. */
  line: number
  /** Offsets of the digits in that line, end exclusive. */
  from: number
  to: number
  /** Seconds from the start of the media. */
  start: number
  title: string
}

interface TimeAt {
  from: number
  to: number
  start: number
  hasHours: boolean
  isBracketed: boolean
}

const MAX_LINE_LENGTH = 20_000
const MAX_TITLE_LENGTH = 200
const TIME = /(?<![\d:.,/#$€£+-])(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:\.\d{1,3})?(?!\d|[:.,/]\d)/g
/** Words after a time that make it a time of day or a length, not a moment of the show. */
const NOT_A_MOMENT =
  /^\s*(?:[ap]\.?m\b|uhr\b|h\b|hrs?\b|hours?\b|min(?:s|utes?)?\b|sec(?:s|onds?)?\b|o'clock|(?:[ecmp][sd]?t|gmt|utc|bst|cest|cet)\b|on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day)/i
const CREDIT =
  /^(?:sources?|via|photos?|images?|footage|credits?|courtesy|references?|footnotes?)\b/i
const BIBLE_BOOK =
  /(?:genesis|exodus|leviticus|numbers|deuteronomy|joshua|judges|samuel|kings|chronicles|ezra|nehemiah|job|psalms?|proverbs|ecclesiastes|isaiah|jeremiah|ezekiel|daniel|hosea|amos|micah|malachi|matthew|mark|luke|john|acts|romans|corinthians|galatians|ephesians|philippians|colossians|thessalonians|timothy|titus|hebrews|james|peter|jude|revelation|sura|surah)\s*$/i

/**
 * Recognises chapter lists such as `(1:05) Title`, `00:22:51 - Title`, `[1:02:03] Title` and
 * `Title 12:30` in the lines of show notes, several to a line when in brackets or from 0:00 on.
 *
 * Gives times ascending without repeats, or nothing: there must be three, or two of which the first
 * is 0:00. Times of day, dates, scores, verses and lengths in prose are not taken for chapters.
 */
export function findChapterTimes(lines: readonly string[]): ChapterTime[] {
  const found: ChapterTime[] = []
  let isBracketed = false
  for (const [index, line] of lines.entries()) {
    const times = timesIn(line)
    if (times.length === 0) continue
    isBracketed ||= times.some((time) => time.isBracketed || time.hasHours)
    found.push(...chaptersOfLine(index, line, { times, next: lines[index + 1] ?? '' }))
  }
  const chapters = longestAscending(withoutRepeats(found))
  const [first, second] = chapters
  if (first === undefined || second === undefined) return []
  if (chapters.length < 3 && first.start !== 0) return []
  if ((!isBracketed && isSchedule(chapters)) || isCredits(chapters)) return []
  return chapters
}

function timesIn(line: string): TimeAt[] {
  const times: TimeAt[] = []
  if (!line.includes(':')) return times
  const text = line.slice(0, MAX_LINE_LENGTH)
  for (const match of text.matchAll(TIME)) {
    const [whole, hours, minutes = '0', seconds = '0'] = match
    const to = match.index + whole.length
    if (hours !== undefined && Number(minutes) > 59) continue
    if (NOT_A_MOMENT.test(text.slice(to, to + 24))) continue
    times.push({
      from: match.index,
      to,
      start: Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds),
      hasHours: hours !== undefined,
      isBracketed: isBracketed(text, match.index, to),
    })
  }
  return times
}

function isBracketed(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 2), from)
  return /[([{]\s?$/.test(before) && /^\s?[)\]}\-–—]/.test(text.slice(to, to + 2))
}

function chaptersOfLine(
  index: number,
  line: string,
  { times, next }: { times: TimeAt[]; next: string },
): ChapterTime[] {
  const [first] = times
  if (first === undefined) return []
  const before = line.slice(0, first.from)
  if (!isMarker(before)) return trailingTime(index, line, times)
  const starts = isManyToALine(times) ? times : [first]
  const chapters: ChapterTime[] = []
  for (const [n, time] of starts.entries()) {
    const end = starts[n + 1]?.from ?? line.length
    const title = titleOf(line.slice(time.to, end))
    if (title !== null)
      chapters.push({ line: index, from: time.from, to: time.to, start: time.start, title })
  }
  if (chapters.length === 0 && times.length === 1 && timesIn(next).length === 0) {
    const title = titleOf(next)
    if (title !== null)
      return [{ line: index, from: first.from, to: first.to, start: first.start, title }]
  }
  return chapters
}

/** `Title 12:30`, where the time or range of times ends the line. */
function trailingTime(index: number, line: string, times: TimeAt[]): ChapterTime[] {
  const [first] = times
  const last = times.at(-1)
  if (first === undefined || last === undefined || times.length > 2) return []
  if (/[\p{L}\p{N}]/u.test(line.slice(last.to))) return []
  if (times.length === 2 && /\p{L}/u.test(line.slice(first.to, last.from))) return []
  const before = line.slice(0, first.from)
  if (BIBLE_BOOK.test(before)) return []
  // A sentence that ends in a time is prose; a title has no full stop in its middle.
  if (
    before.length > 120 ||
    /\b(?:at|until|by|from|since|before|after|um|bis|ab)\s*$/i.test(before)
  )
    return []
  const title = titleOf(before)
  if (title === null) return []
  return [{ line: index, from: first.from, to: first.to, start: first.start, title }]
}

/** What may stand before a leading time: bullets, brackets, numbering, a word for chapters. */
function isMarker(before: string): boolean {
  if (before.length > 24) return false
  const rest = before.replace(/^(?:\W*\d{1,3}[.)]\s)?/u, '')
  return !/[\p{L}\p{N}]/u.test(rest) || /^\W*(?:timestamps?|chapters?|kapitel)\W*$/iu.test(rest)
}

function isManyToALine(times: readonly TimeAt[]): boolean {
  if (times.length < 2) return false
  if (times.every((time) => time.isBracketed)) return true
  const isAscending = times.every((time, n) => n === 0 || time.start > (times[n - 1]?.start ?? 0))
  return times.length >= 3 && times[0]?.start === 0 && isAscending
}

/** The words of a title without the signs and second times around them; null when none is left. */
function titleOf(text: string): string | null {
  const title = text
    .slice(0, MAX_TITLE_LENGTH * 2)
    .replace(/^[\s\])}]*(?:[-–—~]|to|bis)\s*(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?!\d)/, '')
    .replace(/(?:https?:\/\/|www\.)\S+/g, '')
    .replace(/^[^\p{L}\p{N}"'“„«¿¡#@$€£]+/u, '')
    .replace(/[\s\-–—:|•·([{,;…]+$/u, '')
    .replace(/\.{2,}$/, '')
    .trim()
  if (!/\p{L}/u.test(title)) return null
  return title.length <= MAX_TITLE_LENGTH
    ? title
    : `${title.slice(0, MAX_TITLE_LENGTH).trim().toWellFormed()}…`
}

function withoutRepeats(times: readonly ChapterTime[]): ChapterTime[] {
  const seen = new Set<string>()
  const result: ChapterTime[] = []
  for (const time of times) {
    const key = `${time.start} ${time.title.toLowerCase()}`
    if (seen.has(key)) continue
    seen.add(key)
    result.push(time)
  }
  return result
}

/**
 * One list out of what was found: the longest of several lists (audio and video edition), else
 * the longest strictly ascending choice, so that one mistyped time costs one chapter.
 */
function longestAscending(times: readonly ChapterTime[]): ChapterTime[] {
  const runs: ChapterTime[][] = []
  for (const time of times) {
    const run = runs.at(-1)
    if (run !== undefined && (run.at(-1)?.start ?? 0) < time.start) run.push(time)
    else runs.push([time])
  }
  const longRuns = runs.filter((run) => run.length >= 3)
  if (runs.length === 1 || longRuns.length === runs.length) {
    return runs.reduce((best, run) => (run.length > best.length ? run : best), [])
  }
  return longestIncreasing(times)
}

/** Longest strictly increasing subsequence by patience sorting, O(n log n). */
function longestIncreasing(times: readonly ChapterTime[]): ChapterTime[] {
  const tails: number[] = []
  const previous: number[] = []
  for (const [index, time] of times.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((times[tails[middle] ?? 0]?.start ?? 0) < time.start) low = middle + 1
      else high = middle
    }
    previous[index] = low > 0 ? (tails[low - 1] ?? -1) : -1
    tails[low] = index
  }
  const result: ChapterTime[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const time = times[index]
    if (time !== undefined) result.push(time)
  }
  return result.reverse()
}

/** Times at which sources or pictures are shown say where something is from, not what is said. */
function isCredits(chapters: readonly ChapterTime[]): boolean {
  const credits = chapters.filter(({ title }) => CREDIT.test(title))
  return credits.length * 2 > chapters.length
}

/** Quarter hours below 24:00 without a 0:00 are a programme of the day, not of a recording. */
function isSchedule(chapters: readonly ChapterTime[]): boolean {
  return chapters.every(({ start }) => start > 0 && start < 24 * 60 && (start % 60) % 15 === 0)
}
