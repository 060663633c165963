import { z } from 'zod'
import { parseClock } from './parse-clock.ts'
import type { ParsedFormat } from './parsed-format.ts'

const time = z.union([z.number(), z.string()])
/** Podcasting 2.0 writes `startTime` and `body`; speech services write `start` and `text`. */
const segmentShape = z.object({
  speaker: z.union([z.string(), z.number()]).nullish(),
  startTime: time.nullish(),
  start: time.nullish(),
  endTime: time.nullish(),
  end: time.nullish(),
  body: z.string().nullish(),
  text: z.string().nullish(),
  word: z.string().nullish(),
})
const fileShape = z.union([
  z.array(z.unknown()),
  z.object({ segments: z.array(z.unknown()) }).transform(({ segments }) => segments),
  z.object({ transcript: z.array(z.unknown()) }).transform(({ transcript }) => transcript),
])

/**
 * JSON of Podcasting 2.0 and of speech services that write segments in the same way. What is not
 * shaped like a segment is left out; a file without any gives none.
 */
export function parsePodcastJson(text: string): ParsedFormat {
  const segments: ParsedFormat['segments'] = []
  for (const given of segmentsIn(text)) {
    const parsed = segmentShape.safeParse(given)
    if (!parsed.success) continue
    const { data } = parsed
    const start = secondsOf(data.startTime ?? data.start)
    if (start === null) continue
    segments.push({
      start,
      end: secondsOf(data.endTime ?? data.end) ?? start,
      speaker: data.speaker == null ? null : String(data.speaker),
      text: data.body ?? data.text ?? data.word ?? '',
    })
  }
  const hasSpeakers = segments.some(({ speaker }) => speaker !== null)
  return { segments, isTimed: true, carriesSpeakers: !hasSpeakers }
}

function segmentsIn(text: string): unknown[] {
  try {
    const parsed = fileShape.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : []
  } catch {
    return []
  }
}

function secondsOf(value: number | string | null | undefined): number | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (/^-?\d+(?:\.\d+)?$/.test(value.trim())) return Number(value)
  return parseClock(value)
}
