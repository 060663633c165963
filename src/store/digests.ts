import { sql } from 'kysely'
import type { Audience } from '../model/audience.ts'
import type { Edition, MissingItem } from '../model/digest.ts'
import type { Priority } from '../model/subscription.ts'
import { audienceOf, whereMayRead, whereMayReadBoth } from './audience-columns.ts'
import type { Db, StoredDigest, Tx } from './database.ts'
import { toJson } from './to-json.ts'

/** A digest about to be saved, its items frozen. */
export type NewDigest = {
  id: string
  readerId: string
  edition: Edition
  /** `YYYY-MM-DD`, the reader's own date. */
  localDate: string
  /** What it is rendered from, as the digests room gives it. */
  content: StoredDigest
  missing: MissingItem[]
  episodeIds: string[]
  /** Those of `episodeIds` that a digest of uncertain arrival held already. */
  carriedEpisodeIds: string[]
}

/** Takes the right to make the digest of this reader, edition and date; false if it is made. */
export async function saveDigestOnce(tx: Tx, digest: NewDigest): Promise<boolean> {
  const saved = await tx
    .insertInto('digests')
    .values({
      id: digest.id,
      reader_id: digest.readerId,
      edition: digest.edition,
      local_date: digest.localDate,
      content: toJson(digest.content),
      missing: toJson(digest.missing),
    })
    .onConflict((c) => c.columns(['reader_id', 'edition', 'local_date']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (saved === undefined) return false
  await saveItems(tx, digest)
  return true
}

async function saveItems(tx: Tx, digest: NewDigest): Promise<void> {
  if (digest.episodeIds.length === 0) return
  const carried = new Set(digest.carriedEpisodeIds)
  await tx
    .insertInto('digest_episodes')
    .values(
      digest.episodeIds.map((episodeId, position) => ({
        digest_id: digest.id,
        reader_id: digest.readerId,
        edition: digest.edition,
        episode_id: episodeId,
        position,
        carried: carried.has(episodeId),
      })),
    )
    .execute()
}

/** The newest local date for which this reader has a digest of the edition. */
export async function findLastDigestDate(
  db: Db,
  { readerId, edition }: Pick<NewDigest, 'readerId' | 'edition'>,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('digests')
    .select('local_date')
    .where('reader_id', '=', readerId)
    .where('edition', '=', edition)
    .orderBy('local_date', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.local_date
}

/** An episode that a digest of this reader's could tell. */
export type DigestCandidate = {
  episodeId: string
  sourceId: string
  audience: Audience
  priority: Priority
  publishedAt: Date | null
  isCarried: boolean
}

/**
 * Summarised episodes of what this reader follows, newest first: those that they have not been
 * sent in this edition and that were summarised since `since`, and those that a digest of
 * uncertain arrival since then held.
 */
export async function listDigestCandidates(
  db: Db,
  {
    readerId,
    edition,
    since,
    limit,
  }: {
    readerId: string
    edition: Edition
    since: Date
    limit: number
  },
): Promise<DigestCandidate[]> {
  const carried = await listCarriedEpisodes(db, { readerId, edition, since })
  const rows = await db
    .selectFrom('episodes')
    .innerJoin('sources', 'sources.id', 'episodes.source_id')
    .innerJoin('subscriptions', 'subscriptions.source_id', 'episodes.source_id')
    .select(['episodes.id', 'episodes.source_id', 'published_at', 'priority'])
    .select(['episodes.audience', 'episodes.audience_reader_ids'])
    .where('subscriptions.reader_id', '=', readerId)
    .where('subscriptions.paused', '=', false)
    .where('episodes.summary_id', 'is not', null)
    .where(whereMayReadBoth({ id: readerId }))
    .where((where) =>
      where.or([
        where('episodes.id', 'in', carried.length > 0 ? carried : [NO_EPISODE]),
        where.and([
          where('episodes.summarised_at', '>=', since),
          where.not(
            where.exists(
              where
                .selectFrom('digest_episodes')
                .select('digest_episodes.episode_id')
                .whereRef('digest_episodes.episode_id', '=', 'episodes.id')
                .where('digest_episodes.reader_id', '=', readerId)
                .where('digest_episodes.edition', '=', edition),
            ),
          ),
        ]),
      ]),
    )
    .orderBy(sql`published_at desc nulls last`)
    .orderBy('episodes.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    episodeId: row.id,
    sourceId: row.source_id,
    audience: audienceOf(row),
    priority: row.priority,
    publishedAt: row.published_at,
    isCarried: carried.includes(row.id),
  }))
}

/** Stands in an empty list, which SQL does not have. */
const NO_EPISODE = '00000000-0000-0000-0000-000000000000'

/**
 * Episodes whose last digest is one of uncertain arrival, or one that was not sent because its
 * reader's address or wish changed: they are told again, and labelled so, until a digest of theirs
 * has certainly arrived or was refused.
 */
async function listCarriedEpisodes(
  db: Db,
  { readerId, edition, since }: Pick<NewDigest, 'readerId' | 'edition'> & { since: Date },
): Promise<string[]> {
  const rows = await sql<{ episode_id: string }>`
    select last.episode_id
    from (
      select distinct on (de.episode_id) de.episode_id, de.digest_id, digests.local_date
      from digest_episodes de join digests on digests.id = de.digest_id
      where de.reader_id = ${readerId} and de.edition = ${edition}
      order by de.episode_id, digests.local_date desc
    ) last
    join deliveries d on d.digest_id = last.digest_id
    where last.local_date >= ${since.toISOString().slice(0, 10)}::date
    group by last.episode_id
    having bool_or(d.state in ('uncertain', 'cancelled'))
      and not bool_or(d.state in ('built', 'sending', 'sent'))`.execute(db)
  return rows.rows.map((row) => row.episode_id)
}

/** What a reader might expect and does not have, since `since`: failing sources, stopped episodes. */
export async function listMissingItems(
  db: Db,
  readerId: string,
  since: Date,
): Promise<MissingItem[]> {
  const reader = { id: readerId }
  const { rows } = await sql<MissingItem>`
    select sources.title as "sourceTitle", null as "episodeTitle",
      coalesce(sources.state_reason, 'It could not be read.') as reason
    from subscriptions f join sources on sources.id = f.source_id
    where f.reader_id = ${readerId} and not f.paused and sources.state in ('failing', 'gone')
      and ${whereMayRead(reader, 'sources')}
    union all
    select sources.title, episodes.title, episodes.stage_reason
    from subscriptions f join sources on sources.id = f.source_id
    join episodes on episodes.source_id = sources.id
    where f.reader_id = ${readerId} and not f.paused and episodes.is_wanted
      and episodes.stage in ('discovered', 'fetched', 'transcribed')
      and episodes.stage_reason is not null and episodes.discovered_at >= ${since}
      and ${whereMayReadBoth(reader)}
    order by 1, 2
    limit 100`.execute(db)
  return rows
}
