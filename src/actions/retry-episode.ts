import { mayRead } from '../model/audience.ts'
import type { EpisodeStage } from '../model/episode.ts'
import { Failure } from '../model/failure.ts'
import { STEP_AFTER, type StepName } from '../model/step.ts'
import type { Db } from '../store/database.ts'
import { findEpisode, saveStage, saveWanted } from '../store/episodes.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'

/** Where an episode that stopped at a stage goes on. */
const NEXT_STEP: Record<EpisodeStage, StepName> = {
  ...STEP_AFTER,
  summarised: 'get-transcript',
  grouped: 'get-transcript',
}

/**
 * Puts an episode back on the line: where it stopped, or, if it came through, at its transcript,
 * for which a better one may have appeared. Throws `episode-not-found` for what the reader may not
 * see, as for what is not there.
 */
export async function retryEpisode(
  { db, queue }: { db: Db; queue: JobQueue },
  { readerId, episodeId }: { readerId: string; episodeId: string },
): Promise<void> {
  const episode = await findEpisode(db, episodeId)
  if (episode === undefined || !mayRead({ id: readerId }, episode)) {
    throw new Failure('episode-not-found', 'caller', 'There is no such episode here.')
  }
  await db.transaction().execute(async (tx) => {
    await saveWanted(tx, [episodeId], true)
    await saveStage(tx, episodeId, { reason: null, retryAt: null })
    await queue.enqueue(tx, { step: NEXT_STEP[episode.stage], itemId: episodeId })
  })
}
