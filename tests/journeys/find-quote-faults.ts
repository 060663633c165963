import type { Summary } from '../../src/model/summary.ts'
import type { Said } from './example-show.ts'

/** How far a quote's time may lie from the cue that says it, in seconds. */
const TOLERANCE_SECONDS = 0.5

/**
 * Evidence that was not said so at its time: its quote is not, character by character, in the lines
 * that were said between its start and its end. Looks at what was published and at nothing that
 * the product has made of it.
 */
export function findQuoteFaults(
  { evidence }: Pick<Summary, 'evidence'>,
  said: readonly Pick<Said, 'start' | 'end' | 'text'>[],
): { quote: string; start: number; end: number }[] {
  return evidence
    .filter(({ quote, start, end, unit }) => {
      const heard = said
        .filter(
          (line) => line.start >= start - TOLERANCE_SECONDS && line.end <= end + TOLERANCE_SECONDS,
        )
        .map(({ text }) => text)
        .join(' ')
      return unit !== 'time' || quote.trim() === '' || !heard.includes(quote)
    })
    .map(({ quote, start, end }) => ({ quote, start, end }))
}
