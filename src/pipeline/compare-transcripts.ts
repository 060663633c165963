import { isTimed, type Transcript } from '../model/transcript.ts'

/**
 * Above zero when `a` is the better text of an episode, below when `b` is: times beat none, and
 * without times more words beat fewer. Texts with times are equals, the newer may be a correction.
 */
export function compareTranscripts(a: Transcript, b: Transcript): number {
  const byTimes = Number(isTimed(a)) - Number(isTimed(b))
  if (byTimes !== 0 || isTimed(a)) return byTimes
  return countWords(a) - countWords(b)
}

const countWords = ({ segments }: Transcript): number =>
  segments.reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0)
