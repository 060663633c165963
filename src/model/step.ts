import type { EpisodeStage } from './episode.ts'

/** The stages of the line. A step's name is its file, its job and its log field. */
export const STEP_NAMES = [
  'discover-episodes',
  'fetch-content',
  'get-transcript',
  'summarise-episode',
  'group-stories',
  'build-digest',
  'send-digest',
] as const
export type StepName = (typeof STEP_NAMES)[number]

/** The step that follows each stage that an episode passes on its way to its summary. */
export const STEP_AFTER = {
  discovered: 'fetch-content',
  fetched: 'get-transcript',
  transcribed: 'summarise-episode',
} as const satisfies Partial<Record<EpisodeStage, StepName>>

/**
 * How a step ended. Reasons are sentences for readers and are stored with the item.
 *
 * `done`: the next step may run. `skipped`: nothing to do here, the line goes on. `wait`: not yet;
 * the same step runs again at `retryAt`. `gave-up`: it will not work; the line ends here until a
 * person asks again. What cannot be foreseen is thrown as a Failure instead, and retried.
 */
export type StepOutcome =
  | { outcome: 'done' }
  | { outcome: 'skipped'; reason: string }
  | { outcome: 'wait'; reason: string; retryAt: Date }
  | { outcome: 'gave-up'; reason: string }

export const done: StepOutcome = { outcome: 'done' }
export const skipped = (reason: string): StepOutcome => ({ outcome: 'skipped', reason })
export const wait = (reason: string, retryAt: Date): StepOutcome => ({
  outcome: 'wait',
  reason,
  retryAt,
})
export const gaveUp = (reason: string): StepOutcome => ({ outcome: 'gave-up', reason })
