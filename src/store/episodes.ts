import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Audience } from '../model/audience.ts'
import type {
  CleanNotes,
  DiscoveredEpisode,
  Enclosure,
  Episode,
  EpisodeStage,
  GivenChapter,
} from '../model/episode.ts'
import type { SourceKind } from '../model/source.ts'
import { audienceColumns, audienceOf } from './audience-columns.ts'
import type { Database, Db, StoredAttempt, StoredDiscovery, Tx } from './database.ts'
import { toJson } from './to-json.ts'

/** A statement takes 65,535 values; feeds of ten thousand episodes exist. */
const LOT = 1000
const MOST_MARKS = 5_000

type EpisodeMarks = Pick<
  DiscoveredEpisode,
  'title' | 'link' | 'publishedAt' | 'durationSeconds' | 'enclosures'
>

/** An episode that is about to be saved, with the id it will have if it is new. */
export type NewEpisode = DiscoveredEpisode & { id: string }

/**
 * Saves the episodes that this source has not published before and returns their ids, oldest
 * first. Which are new is decided by the unique (source, guid), so two processes that read the
 * same feed at once announce nothing twice.
 */
export async function saveNewEpisodes(
  tx: Tx,
  source: { id: string; kind: SourceKind; audience: Audience },
  episodes: readonly NewEpisode[],
): Promise<string[]> {
  const fresh: NewEpisode[] = []
  for (let from = 0; from < episodes.length; from += LOT) {
    fresh.push(...(await saveLot(tx, source, episodes.slice(from, from + LOT))))
  }
  return fresh.toSorted(byPublished).map((episode) => episode.id)
}

async function saveLot(
  tx: Tx,
  source: { id: string; kind: SourceKind; audience: Audience },
  episodes: readonly NewEpisode[],
): Promise<NewEpisode[]> {
  const rows = await tx
    .insertInto('episodes')
    .values(episodes.map((episode) => toRow(source, episode)))
    .onConflict((conflict) => conflict.columns(['source_id', 'guid']).doNothing())
    .returning('id')
    .execute()
  const saved = new Set(rows.map((row) => row.id))
  const fresh = episodes.filter((episode) => saved.has(episode.id))
  if (fresh.length === 0) return []
  await tx
    .insertInto('episode_contents')
    .values(fresh.map((e) => ({ episode_id: e.id, discovered: toJson(discoveryOf(e)) })))
    .execute()
  return fresh
}

/** Marks episodes as wanted or not: those that are not stay known and are not worked on. */
export async function saveWanted(
  tx: Tx,
  episodeIds: readonly string[],
  isWanted: boolean,
): Promise<void> {
  if (episodeIds.length === 0) return
  await tx
    .updateTable('episodes')
    .set({ is_wanted: isWanted })
    .where(sql<SqlBool>`id = any(${[...episodeIds]}::uuid[])`)
    .execute()
}

/** Keeps episodes off the line, known with the reason why. */
export async function saveLeftOut(
  tx: Tx,
  episodeIds: readonly string[],
  reason: string,
): Promise<void> {
  if (episodeIds.length === 0) return
  await tx
    .updateTable('episodes')
    .set({ is_wanted: false, stage_reason: reason, version: sql<string>`version + 1` })
    .where(sql<SqlBool>`id = any(${[...episodeIds]}::uuid[])`)
    .execute()
}

/** The guids that are known of a source. */
export async function listGuids(db: Db, sourceId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('episodes')
    .select('guid')
    .where('source_id', '=', sourceId)
    .execute()
  return new Set(rows.map((row) => row.guid))
}

/** What the newest 5,000 episodes of a source are recognised by, whatever their guid. */
export async function listEpisodeMarks(db: Db, sourceId: string): Promise<EpisodeMarks[]> {
  const rows = await db
    .selectFrom('episodes')
    .innerJoin('episode_contents', 'episode_contents.episode_id', 'episodes.id')
    .where('source_id', '=', sourceId)
    .select(['title', 'link', 'published_at', 'duration_seconds'])
    .select(sql<Enclosure[] | null>`discovered -> 'enclosures'`.as('enclosures'))
    .orderBy(sql`published_at desc nulls last`)
    .limit(MOST_MARKS)
    .execute()
  return rows.map((row) => ({
    title: row.title,
    link: row.link,
    publishedAt: row.published_at,
    durationSeconds: row.duration_seconds,
    enclosures: row.enclosures ?? [],
  }))
}

