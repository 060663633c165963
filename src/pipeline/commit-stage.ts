import type { EpisodeStage } from '../model/episode.ts'
import type { StepName, StepOutcome } from '../model/step.ts'
import type { Tx } from '../store/database.ts'
import { saveStage } from '../store/episodes.ts'
import type { Job } from '../store/jobs/job.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'

/** How a step of an episode ends: what to write, the stage that is reached, the step that follows. */
export type StageEnd = {
  outcome: StepOutcome
  stage?: EpisodeStage
  next?: StepName
  write?: (tx: Tx) => Promise<void>
}

/**
 * Ends a step of an episode in one transaction: its result, the stage it has reached, the reason
 * that people see, and the job of the next step, all or none.
 */
export async function commitStage(queue: JobQueue, job: Job, end: StageEnd): Promise<StepOutcome> {
  const { outcome, stage, next } = end
  return job.commit(outcome, async (tx) => {
    const reason = 'reason' in outcome ? outcome.reason : null
    const retryAt = 'retryAt' in outcome ? outcome.retryAt : null
    // Takes the episode's row first: of two steps that end at once for it, one waits for the other.
    await saveStage(tx, job.itemId, { ...(stage && { stage }), reason, retryAt })
    await end.write?.(tx)
    if (next !== undefined) await queue.enqueue(tx, { step: next, itemId: job.itemId })
  })
}
