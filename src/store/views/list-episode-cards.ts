import { chooseMoments } from '../../model/choose-moments.ts'
import { minutesToRead } from '../../model/minutes-to-read.ts'
import type { Reader } from '../../model/reader.ts'
import type { Summary } from '../../model/summary.ts'
import { whereMayReadBoth } from '../audience-columns.ts'
import type { Db } from '../database.ts'
import type { EpisodeCard } from './episode-card.ts'
import { toSourceLabel } from './source-label.ts'

const MOMENTS_ON_A_CARD = 3

/** The query behind every list of episodes: only what the reader may read ever comes out of it. */
export function episodeCards(db: Db, reader: Pick<Reader, 'id'> | null) {
  return db
    .selectFrom('episodes')
    .innerJoin('sources', 'sources.id', 'episodes.source_id')
    .leftJoin('summaries', 'summaries.id', 'episodes.summary_id')
    .where(whereMayReadBoth(reader))
    .select([
      'episodes.id',
      'episodes.title',
      'episodes.published_at',
      'episodes.duration_seconds',
      'episodes.version',
      'summaries.body as summary',
      'sources.id as source_id',
      'sources.title as source_title',
      'sources.kind as source_kind',
      'sources.site_url as source_site_url',
      'sources.image_url as source_image_url',
    ])
}

export type EpisodeCardRow = Awaited<ReturnType<ReturnType<typeof episodeCards>['execute']>>[number]

/** The cards of the given episodes, in the given order; those that may not be read are left out. */
export async function listEpisodeCards(
  db: Db,
  reader: Pick<Reader, 'id'> | null,
  episodeIds: readonly string[],
): Promise<EpisodeCard[]> {
  if (episodeIds.length === 0) return []
  const rows = await episodeCards(db, reader).where('episodes.id', 'in', episodeIds).execute()
  const byId = new Map(rows.map((row) => [row.id, toEpisodeCard(row)]))
  return episodeIds.flatMap((id) => byId.get(id) ?? [])
}

export function toEpisodeCard(row: EpisodeCardRow): EpisodeCard {
  return {
    id: row.id,
    source: toSourceLabel(row),
    title: row.title,
    publishedAt: row.published_at,
    durationSeconds: row.duration_seconds,
    readingMinutes: row.summary === null ? null : minutesToRead(row.summary),
    badges: row.summary?.badges ?? [],
    description: row.summary?.description ?? '',
    moments: row.summary === null ? [] : momentsOf(row.summary),
  } satisfies EpisodeCard
}

function momentsOf(summary: Summary): EpisodeCard['moments'] {
  return chooseMoments(summary, MOMENTS_ON_A_CARD).map(({ insight, evidence }) => ({
    quote: evidence.quote,
    speaker: insight.speaker,
    unit: evidence.unit,
    start: evidence.start,
  }))
}
