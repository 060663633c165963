import { done, gaveUp, type StepOutcome, skipped } from '../../model/step.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Db, Tx } from '../../store/database.ts'
import { findEpisode, saveAttempts } from '../../store/episodes.ts'
import type { Job } from '../../store/jobs/job.ts'
import type { JobQueue } from '../../store/jobs/job-queue.ts'
import { findTranscript, saveTranscript } from '../../store/transcripts.ts'
import { type GotTranscript, getTranscript } from '../../transcripts/get-transcript.ts'
import type { TranscriptProvider } from '../../transcripts/transcript-provider.ts'
import { commitStage } from '../commit-stage.ts'
import { compareTranscripts } from '../compare-transcripts.ts'

export type GetTranscriptDeps = {
  db: Db
  queue: JobQueue
  clock: Clock
  providers: readonly TranscriptProvider[]
  newId: () => string
}

/** The detail of the job that looks once more for a text that was not out yet. */
export const SECOND_LOOK = 'second-look'
const LONGEST_WAIT_MS = 2 * 86_400_000

/**
 * Gets the best text there is for an episode and keeps every attempt with its reason. A better text
 * that was there before stays. Where one may come later, the episode goes on with what there is, and
 * one second look is taken; only a better text than the first sends it down the line again.
 */
export async function getTranscriptStep(deps: GetTranscriptDeps, job: Job): Promise<StepOutcome> {
  const { db, providers, clock } = deps
  const episode = await findEpisode(db, job.itemId)
  if (episode === undefined) return gaveUp('The episode was removed.')
  const got = await getTranscript({ episode, providers, clock, signal: job.signal })
  const known = await findTranscript(db, episode.id)
  const gain = known === undefined ? 1 : compareTranscripts(got.transcript, known)
  const isSecondLook = job.detail === SECOND_LOOK
  if (isSecondLook && gain <= 0) return skipped('No better text has come out since.')
  return commitStage(deps.queue, job, {
    outcome: done,
    stage: 'transcribed',
    next: 'summarise-episode',
    write: async (tx) => {
      if (!isSecondLook) await enqueueSecondLook(deps, { tx, itemId: job.itemId, ...got })
      if (gain < 0) return
      await saveTranscript(tx, {
        id: deps.newId(),
        episodeId: episode.id,
        transcript: got.transcript,
      })
      await saveAttempts(tx, episode.id, got.attempts)
    },
  })
}

async function enqueueSecondLook(
  { queue, clock }: GetTranscriptDeps,
  { tx, itemId, retryAt }: Pick<GotTranscript, 'retryAt'> & { tx: Tx; itemId: string },
): Promise<void> {
  if (retryAt === null) return
  const latest = clock.now().getTime() + LONGEST_WAIT_MS
  const startAfter = new Date(Math.min(retryAt.getTime(), latest))
  await queue.enqueue(tx, { step: 'get-transcript', itemId, detail: SECOND_LOOK, startAfter })
}
