import { done, gaveUp, type StepOutcome } from '../../model/step.ts'
import type { GuardedFetch } from '../../platform/http/guarded-fetch.ts'
import { findChapters } from '../../sources/feed/read-chapters.ts'
import type { Db } from '../../store/database.ts'
import { findEpisode, saveContent } from '../../store/episodes.ts'
import type { Job } from '../../store/jobs/job.ts'
import type { JobQueue } from '../../store/jobs/job-queue.ts'
import { cleanNotes } from '../../text/html/clean-notes.ts'
import { commitStage } from '../commit-stage.ts'

export type FetchContentDeps = { db: Db; queue: JobQueue; fetch: GuardedFetch }

/** Cleans an episode's notes and gets the publisher's chapters, from their file or the notes. */
export async function fetchContentStep(deps: FetchContentDeps, job: Job): Promise<StepOutcome> {
  const episode = await findEpisode(deps.db, job.itemId)
  if (episode === undefined) return gaveUp('The episode was removed.')
  const notes = cleanNotes(episode.notesRaw)
  const published = await findChapters({
    url: episode.chaptersUrl,
    fetch: deps.fetch,
    signal: job.signal,
  })
  const chapters = published.length > 0 ? published : notes.chapters
  const chaptersOrigin = published.length > 0 ? 'publisher' : 'notes'
  return commitStage(deps.queue, job, {
    outcome: done,
    stage: 'fetched',
    next: 'get-transcript',
    write: (tx) => saveContent(tx, job.itemId, { notes, chapters, chaptersOrigin }),
  })
}
