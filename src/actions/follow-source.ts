import { PUBLIC, readersOnly } from '../model/audience.ts'
import { Failure } from '../model/failure.ts'
import type { Source } from '../model/source.ts'
import type { Clock } from '../platform/clock.ts'
import type { GuardedFetch } from '../platform/http/guarded-fetch.ts'
import { canonicalSourceUrl } from '../sources/canonical-source-url.ts'
import { parsePastedAddress } from '../sources/parse-pasted-address.ts'
import type { Db } from '../store/database.ts'
import { saveAdmission } from '../store/followed-sources.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import { findSourceByUrl, saveSourceDue, saveSourceOnce } from '../store/sources.ts'
import { saveSubscriptionOnce } from '../store/subscriptions.ts'
import { checkSource } from './check-source.ts'

export type FollowDeps = {
  db: Db
  queue: JobQueue
  fetch: GuardedFetch
  clock: Clock
  newId: () => string
}

/**
 * Lets a reader follow an address and has it read at once. Following twice is following once; a
 * source that others follow already is shared, and a private one by those who have its address. Throws `source-not-readable` with the reason.
 */
export async function followSource(
  deps: FollowDeps,
  { readerId, address }: { readerId: string; address: string },
): Promise<Source> {
  const pasted = parsePastedAddress(address)
  const known =
    pasted.url === null ? undefined : await findSourceByUrl(deps.db, canonicalSourceUrl(pasted.url))
  const source = known ?? (await findNewSource(deps, { readerId, address }))
  return deps.db.transaction().execute(async (tx) => {
    const saved = await saveSourceOnce(tx, source)
    await saveSubscriptionOnce(tx, { id: deps.newId(), readerId, sourceId: saved.id })
    await saveAdmission(tx, { sourceId: saved.id, readerId, isAdmitted: true })
    await saveSourceDue(tx, saved.id, deps.clock.now())
    await deps.queue.enqueue(tx, { step: 'discover-episodes', itemId: saved.id })
    return saved
  })
}

async function findNewSource(
  deps: FollowDeps,
  { readerId, address }: { readerId: string; address: string },
): Promise<Source> {
  const now = deps.clock.now()
  const finding = await checkSource({ fetch: deps.fetch, now }, address)
  if (!finding.found) throw new Failure('source-not-readable', 'caller', finding.reason)
  return {
    id: deps.newId(),
    kind: finding.kind,
    url: finding.url,
    title: finding.title,
    description: finding.description,
    siteUrl: finding.siteUrl,
    imageUrl: finding.imageUrl,
    author: finding.author,
    language: null,
    audience: finding.isPrivate ? readersOnly([readerId]) : PUBLIC,
    state: 'new',
    stateReason: null,
    lastCheckedAt: null,
    nextCheckAt: now,
  }
}
