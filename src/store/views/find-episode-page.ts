import { sql } from 'kysely'
import { minutesToRead } from '../../model/minutes-to-read.ts'
import type { Reader } from '../../model/reader.ts'
import type { Transcript } from '../../model/transcript.ts'
import { whereMayReadBoth } from '../audience-columns.ts'
import type { Db } from '../database.ts'
import { findSummary } from '../summaries.ts'
import { findTranscript } from '../transcripts.ts'
import { dataVersion } from './data-version.ts'
import type { EpisodePage, MediaPlayer, TranscriptView } from './episode-page.ts'
import { episodeCards, toEpisodeCard } from './list-episode-cards.ts'
import { sitePathOf, toSourceLabel } from './source-label.ts'
import { listEpisodeStories } from './story-views.ts'

const MORE_FROM_SOURCE = 6

/** The page of one episode, or null when there is none or the one who asks may not see it. */
export async function findEpisodePage(
  db: Db,
  reader: Reader | null,
  episodeId: string,
): Promise<EpisodePage | null> {
  const row = await findRow(db, reader, episodeId)
  if (row === undefined) return null
  const [summary, transcript, stories, moreFromSource] = await Promise.all([
    findSummary(db, episodeId),
    findTranscript(db, episodeId),
    listEpisodeStories(db, reader, episodeId),
    listMoreFromSource(db, reader, { sourceId: row.source_id, episodeId }),
  ])
  const source = toSourceLabel(row)
  return {
    // A guest sees less than a reader: equal versions must mean equal pages.
    version: `${row.version}-${dataVersion([reader !== null, source, moreFromSource])}`,
    id: row.id,
    audience: row.audience,
    source,
    title: row.title,
    link: row.link,
    publishedAt: row.published_at,
    durationSeconds: row.duration_seconds,
    readingMinutes: summary === undefined ? null : minutesToRead(summary),
    stage: row.stage,
    stageReason: row.stage_reason,
    retryAt: row.retry_at,
    player: playerOf(row.discovered.enclosures),
    notes: row.notes,
    givenChapters: row.given_chapters?.chapters ?? [],
    summary: summary ?? null,
    transcript: transcriptView(reader, row, transcript),
    stories,
    moreFromSource,
  } satisfies EpisodePage
}

function findRow(db: Db, reader: Reader | null, episodeId: string) {
  return db
    .selectFrom('episodes')
    .innerJoin('sources', 'sources.id', 'episodes.source_id')
    .innerJoin('episode_contents', 'episode_contents.episode_id', 'episodes.id')
    .where('episodes.id', '=', episodeId)
    .where(whereMayReadBoth(reader))
    .selectAll('episodes')
    .select(['discovered', 'notes', 'given_chapters'])
    .select([
      'sources.title as source_title',
      'sources.kind as source_kind',
      'sources.site_url as source_site_url',
      'sources.image_url as source_image_url',
    ])
    .executeTakeFirst()
}

async function listMoreFromSource(
  db: Db,
  reader: Reader | null,
  { sourceId, episodeId }: { sourceId: string; episodeId: string },
) {
  const rows = await episodeCards(db, reader)
    .where('episodes.source_id', '=', sourceId)
    .where('episodes.id', '<>', episodeId)
    .where('episodes.summary_id', 'is not', null)
    .orderBy(sql`episodes.published_at desc nulls last`)
    .limit(MORE_FROM_SOURCE)
    .execute()
  return rows.map((row) => ({ ...toEpisodeCard(row), moments: [] }))
}

function playerOf(
  enclosures: readonly { url: string; type: string | null; bytes: number | null }[],
) {
  const media = enclosures.find(
    ({ url, type }) =>
      /^(audio|video)\//.test(type ?? '') || /\.(mp3|m4a|ogg|opus|mp4)($|\?)/i.test(url),
  )
  if (media === undefined || isUnreachable(media.url)) return null
  const url = sitePathOf(media.url) ?? media.url
  return { ...media, url, redirectOrigins: [] } satisfies MediaPlayer
}

/** Names under `.example` lead nowhere, for ever (RFC 6761): most of the samples' audio is there. */
function isUnreachable(url: string): boolean {
  return URL.parse(url)?.hostname.endsWith('.example') ?? false
}

function transcriptView(
  reader: Reader | null,
  row: { stage: string; stage_reason: string | null; retry_at: Date | null },
  transcript: Transcript | undefined,
): TranscriptView {
  if (transcript !== undefined) {
    if (reader === null) return { state: 'members-only', origin: transcript.origin }
    return { state: 'shown', ...transcript }
  }
  const isOnItsWay = row.stage === 'discovered' || row.stage === 'fetched'
  if (isOnItsWay && (row.retry_at !== null || row.stage_reason === null)) {
    const reason = row.stage_reason ?? 'The text is being looked for.'
    return { state: 'waiting', reason, retryAt: row.retry_at }
  }
  return { state: 'missing', reason: row.stage_reason ?? 'Nobody offers a text of this episode.' }
}
