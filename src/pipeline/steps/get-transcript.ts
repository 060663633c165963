import { done, gaveUp, type StepOutcome } from '../../model/step.ts'
import type { Db } from '../../store/database.ts'
import { findEpisode, saveAttempts } from '../../store/episodes.ts'
import type { Job } from '../../store/jobs/job.ts'
import type { JobQueue } from '../../store/jobs/job-queue.ts'
import { saveTranscript } from '../../store/transcripts.ts'
import { getTranscript } from '../../transcripts/get-transcript.ts'
import type { TranscriptProvider } from '../../transcripts/transcript-provider.ts'
import { commitStage } from '../commit-stage.ts'

export type GetTranscriptDeps = {
  db: Db
  queue: JobQueue
  providers: readonly TranscriptProvider[]
  newId: () => string
}

/** Gets the best text there is for an episode and keeps every attempt with its reason. */
export async function getTranscriptStep(deps: GetTranscriptDeps, job: Job): Promise<StepOutcome> {
  const episode = await findEpisode(deps.db, job.itemId)
  if (episode === undefined) return gaveUp('The episode was removed.')
  const { transcript, attempts } = await getTranscript({
    episode,
    providers: deps.providers,
    signal: job.signal,
  })
  return commitStage(deps.queue, job, {
    outcome: done,
    stage: 'transcribed',
    next: 'summarise-episode',
    write: async (tx) => {
      await saveTranscript(tx, { id: deps.newId(), episodeId: episode.id, transcript })
      await saveAttempts(tx, episode.id, attempts)
    },
  })
}
