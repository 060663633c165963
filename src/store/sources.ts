import { type Expression, type Selectable, type SqlBool, sql } from 'kysely'
import type { Source, SourceKind } from '../model/source.ts'
import { audienceColumns, audienceOf } from './audience-columns.ts'
import type { Database, Db, Tx } from './database.ts'
import { deleteUnsharedSummaries } from './summaries.ts'
import { deleteTranscripts } from './transcripts.ts'

/** What the last reading of a source left behind, so that an unchanged feed costs nothing. */
export type ReadingState = {
  etag: string | null
  lastModified: string | null
  bodyHash: string | null
}

/**
 * Saves a source unless its URL is known already, in whatever spelling, and returns the one that is
 * there. Within a transaction nobody removes it until that has ended.
 */
export async function saveSourceOnce(db: Db, source: Source): Promise<Source> {
  while (true) {
    await db
      .insertInto('sources')
      .values(toSourceRow(source))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const row = await db
      .selectFrom('sources')
      .selectAll()
      .where(isAt(source.url))
      .forKeyShare()
      .executeTakeFirst()
    // Absent when its last follower left between the two statements.
    if (row !== undefined) return toSource(row)
  }
}

export async function findSource(db: Db, sourceId: string): Promise<Source | undefined> {
  const row = await db
    .selectFrom('sources')
    .selectAll()
    .where('id', '=', sourceId)
    .executeTakeFirst()
  return row && toSource(row)
}

/** The source at this address, whatever its scheme, `www.` and last slash. */
export async function findSourceByUrl(db: Db, url: string): Promise<Source | undefined> {
  const row = await db.selectFrom('sources').selectAll().where(isAt(url)).executeTakeFirst()
  return row && toSource(row)
}

/** An address without scheme, `www.` and last slash, spelled as the unique index has it. */
export const urlKey = (url: Expression<string>) =>
  sql`regexp_replace(regexp_replace(${url}, '^https?://(www[.])?', ''), '/+([?].*)?$', '\\1')`

const isAt = (url: string) => sql<SqlBool>`${urlKey(sql.ref('url'))} = ${urlKey(sql`${url}::text`)}`

export async function listSources(db: Db): Promise<Source[]> {
  const rows = await db.selectFrom('sources').selectAll().orderBy('title').execute()
  return rows.map(toSource)
}

export async function findReadingState(
  db: Db,
  sourceId: string,
): Promise<ReadingState | undefined> {
  const row = await db
    .selectFrom('sources')
    .select(['etag', 'last_modified', 'body_hash'])
    .where('id', '=', sourceId)
    .executeTakeFirst()
  return row && { etag: row.etag, lastModified: row.last_modified, bodyHash: row.body_hash }
}

/**
 * Claims up to `limit` sources that somebody follows and whose check is due, and moves their next
 * check to `leaseUntil`, so that no other process takes them and a killed one does not keep them.
 */
