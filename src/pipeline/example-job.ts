import type { StepOutcome } from '../model/step.ts'
import type { Db } from '../store/database.ts'
import type { Job, JobRequest } from '../store/jobs/job.ts'

/** A job for tests of steps, which commits what it is given at once and remembers how it ended. */
export type ExampleJob = Job & { readonly ended: StepOutcome[] }

/** Makes a job of a request; `change` replaces any part of it. */
export function exampleJob(db: Db, request: JobRequest, change: Partial<Job> = {}): ExampleJob {
  const ended: StepOutcome[] = []
  return {
    id: 'example',
    step: request.step,
    itemId: request.itemId,
    detail: request.detail ?? null,
    attempt: 0,
    signal: new AbortController().signal,
    ended,
    async commit(outcome, write) {
      await db.transaction().execute(async (tx) => write?.(tx))
      ended.push(outcome)
      return outcome
    },
    ...change,
  }
}
