import type { Summary } from '../../model/summary.ts'
import type { SummaryInput } from '../summary-input.ts'
import { summariseEmbedded } from './summarise-embedded.ts'

/** A summary made on a thread of its own; functions in the input cannot come along. */
export function run(input: Omit<SummaryInput, 'nowMs'>): Summary {
  return summariseEmbedded({ ...input, nowMs: () => performance.now() })
}
