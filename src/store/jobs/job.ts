import type { StepName, StepOutcome } from '../../model/step.ts'
import type { Tx } from '../database.ts'

/** A unit of work as it lies in the queue: a step and the item that it is for. */
export type JobRequest = {
  step: StepName
  /** Id of the source, episode or digest. */
  itemId: string
  /** What else the step must know, such as a digest's date. Part of the job's identity. */
  detail?: string
  /** Not before this time; at once when left out. */
  startAfter?: Date
}

/** A unit of work in the hands of a step. */
export type Job = {
  id: string
  step: StepName
  itemId: string
  detail: string | null
  /** 0 at the first try; goes up each time the job is taken up again. */
  attempt: number
  /** Aborted when the job was taken from us or the program stops: end soon, write nothing. */
  signal: AbortSignal
  /**
   * Ends the job: in one short transaction it marks the job as done, runs `write`, and stores the
   * outcome. Throws `job-taken-away`, and nothing is written, when the job is no longer ours
   * because it ran too long and was given to another. Returns the outcome, so that a step can end
   * with `return job.commit(…)`.
   */
  commit: (outcome: StepOutcome, write?: (tx: Tx) => Promise<void>) => Promise<StepOutcome>
}

/** Does the work of one job. Ending without `commit` commits the outcome that is returned. */
export type Step = (job: Job) => Promise<StepOutcome>

/** A job that failed each time it was tried, and lies aside until somebody asks again. */
export type DeadJob = {
  id: string
  step: string
  itemId: string
  failedAt: Date
  /** Why the last try failed, as a sentence. */
  reason: string
}
