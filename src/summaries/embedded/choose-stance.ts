import type { Stance } from '../../model/summary.ts'
import type { CueList } from '../../text/cue-list.ts'

/**
 * How a quote is put: as something heard from others, as a forecast, as an opinion. Null when its
 * wording does not say: nothing is called a fact on wording alone.
 */
export function chooseStance(text: string, cues: CueList | null): Stance | null {
  if (cues === null) return null
  const lower = text.toLowerCase().replaceAll('’', "'")
  if (cues.report.test(lower)) return 'report'
  if (cues.opinion.test(lower)) return 'opinion'
  if (cues.forecast.test(lower)) return 'forecast'
  return null
}
