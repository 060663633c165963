import { isFailure, messageOf } from '../model/failure.ts'
import type { StepName, StepOutcome } from '../model/step.ts'
import type { Log } from '../platform/log.ts'
import type { Db } from '../store/database.ts'
import { saveStage } from '../store/episodes.ts'
import type { Job, Step } from '../store/jobs/job.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import { saveStepOutcome } from '../store/step-outcomes.ts'

/** A step of the line and how many of it this process works at a time. */
export type LineStep = { name: StepName; step: Step; concurrency: number }

export type LineOptions = { db: Db; queue: JobQueue; log: Log; newId: () => string }

/** Starts to work the given steps; they go on until the queue is closed. */
export async function runLine(steps: readonly LineStep[], options: LineOptions): Promise<void> {
  for (const { name, step, concurrency } of steps) {
    await options.queue.work(name, (job) => runStep(step, job, options), concurrency)
  }
}

/**
 * Runs one step for one job and logs one line about it. This is the job loop's only `catch`: what
 * a step throws is kept as its outcome, shown with the item, and tried again by the queue.
 */
async function runStep(step: Step, job: Job, options: LineOptions): Promise<StepOutcome> {
  const startedAt = performance.now()
  const about = { step: job.step, itemId: job.itemId, attempt: job.attempt }
  try {
    const outcome = await step(job)
    options.log.info({ ...about, ...outcome, ms: since(startedAt) })
    return outcome
  } catch (error) {
    const ms = since(startedAt)
    options.log.warn({ ...about, outcome: 'failed', reason: messageOf(error), ms, err: error })
    // Taken away or stopped: whoever has the job next will tell how it went.
    const isOurs = !job.signal.aborted && !isFailure(error, 'job-taken-away')
    if (isOurs) await keepFailure(job, { error, ms, ...options })
    throw error
  }
}

async function keepFailure(
  job: Job,
  { error, ms, db, newId }: LineOptions & { error: unknown; ms: number },
): Promise<void> {
  const reason = messageOf(error)
  await db.transaction().execute(async (tx) => {
    const failed = { outcome: 'failed', reason } as const
    await saveStepOutcome(tx, {
      id: newId(),
      step: job.step,
      itemId: job.itemId,
      outcome: failed,
      ms,
    })
    // Touches nothing when the item is a source or a digest: ids are unique over all tables.
    await saveStage(tx, job.itemId, { reason, retryAt: null })
  })
}

const since = (startedAt: number): number => Math.round(performance.now() - startedAt)
