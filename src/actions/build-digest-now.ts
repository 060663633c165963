import { NEWS_MS } from '../digests/choose-episodes.ts'
import { localDateOf } from '../digests/next-digest-at.ts'
import type { Reader } from '../model/reader.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../store/database.ts'
import { findLastDigestDate, listDigestCandidates } from '../store/digests.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'

/** `nothing-new`: there is nothing to put into one. `already-made`: today's is there. */
export type DigestAnswer = 'started' | 'nothing-new' | 'already-made'

const EDITION = 'daily'

/**
 * Has today's digest made without waiting for its hour. There is one digest a day: asking again,
 * or its hour coming later, makes no second.
 */
export async function buildDigestNow(
  { db, queue, clock }: { db: Db; queue: JobQueue; clock: Clock },
  reader: Reader,
): Promise<DigestAnswer> {
  const now = clock.now()
  const today = localDateOf(now, reader.timeZone).toString()
  const last = await findLastDigestDate(db, { readerId: reader.id, edition: EDITION })
  if (last !== undefined && last >= today) return 'already-made'
  const since = new Date(now.getTime() - NEWS_MS)
  const found = await listDigestCandidates(db, {
    readerId: reader.id,
    edition: EDITION,
    since,
    limit: 1,
  })
  if (found.length === 0) return 'nothing-new'
  await db
    .transaction()
    .execute((tx) => queue.enqueue(tx, { step: 'build-digest', itemId: reader.id, detail: today }))
  return 'started'
}
