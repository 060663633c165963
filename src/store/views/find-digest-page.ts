import type { Edition } from '../../model/digest.ts'
import type { Reader } from '../../model/reader.ts'
import type { Db } from '../database.ts'
import { toDelivery } from '../deliveries.ts'
import { dataVersion } from './data-version.ts'
import type { DigestPage } from './digest-page.ts'
import { listEpisodeCards } from './list-episode-cards.ts'
import { toStoryViews } from './story-views.ts'

/** One digest of this reader's on the web; null when there is none or it is another's. */
export async function findDigestPage(
  db: Db,
  reader: Reader,
  digestId: string,
): Promise<DigestPage | null> {
  const digest = await db
    .selectFrom('digests')
    .selectAll()
    .where('id', '=', digestId)
    .where('reader_id', '=', reader.id)
    .executeTakeFirst()
  if (digest === undefined) return null
  const [items, stories, deliveries, earlier, later] = await Promise.all([
    listItems(db, reader, digestId),
    toStoryViews(db, reader, { digestId, stories: digest.content.stories }),
    listDeliveries(db, digestId),
    findNeighbour(db, digest, 'earlier'),
    findNeighbour(db, digest, 'later'),
  ])
  const page = {
    id: digest.id,
    edition: digest.edition,
    localDate: digest.local_date,
    createdAt: digest.created_at,
    items,
    stories,
    missing: digest.missing,
    deliveries,
    earlier,
    later,
  }
  return { ...page, version: dataVersion(page) }
}

async function listItems(db: Db, reader: Reader, digestId: string): Promise<DigestPage['items']> {
  const rows = await db
    .selectFrom('digest_episodes')
    .select(['episode_id', 'carried'])
    .where('digest_id', '=', digestId)
    .orderBy('position')
    .execute()
  const carried = new Set(rows.filter((row) => row.carried).map((row) => row.episode_id))
  const ids = rows.map((row) => row.episode_id)
  const cards = await listEpisodeCards(db, reader, ids)
  return cards.map((card) => ({ ...card, isCarried: carried.has(card.id) }))
}

async function listDeliveries(db: Db, digestId: string): Promise<DigestPage['deliveries']> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('digest_id', '=', digestId)
    .orderBy('created_at')
    .execute()
  return rows.map(toDelivery).map(({ id, address, state, sentAt, lastAnswer }) => ({
    id,
    address,
    state,
    sentAt,
    lastAnswer,
  }))
}

async function findNeighbour(
  db: Db,
  digest: { reader_id: string; local_date: string; edition: Edition },
  side: 'earlier' | 'later',
): Promise<{ id: string; localDate: string } | null> {
  const isEarlier = side === 'earlier'
  const row = await db
    .selectFrom('digests')
    .select(['id', 'local_date'])
    .where('reader_id', '=', digest.reader_id)
    // A day can have a daily and a weekly one: both are passed when pages are turned.
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('local_date', 'edition'),
        isEarlier ? '<' : '>',
        tuple(digest.local_date, digest.edition),
      ),
    )
    .orderBy('local_date', isEarlier ? 'desc' : 'asc')
    .orderBy('edition', isEarlier ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { id: row.id, localDate: row.local_date }
}
