import { sql } from 'kysely'
import type { Reader } from '../../model/reader.ts'
import { shownUrlOf } from '../../platform/http/display-url.ts'
import { whereMayRead } from '../audience-columns.ts'
import type { Db } from '../database.ts'
import { dataVersion } from './data-version.ts'
import { toSourceLabel } from './source-label.ts'
import type { SourcesPage } from './sources-page.ts'

/** What a reader follows, by title, each with how it is doing. */
export async function getSourcesPage(db: Db, reader: Pick<Reader, 'id'>): Promise<SourcesPage> {
  const rows = await db
    .selectFrom('subscriptions')
    .innerJoin('sources', 'sources.id', 'subscriptions.source_id')
    .where('subscriptions.reader_id', '=', reader.id)
    .where(whereMayRead(reader, 'sources'))
    .selectAll('sources')
    .select('subscriptions.paused')
    .select([
      'sources.id as source_id',
      'sources.title as source_title',
      'sources.kind as source_kind',
      'sources.site_url as source_site_url',
      'sources.image_url as source_image_url',
    ])
    .select((source) => [
      source
        .selectFrom('episodes')
        .select((count) => count.fn.countAll<string>().as('n'))
        .whereRef('episodes.source_id', '=', 'sources.id')
        .where(whereMayRead(reader, 'episodes'))
        .as('episode_count'),
    ])
    .orderBy(sql`lower(sources.title)`)
    .execute()
  const latest = await listLatest(
    db,
    reader,
    rows.map((row) => row.id),
  )
  const sources = rows.map((row) => ({
    ...toSourceLabel(row),
    author: row.author,
    url: shownUrlOf(row.url, row.audience === 'readers'),
    state: row.state,
    stateReason: row.state_reason,
    isPaused: row.paused,
    isPrivate: row.audience === 'readers',
    lastCheckedAt: row.last_checked_at,
    nextCheckAt: row.next_check_at,
    episodeCount: Number(row.episode_count ?? 0),
    latest: latest.get(row.id) ?? null,
  }))
  return { sources, version: dataVersion(sources) }
}

async function listLatest(db: Db, reader: Pick<Reader, 'id'>, sourceIds: readonly string[]) {
  if (sourceIds.length === 0) return new Map<string, never>()
  const rows = await db
    .selectFrom('episodes')
    .distinctOn('source_id')
    .select(['source_id', 'id', 'title', 'published_at'])
    .where('source_id', 'in', sourceIds)
    .where(whereMayRead(reader, 'episodes'))
    .orderBy('source_id')
    .orderBy(sql`published_at desc nulls last`)
    .execute()
  return new Map(
    rows.map((row) => [
      row.source_id,
      { id: row.id, title: row.title, publishedAt: row.published_at },
    ]),
  )
}
