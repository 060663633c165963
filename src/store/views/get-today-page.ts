import { sql } from 'kysely'
import type { Reader } from '../../model/reader.ts'
import { whereMayRead, whereMayReadBoth } from '../audience-columns.ts'
import type { Db } from '../database.ts'
import { dataVersion } from './data-version.ts'
import { episodeCards, listEpisodeCards, toEpisodeCard } from './list-episode-cards.ts'
import { toSourceLabel } from './source-label.ts'
import { toStoryViews } from './story-views.ts'
import type { LatestDigest, MissingView, TodayPage, WorkItem } from './today-page.ts'

const LIST_LIMIT = 30

/** The reader's front page. `nextDigestAt` is computed by whoever knows the timetable's rule. */
export async function getTodayPage(
  db: Db,
  reader: Reader,
  nextDigestAt: Date | null,
): Promise<TodayPage> {
  const [sourceCount, latestDigest, arrived, working, missing] = await Promise.all([
    countFollowed(db, reader),
    findLatestDigest(db, reader),
    listArrived(db, reader),
    listWorking(db, reader),
    listMissing(db, reader),
  ])
  const page = { sourceCount, latestDigest, nextDigestAt, arrived, working, missing }
  return { ...page, version: dataVersion(page) }
}

async function countFollowed(db: Db, reader: Reader): Promise<number> {
  const row = await db
    .selectFrom('subscriptions')
    .innerJoin('sources', 'sources.id', 'subscriptions.source_id')
    .where(whereMayRead(reader, 'sources'))
    .select((count) => count.fn.countAll<string>().as('sources'))
    .where('reader_id', '=', reader.id)
    .executeTakeFirstOrThrow()
  return Number(row.sources)
}

async function findLatestDigest(db: Db, reader: Reader): Promise<LatestDigest | null> {
  const digest = await db
    .selectFrom('digests')
    .select(['id', 'edition', 'local_date', 'created_at', 'content'])
    .where('reader_id', '=', reader.id)
    .orderBy('local_date', 'desc')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (digest === undefined) return null
  return {
    id: digest.id,
    edition: digest.edition,
    localDate: digest.local_date,
    createdAt: digest.created_at,
    items: await listEpisodeCards(db, reader, await listDigestEpisodes(db, digest.id)),
    stories: await toStoryViews(db, reader, {
      digestId: digest.id,
      stories: digest.content.stories,
    }),
  }
}

/** The ids of a digest's episodes, in its order. */
async function listDigestEpisodes(db: Db, digestId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('digest_episodes')
    .select('episode_id')
    .where('digest_id', '=', digestId)
    .orderBy('position')
    .execute()
  return rows.map((row) => row.episode_id)
}

async function listArrived(db: Db, reader: Reader) {
  const rows = await episodeCards(db, reader)
    .innerJoin('subscriptions', 'subscriptions.source_id', 'episodes.source_id')
    .where('subscriptions.reader_id', '=', reader.id)
    .where('episodes.summary_id', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('digest_episodes')
            .select('digest_episodes.episode_id')
            .whereRef('digest_episodes.episode_id', '=', 'episodes.id')
            .where('digest_episodes.reader_id', '=', reader.id),
        ),
      ),
    )
    .orderBy(sql`episodes.published_at desc nulls last`)
    .limit(LIST_LIMIT)
    .execute()
  return rows.map(toEpisodeCard)
}

/** Episodes that are on the line: found, wanted, and neither done nor stopped with a reason. */
async function listWorking(db: Db, reader: Reader): Promise<WorkItem[]> {
  const rows = await onTheLine(db, reader)
    .where('episodes.stage_reason', 'is', null)
    .limit(LIST_LIMIT)
    .execute()
  return rows.map((row) => ({
    episodeId: row.id,
    title: row.title,
    source: toSourceLabel(row),
    stage: row.stage,
    discoveredAt: row.discovered_at,
  }))
}

async function listMissing(db: Db, reader: Reader): Promise<MissingView[]> {
  const episodes = await onTheLine(db, reader)
    .where('episodes.stage_reason', 'is not', null)
    .where('episodes.is_wanted', '=', true)
    .limit(LIST_LIMIT)
    .execute()
  const sources = await db
    .selectFrom('subscriptions')
    .innerJoin('sources', 'sources.id', 'subscriptions.source_id')
    .where('subscriptions.reader_id', '=', reader.id)
    .where('subscriptions.paused', '=', false)
    .where('sources.state', 'in', ['failing', 'gone'])
    .where(whereMayRead(reader, 'sources'))
    .select([
      'sources.id as source_id',
      'sources.title as source_title',
      'sources.kind as source_kind',
      'sources.site_url as source_site_url',
      'sources.image_url as source_image_url',
      'sources.state_reason as reason',
      'sources.next_check_at as retry_at',
    ])
    .limit(LIST_LIMIT)
    .execute()
  return [
    ...sources.map((row) => ({
      source: toSourceLabel(row),
      episode: null,
      reason: row.reason ?? 'The source cannot be read.',
      retryAt: row.retry_at,
    })),
    ...episodes.map((row) => ({
      source: toSourceLabel(row),
      episode: { id: row.id, title: row.title },
      reason: row.stage_reason ?? '',
      retryAt: row.retry_at,
    })),
  ]
}

function onTheLine(db: Db, reader: Reader) {
  return db
    .selectFrom('episodes')
    .innerJoin('sources', 'sources.id', 'episodes.source_id')
    .innerJoin('subscriptions', 'subscriptions.source_id', 'episodes.source_id')
    .where('subscriptions.reader_id', '=', reader.id)
    .where('subscriptions.paused', '=', false)
    .where('episodes.stage', 'in', ['discovered', 'fetched', 'transcribed'])
    .where('episodes.is_wanted', '=', true)
    .where(whereMayReadBoth(reader))
    .orderBy('episodes.discovered_at', 'desc')
    .select([
      'episodes.id',
      'episodes.title',
      'episodes.stage',
      'episodes.stage_reason',
      'episodes.retry_at',
      'episodes.discovered_at',
      'sources.id as source_id',
      'sources.title as source_title',
      'sources.kind as source_kind',
      'sources.site_url as source_site_url',
      'sources.image_url as source_image_url',
    ])
}
