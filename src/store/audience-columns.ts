import { type Expression, type SqlBool, sql } from 'kysely'
import type { Audience } from '../model/audience.ts'
import type { Reader } from '../model/reader.ts'
import type { AudienceKind } from './database.ts'

/** The two columns that hold an audience. */
export function audienceColumns(audience: Audience): {
  audience: AudienceKind
  audience_reader_ids: string[]
} {
  return {
    audience: audience.kind,
    audience_reader_ids: audience.kind === 'readers' ? audience.readerIds : [],
  }
}

/** The audience that the two columns hold. */
export function audienceOf(row: {
  audience: AudienceKind
  audience_reader_ids: string[]
}): Audience {
  if (row.audience === 'readers') return { kind: 'readers', readerIds: row.audience_reader_ids }
  return { kind: row.audience }
}

/**
 * The rule `mayRead` of the model in SQL, for `sources` or `episodes`; a test holds the two
 * against each other. Every view puts it into its query.
 */
export function whereMayRead(
  reader: Pick<Reader, 'id'> | null,
  table: 'sources' | 'episodes',
): Expression<SqlBool> {
  const audience = sql.ref(`${table}.audience`)
  if (reader === null) return sql<SqlBool>`${audience} = 'public'`
  return sql<SqlBool>`(${audience} in ('public', 'members')
    or ${reader.id}::uuid = any(${sql.ref(`${table}.audience_reader_ids`)}))`
}

/**
 * For queries that show an episode with its source: both must be open to the reader. A source that
 * became private after its episodes were found takes them along.
 */
export function whereMayReadBoth(reader: Pick<Reader, 'id'> | null): Expression<SqlBool> {
  return sql<SqlBool>`${whereMayRead(reader, 'sources')} and ${whereMayRead(reader, 'episodes')}`
}
