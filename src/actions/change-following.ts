import { Failure } from '../model/failure.ts'
import type { Clock } from '../platform/clock.ts'
import { canonicalSourceUrl } from '../sources/canonical-source-url.ts'
import type { Db } from '../store/database.ts'
import { saveAdmission } from '../store/followed-sources.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import { deleteSourceIfUnfollowed, findSourceByUrl, saveSourceDue } from '../store/sources.ts'
import { deleteSubscription, listSubscriptions, savePaused } from '../store/subscriptions.ts'
import { getSourcesPage } from '../store/views/get-sources-page.ts'

/** A reader and a source that they follow. */
export type Following = { readerId: string; sourceId: string }
type Deps = { db: Db; queue: JobQueue; clock: Clock }

/** Stops a source's episodes for this reader. Throws `source-not-found` if it is not followed. */
export async function pauseSource({ db }: Deps, following: Following): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await savePaused(tx, { ...following, paused: true }))) throw notFollowed()
  })
}

/** Takes a paused source up again and has it read now. */
export async function resumeSource(deps: Deps, following: Following): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    if (!(await savePaused(tx, { ...following, paused: false }))) throw notFollowed()
    await saveSourceDue(tx, following.sourceId, deps.clock.now())
    await deps.queue.enqueue(tx, { step: 'discover-episodes', itemId: following.sourceId })
  })
}

/** Has a followed source read again now, also one that was given up. */
export async function retrySource(deps: Deps, following: Following): Promise<void> {
  const followed = await listSubscriptions(deps.db, following.readerId)
  if (!followed.some((each) => each.sourceId === following.sourceId)) throw notFollowed()
  await deps.db.transaction().execute(async (tx) => {
    await saveSourceDue(tx, following.sourceId, deps.clock.now())
    await deps.queue.enqueue(tx, { step: 'discover-episodes', itemId: following.sourceId })
  })
}

/** Ends the following; what nobody follows any more is removed with its episodes. */
export async function unfollowSource({ db }: Deps, following: Following): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (!(await deleteSubscription(tx, following))) throw notFollowed()
    await saveAdmission(tx, { ...following, isAdmitted: false })
    await deleteSourceIfUnfollowed(tx, following.sourceId)
  })
}

/**
 * Ends the following of the source that a person names by its title, address or id, and returns
 * its title. Throws `source-not-found`, also when two sources have that title.
 */
export async function unfollowNamed(
  deps: Deps,
  { readerId, which }: { readerId: string; which: string },
): Promise<string> {
  const { sources } = await getSourcesPage(deps.db, { id: readerId })
  const name = which.trim().toLowerCase()
  const read = await findSourceByUrl(deps.db, canonicalSourceUrl(which.trim()))
  const [found, another] = sources.filter(
    ({ id, url, title }) =>
      id === read?.id || [id, url, title].some((each) => each.toLowerCase() === name),
  )
  if (found === undefined || another !== undefined) throw notFollowed()
  await unfollowSource(deps, { readerId, sourceId: found.id })
  return found.title
}

function notFollowed(): Failure {
  return new Failure(
    'source-not-found',
    'caller',
    'You do not follow this source. The list of sources shows those that you do.',
  )
}
