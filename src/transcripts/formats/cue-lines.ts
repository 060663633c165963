import { parseClock } from './parse-clock.ts'

/** A cue of SRT or WebVTT: its times and the lines below them. */
export interface Cue {
  start: number
  end: number
  lines: string[]
}

const TIMES =
  /^\s*(-?[\d:]{3,12}(?:[.,]\d{1,9})?)\s*-{1,3}>\s*(-?[\d:]{3,12}(?:[.,]\d{1,9})?)(?:\s|$)/

/**
 * The cues of a text, found by their lines of times (`-->`, and `->` as some write it).
 *
 * A number or name on the line above belongs to the cue below. Blank lines inside a cue's text do
 * not end it, since writers forget that they would. Linear in the text.
 */
export function readCues(text: string): Cue[] {
  const cues: Cue[] = []
  let cue: Cue | null = null
  for (const line of text.split(/\r\n?|\n/)) {
    const times = timesOf(line)
    if (times !== null) {
      if (cue !== null) dropLabel(cue.lines)
      cue = { ...times, lines: [] }
      cues.push(cue)
    } else if (cue !== null) {
      cue.lines.push(line)
    }
  }
  return cues
}

/** True for a line such as `00:00:01,000 --> 00:00:02,000`. */
export function isTimesLine(line: string): boolean {
  return timesOf(line) !== null
}

function timesOf(line: string): { start: number; end: number } | null {
  if (!line.includes('->')) return null
  const match = TIMES.exec(line)
  if (match === null) return null
  const start = parseClock(match[1] ?? '')
  const end = parseClock(match[2] ?? '')
  return start === null || end === null ? null : { start, end }
}

/** Takes from the end of a cue's lines the next cue's number or name, which a blank line precedes. */
function dropLabel(lines: string[]): void {
  const last = lines.at(-1)?.trim() ?? ''
  const isAlone = lines.length === 1 || (lines.at(-2) ?? '').trim() === ''
  if (last !== '' && (/^\d{1,7}$/.test(last) || (isAlone && lines.length > 1))) lines.pop()
}
