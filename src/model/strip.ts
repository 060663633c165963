import type { Summary } from './summary.ts'
import type { Segment } from './transcript.ts'

/** A stretch of the strip: shares of its length, 0 to 1, in order. */
export type StripSpan = { readonly from: number; readonly to: number }

/** An episode from left to right, as data: pages and e-mails draw it as they can. */
export type Strip = {
  /** Seconds, or paragraphs for text; 0 when there is nothing to draw. */
  readonly length: number
  readonly chapters: readonly (StripSpan & { readonly title: string })[]
  readonly ads: readonly StripSpan[]
  /** Minutes (or paragraphs) from which something is cited. */
  readonly cited: readonly StripSpan[]
  /** Who speaks when; the one who says most comes first. Neighbouring turns are joined. */
  readonly speakers: readonly {
    readonly label: string
    readonly name: string | null
    readonly share: number
    readonly spans: readonly StripSpan[]
  }[]
}

/** Two turns of one speaker that are closer than this share of the strip are drawn as one. */
const JOIN = 0.002

/** Lays out a summary; `segments` may be empty where the transcript is not to be shown. */
export function layOutEpisode(summary: Summary, segments: readonly Segment[]): Strip {
  const isText = summary.transcriptOrigin === 'text'
  const ends = [...summary.chapters, ...summary.ads, ...segments].map(({ end }) => end)
  const last = ends.reduce((latest, end) => Math.max(latest, end), 0)
  const length = isText
    ? ends.length === 0
      ? 0
      : last + 1
    : Math.max(last, summary.durationSeconds ?? 0)
  const span = (start: number, end: number): StripSpan => {
    const share = (value: number) => (length > 0 ? Math.min(1, Math.max(0, value / length)) : 0)
    return { from: share(start), to: share(isText ? end + 1 : end) }
  }
  const minute = isText ? 1 : 60
  return {
    length,
    chapters: summary.chapters.map(({ title, start, end }) => ({ title, ...span(start, end) })),
    ads: summary.ads.map(({ start, end }) => span(start, end)),
    cited: summary.coverage.minutesCited.map((at) =>
      isText ? span(at, at) : span(at * minute, (at + 1) * minute),
    ),
    speakers: summary.speakers.map(({ label, name, share }) => ({
      label,
      name,
      share,
      spans: joined(
        segments
          .filter(({ speaker }) => speaker === label)
          .map(({ start, end }) => span(start, end)),
      ),
    })),
  }
}

function joined(spans: readonly StripSpan[]): StripSpan[] {
  const result: StripSpan[] = []
  for (const next of spans) {
    const last = result.at(-1)
    if (last !== undefined && next.from - last.to <= JOIN) {
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, next.to) }
    } else result.push(next)
  }
  return result
}
