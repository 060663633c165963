import type { Chapter, Summary } from '../model/summary.ts'
import type { Segment } from '../model/transcript.ts'

/** Width of every lane in its own units; positions are scaled to it. */
export const STRIP_WIDTH = 1000
/** Turns closer than this are drawn as one: they would be thinner than a pixel. */
const MERGE_UNITS = 2
const LANES = 5

export type Bar = { x: number; width: number }
export type Voice = { label: string; share: number | null; bars: Bar[] }

/** The episode drawn from left to right. */
export type StripGeometry = {
  /** Seconds, or paragraphs for text. */
  length: number
  chapters: (Bar & { title: string })[]
  ads: Bar[]
  /** One mark for each minute (or paragraph) from which something is cited. */
  cited: Bar[]
  /** Who speaks when, by share, at most five; the rest are left out. */
  voices: Voice[]
}

/** True when there is enough to draw. */
export function isWorthDrawing(strip: StripGeometry): boolean {
  return strip.length > 0 && (strip.chapters.length > 1 || strip.voices.length > 1)
}

/** Lays an episode's parts out on lanes of `STRIP_WIDTH`. Segments may be empty: no voices then. */
export function layOutStrip(input: {
  summary: Pick<Summary, 'ads' | 'coverage' | 'speakers'> | null
  chapters: readonly Pick<Chapter, 'title' | 'start' | 'end'>[]
  segments: readonly Segment[]
  unit: 'time' | 'paragraph'
  durationSeconds: number | null
}): StripGeometry {
  const { summary, chapters, segments } = input
  const ends = [...chapters, ...(summary?.ads ?? []), ...segments.slice(-1)].map(({ end }) => end)
  const length = Math.max(input.unit === 'time' ? (input.durationSeconds ?? 0) : 0, ...ends, 0)
  const bar = (start: number, end: number) => toBar(start, end, length)
  const citedUnit = input.unit === 'time' ? 60 : 1
  return {
    length,
    chapters: chapters.map(({ title, start, end }) => ({ title, ...bar(start, end) })),
    ads: (summary?.ads ?? []).map(({ start, end }) => bar(start, end)),
    cited: (summary?.coverage.minutesCited ?? [])
      .filter((minute) => minute * citedUnit < length)
      .map((minute) => bar(minute * citedUnit, (minute + 1) * citedUnit)),
    voices: layOutVoices(segments, summary?.speakers ?? [], length),
  }
}

function toBar(start: number, end: number, length: number): Bar {
  if (length <= 0) return { x: 0, width: 0 }
  const scale = (value: number) => (Math.min(Math.max(value, 0), length) / length) * STRIP_WIDTH
  const x = round(scale(start))
  return { x, width: round(Math.max(1, scale(end) - x)) }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function layOutVoices(
  segments: readonly Segment[],
  speakers: Summary['speakers'],
  length: number,
): Voice[] {
  const lanes = new Map<string, { seconds: number; bars: Bar[] }>()
  for (const { speaker, start, end } of segments) {
    if (speaker === null) continue
    const lane = lanes.get(speaker) ?? { seconds: 0, bars: [] }
    lane.seconds += Math.max(0, end - start)
    joinBar(lane.bars, toBar(start, end, length))
    lanes.set(speaker, lane)
  }
  const byTime = [...lanes].sort(([, a], [, b]) => b.seconds - a.seconds)
  return byTime.slice(0, LANES).map(([label, { bars }]) => {
    const known = speakers.find((speaker) => speaker.label === label || speaker.name === label)
    return { label: known?.name ?? label, share: known?.share ?? null, bars }
  })
}

function joinBar(bars: Bar[], next: Bar): void {
  const last = bars.at(-1)
  if (last !== undefined && next.x - (last.x + last.width) < MERGE_UNITS) {
    last.width = round(Math.max(last.width, next.x + next.width - last.x))
  } else bars.push(next)
}
