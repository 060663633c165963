import type { Episode } from '../../model/episode.ts'
import { done, gaveUp, type StepOutcome } from '../../model/step.ts'
import type { Summary } from '../../model/summary.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Db } from '../../store/database.ts'
import { findChaptersOrigin, findEpisode } from '../../store/episodes.ts'
import type { Job } from '../../store/jobs/job.ts'
import type { JobQueue } from '../../store/jobs/job-queue.ts'
import { findSource } from '../../store/sources.ts'
import { findSummaryByKey, saveSummary } from '../../store/summaries.ts'
import { findTranscript } from '../../store/transcripts.ts'
import type { SummaryInput } from '../../summaries/summary-input.ts'
import { SUMMARISER_VERSION, summaryKeyOf } from '../../summaries/summary-key.ts'
import { commitStage } from '../commit-stage.ts'

export type SummariseDeps = {
  db: Db
  queue: JobQueue
  clock: Clock
  newId: () => string
  summarise: (input: SummaryInput) => Promise<Summary>
}

/** Summarises an episode, unless the same words were summarised before: then that one is used. */
export async function summariseEpisodeStep(deps: SummariseDeps, job: Job): Promise<StepOutcome> {
  const episode = await findEpisode(deps.db, job.itemId)
  if (episode === undefined) return gaveUp('The episode was removed.')
  const input = await loadInput(deps.db, episode)
  if (input === undefined) {
    const outcome = gaveUp('The episode has no text that could be summarised.')
    return commitStage(deps.queue, job, { outcome })
  }
  const key = {
    contentHash: summaryKeyOf(input),
    language: input.language ?? input.transcript.language,
    promptVersion: `embedded-${SUMMARISER_VERSION}`,
  }
  const known = await findSummaryByKey(deps.db, key)
  const summary = known?.summary ?? (await deps.summarise(input))
  const now = deps.clock.now()
  return commitStage(deps.queue, job, {
    outcome: done,
    stage: 'summarised',
    write: (tx) => saveSummary(tx, { id: deps.newId(), key, episodeId: episode.id, summary, now }),
  })
}

async function loadInput(db: Db, episode: Episode): Promise<SummaryInput | undefined> {
  const source = await findSource(db, episode.sourceId)
  const transcript = await findTranscript(db, episode.id)
  if (source === undefined || transcript === undefined) return undefined
  const chaptersOrigin = await findChaptersOrigin(db, episode.id)
  return {
    title: episode.title,
    show: source.title,
    publishedAt: episode.publishedAt,
    durationSeconds: episode.durationSeconds,
    language: episode.language ?? source.language,
    persons: episode.persons,
    notes: episode.notes,
    givenChapters: episode.givenChapters,
    givenChaptersOrigin: chaptersOrigin ?? 'notes',
    transcript,
  }
}
