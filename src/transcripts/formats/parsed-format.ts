import type { Segment } from '../../model/transcript.ts'

/**
 * What one format's parser found. Segments are as written: their text may hold markup and line
 * breaks, their times may be unordered or negative. `mendSegments` makes them sound.
 */
export interface ParsedFormat {
  segments: Segment[]
  /** False when the text has no times: `start` and `end` are then the index of the segment. */
  isTimed: boolean
  /** True when a name stands only where the speaker changes, so that it holds until the next. */
  carriesSpeakers: boolean
}