export async function findEpisode(db: Db, episodeId: string): Promise<Episode | undefined> {
  const row = await db
    .selectFrom('episodes')
    .innerJoin('episode_contents', 'episode_contents.episode_id', 'episodes.id')
    .selectAll('episodes')
    .select(['discovered', 'notes', 'given_chapters'])
    .where('episodes.id', '=', episodeId)
    .executeTakeFirst()
  return row && toEpisode(row)
}

/**
 * Wanted episodes that are on their way and not stopped for good: those without a reason first, and
 * then those that wait for a time, soonest first.
 */
export async function listUnfinishedEpisodes(
  db: Db,
  limit: number,
): Promise<{ id: string; stage: EpisodeStage; retryAt: Date | null }[]> {
  const rows = await db
    .selectFrom('episodes')
    .select(['id', 'stage', 'retry_at'])
    .where('stage', 'in', ['discovered', 'fetched', 'transcribed'])
    .where('is_wanted', '=', true)
    .where((where) =>
      where.or([where('stage_reason', 'is', null), where('retry_at', 'is not', null)]),
    )
    .orderBy(sql`retry_at asc nulls first`)
    .orderBy('discovered_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ id: row.id, stage: row.stage, retryAt: row.retry_at }))
}

/** Where an episode stands on the line: its stage, why it stopped there, and when it goes on. */
export async function saveStage(
  tx: Tx,
  episodeId: string,
  { stage, reason, retryAt }: { stage?: EpisodeStage; reason: string | null; retryAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('episodes')
    .set({
      ...(stage && { stage }),
      stage_reason: reason,
      retry_at: retryAt,
      version: sql<string>`version + 1`,
    })
    .where('id', '=', episodeId)
    .execute()
}

/** The episode's cleaned notes and the publisher's chapters. */
export async function saveContent(
  tx: Tx,
  episodeId: string,
  content: { notes: CleanNotes; chapters: GivenChapter[]; chaptersOrigin: 'notes' | 'publisher' },
): Promise<void> {
  await tx
    .updateTable('episode_contents')
    .set({
      notes: toJson(content.notes),
      given_chapters: toJson({
        origin: content.chaptersOrigin,
        chapters: content.chapters,
      }),
    })
    .where('episode_id', '=', episodeId)
    .execute()
}

/** Every attempt that was made to get a transcript, in order. */
export async function saveAttempts(
  tx: Tx,
  episodeId: string,
  attempts: readonly StoredAttempt[],
): Promise<void> {
  await tx
    .updateTable('episode_contents')
    .set({ transcript_attempts: toJson(attempts) })
    .where('episode_id', '=', episodeId)
    .execute()
}

/** Whether the publisher's chapters came from the notes or from a chapters file. */
export async function findChaptersOrigin(
  db: Db,
  episodeId: string,
): Promise<'notes' | 'publisher' | undefined> {
  const row = await db
    .selectFrom('episode_contents')
    .select('given_chapters')
    .where('episode_id', '=', episodeId)
    .executeTakeFirst()
  return row?.given_chapters?.origin
}

type EpisodeRow = Selectable<Database['episodes']> &
  Pick<Selectable<Database['episode_contents']>, 'discovered' | 'notes' | 'given_chapters'>

export function toEpisode(row: EpisodeRow): Episode {
  return {
    ...row.discovered,
    id: row.id,
    sourceId: row.source_id,
    kind: row.kind,
    publishedAt: row.published_at,
    audience: audienceOf(row),
    stage: row.stage,
    stageReason: row.stage_reason,
    notes: row.notes,
    givenChapters: row.given_chapters?.chapters ?? [],
    discoveredAt: row.discovered_at,
  } satisfies Episode
}

function toRow(source: { id: string; kind: SourceKind; audience: Audience }, episode: NewEpisode) {
  return {
    id: episode.id,
    source_id: source.id,
    guid: episode.guid,
    kind: source.kind,
    title: episode.title,
    link: episode.link,
    published_at: episode.publishedAt,
    duration_seconds: episode.durationSeconds,
    image_url: episode.imageUrl,
    language: episode.language,
    ...audienceColumns(source.audience),
  }
}

function discoveryOf({ id: _, publishedAt: __, ...discovered }: NewEpisode): StoredDiscovery {
  return discovered
}

const byPublished = (a: NewEpisode, b: NewEpisode): number =>
  (a.publishedAt?.getTime() ?? 0) - (b.publishedAt?.getTime() ?? 0)