export async function claimSourcesDueForCheck(
  tx: Tx,
  { now, leaseUntil, limit }: { now: Date; leaseUntil: Date; limit: number },
): Promise<string[]> {
  // A query of its own by `with`: as a plain subquery it may be run again and lock more than `limit`.
  const rows = await tx
    .with('due', (select) =>
      select
        .selectFrom('sources')
        .select('id')
        .where('next_check_at', '<=', now)
        .where('state', 'not in', ['paused', 'gone'])
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('subscriptions')
              .select('subscriptions.id')
              .whereRef('subscriptions.source_id', '=', 'sources.id')
              .where('subscriptions.paused', '=', false),
          ),
        )
        .orderBy('next_check_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('sources')
    .set({ next_check_at: leaseUntil })
    .where('id', 'in', (select) => select.selectFrom('due').select('due.id'))
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** What a successful check changes. Null fields of `about` leave what was known. */
export type CheckSucceeded = {
  sourceId: string
  checkedAt: Date
  nextCheckAt: Date
  reading: ReadingState
  about: {
    kind: SourceKind
    title: string | null
    description: string | null
    siteUrl: string | null
    imageUrl: string | null
    author: string | null
    language: string | null
    ttlMinutes: number | null
    skipHours: readonly number[]
  } | null
}

const MINUTES_OF_A_YEAR = 525_600

export async function saveCheckSucceeded(tx: Tx, check: CheckSucceeded): Promise<void> {
  const { about } = check
  await tx
    .updateTable('sources')
    .set({
      state: 'ok',
      state_reason: null,
      failures: 0,
      last_checked_at: check.checkedAt,
      next_check_at: check.nextCheckAt,
      etag: check.reading.etag,
      last_modified: check.reading.lastModified,
      body_hash: check.reading.bodyHash,
      ...(about && {
        kind: about.kind,
        ttl_minutes:
          about.ttlMinutes === null ? null : Math.min(about.ttlMinutes, MINUTES_OF_A_YEAR),
        skip_hours: [...about.skipHours],
        title: sql<string>`coalesce(nullif(${about.title}::text, ''), title)`,
        description: sql<string>`coalesce(nullif(${about.description}::text, ''), description)`,
        site_url: sql<string | null>`coalesce(${about.siteUrl}::text, site_url)`,
        image_url: sql<string | null>`coalesce(${about.imageUrl}::text, image_url)`,
        author: sql<string | null>`coalesce(${about.author}::text, author)`,
        language: sql<string | null>`coalesce(${about.language}::text, language)`,
      }),
    })
    .where('id', '=', check.sourceId)
    .where('state', '<>', 'paused')
    .execute()
}

/** Notes that a check failed and why. What was known of the source stays. */
export async function saveCheckFailed(
  tx: Tx,
  check: {
    sourceId: string
    checkedAt: Date
    nextCheckAt: Date | null
    reason: string
    gone: boolean
  },
): Promise<void> {
  await tx
    .updateTable('sources')
    .set({
      state: check.gone ? 'gone' : 'failing',
      state_reason: check.reason,
      failures: sql<number>`failures + 1`,
      last_checked_at: check.checkedAt,
      next_check_at: check.nextCheckAt,
    })
    .where('id', '=', check.sourceId)
    .where('state', '<>', 'paused')
    .execute()
}

/** How often in a row the source's check has failed. */
export async function countFailures(db: Db, sourceId: string): Promise<number> {
  const row = await db
    .selectFrom('sources')
    .select('failures')
    .where('id', '=', sourceId)
    .executeTakeFirst()
  return row?.failures ?? 0
}

/** Makes a source due now, whatever its state; paused and gone sources are taken up again. */
export async function saveSourceDue(tx: Tx, sourceId: string, now: Date): Promise<void> {
  await tx
    .updateTable('sources')
    .set({
      next_check_at: now,
      state: sql<'new'>`case when state in ('paused', 'gone') then 'new' else state end`,
      state_reason: sql<
        string | null
      >`case when state in ('paused', 'gone') then null else state_reason end`,
    })
    .where('id', '=', sourceId)
    .execute()
}

/**
 * Removes a source with all that came of it when nobody follows it any more; true if it did.
 * Transcripts go with their episodes; a summary that another episode shares stays.
 */
export async function deleteSourceIfUnfollowed(tx: Tx, sourceId: string): Promise<boolean> {
  // Who is about to follow it holds its row: waited for, they are seen below.
  await tx.selectFrom('sources').select('id').where('id', '=', sourceId).forUpdate().execute()
  const texts = await tx
    .selectFrom('episodes')
    .select(['transcript_id', 'summary_id'])
    .where('source_id', '=', sourceId)
    .execute()
  if (!(await deleteUnfollowed(tx, sourceId))) return false
  await deleteTranscripts(
    tx,
    texts.flatMap((text) => text.transcript_id ?? []),
  )
  await deleteUnsharedSummaries(
    tx,
    texts.flatMap((text) => text.summary_id ?? []),
  )
  return true
}

async function deleteUnfollowed(tx: Tx, sourceId: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('sources')
    .where('id', '=', sourceId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('subscriptions').select('id').where('source_id', '=', sourceId))),
    )
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

export function toSource(row: Selectable<Database['sources']>): Source {
  return {
    id: row.id,
    kind: row.kind,
    url: row.url,
    title: row.title,
    description: row.description,
    siteUrl: row.site_url,
    imageUrl: row.image_url,
    author: row.author,
    language: row.language,
    audience: audienceOf(row),
    state: row.state,
    stateReason: row.state_reason,
    lastCheckedAt: row.last_checked_at,
    nextCheckAt: row.next_check_at,
  } satisfies Source
}

/** The columns of a source that is new. */
export function toSourceRow(source: Source) {
  return {
    id: source.id,
    kind: source.kind,
    url: source.url,
    title: source.title,
    description: source.description,
    site_url: source.siteUrl,
    image_url: source.imageUrl,
    author: source.author,
    language: source.language,
    ...audienceColumns(source.audience),
    state: source.state,
    state_reason: source.stateReason,
    last_checked_at: source.lastCheckedAt,
    next_check_at: source.nextCheckAt,
  }
}
