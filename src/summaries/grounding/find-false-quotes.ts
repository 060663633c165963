import type { Evidence, Summary } from '../../model/summary.ts'
import type { Segment } from '../../model/transcript.ts'

/**
 * Evidence whose quote is not a verbatim substring of the raw text of the segments that lie within
 * its start and end, joined by single spaces. Empty when every quote is true.
 */
export function findFalseQuotes(
  summary: Pick<Summary, 'evidence'>,
  segments: readonly Segment[],
): Evidence[] {
  return summary.evidence.filter(({ quote, start, end }) => {
    const within = segmentsWithin(segments, start, end)
    return (
      quote === '' ||
      !within
        .map(({ text }) => text)
        .join(' ')
        .includes(quote)
    )
  })
}

/** Segments that begin and end within [start, end], in order. Segments are ordered by start. */
export function segmentsWithin(
  segments: readonly Segment[],
  start: number,
  end: number,
): Segment[] {
  const within: Segment[] = []
  for (let index = firstAtOrAfter(segments, start); index < segments.length; index++) {
    const segment = segments[index]
    if (segment === undefined || segment.start > end) break
    if (segment.end <= end && segment.text.trim() !== '') within.push(segment)
  }
  return within
}

function firstAtOrAfter(segments: readonly Segment[], start: number): number {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}
