import type { Clock } from '../platform/clock.ts'
import { isPrivateFeed } from '../sources/is-private-feed.ts'
import { renderOpml } from '../sources/opml.ts'
import type { Db } from '../store/database.ts'
import { listFollowedSources } from '../store/followed-sources.ts'

/**
 * What a reader follows as a list of subscriptions (OPML), by title. Private feeds are named, but
 * their addresses stay here: such lists are handed on.
 */
export async function exportOpml(
  { db, clock }: { db: Db; clock: Clock },
  readerId: string,
): Promise<string> {
  const sources = await listFollowedSources(db, readerId)
  const entries = sources.map(({ title, url, siteUrl, audience }) => {
    const isPrivate = audience.kind === 'readers' || isPrivateFeed(url, { isUnlisted: false })
    return isPrivate ? { title, url: null, siteUrl: null } : { title, url, siteUrl }
  })
  return renderOpml(entries, clock.now())
}
