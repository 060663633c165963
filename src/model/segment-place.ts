import type { Segment } from './transcript.ts'

/** The index of the segment that is being spoken at `start`; -1 before the first. */
export function findSegmentAt(segments: readonly Pick<Segment, 'start'>[], start: number): number {
  let [low, high] = [0, segments.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle]?.start ?? Number.POSITIVE_INFINITY) <= start + 0.001) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The id that a segment has on its episode's page. */
export function segmentId(index: number): string {
  return `s${index}`
}
