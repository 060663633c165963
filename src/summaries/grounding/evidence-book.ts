import type { Evidence } from '../../model/summary.ts'
import type { Reading } from '../../text/reading.ts'

/** Collects evidence for one summary; the same span asked for twice is one piece. */
export type EvidenceBook = {
  /** Records the characters [from, to) of the reading's text; returns the id of the evidence. */
  cite: (from: number, to: number) => string
  readonly pieces: readonly Evidence[]
}

/**
 * An empty book. Start and end are those of the segments that the quote touches, so that the
 * quote is a verbatim substring of their raw text joined by single spaces.
 */
export function openEvidenceBook(
  reading: Reading,
  options: {
    unit: 'time' | 'paragraph'
    nameOf: (speaker: string | null) => string | null
  },
): EvidenceBook {
  const pieces: Evidence[] = []
  const known = new Map<string, string>()
  return {
    pieces,
    cite(from, to) {
      const key = `${from}-${to}`
      const existing = known.get(key)
      if (existing !== undefined) return existing
      const id = `e${pieces.length + 1}`
      const { start, end, speaker } = spanOf(reading, from, to)
      const quote = reading.text.slice(from, to)
      const name = options.nameOf(speaker)
      pieces.push({ id, unit: options.unit, start, end, speaker: name, quote })
      known.set(key, id)
      return id
    },
  }
}

/** Times and speaker of the segments that the characters [from, to) touch. */
export function spanOf(
  reading: Pick<Reading, 'segments' | 'segmentFrom'>,
  from: number,
  to: number,
): { start: number; end: number; speaker: string | null } {
  const first = segmentAt(reading.segmentFrom, from)
  const last = Math.max(first, segmentAt(reading.segmentFrom, Math.max(from, to - 1)))
  let end = reading.segments[first]?.end ?? 0
  for (let index = first; index <= last; index++) {
    end = Math.max(end, reading.segments[index]?.end ?? 0)
  }
  const { start, speaker } = reading.segments[first] ?? { start: 0, speaker: null }
  return { start, end: Math.max(end, start), speaker }
}

/** The last segment that begins at or before the character. */
function segmentAt(segmentFrom: Int32Array, at: number): number {
  let low = 0
  let high = segmentFrom.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((segmentFrom[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}
