import { type Selectable, sql } from 'kysely'
import { Failure } from '../model/failure.ts'
import type { Reader } from '../model/reader.ts'
import type { Database, Db } from './database.ts'

/** Finds the reader who runs this house; undefined before its first start. */
export async function findOwner(db: Db): Promise<Reader | undefined> {
  const row = await db
    .selectFrom('readers')
    .selectAll()
    .where('role', '=', 'owner')
    .executeTakeFirst()
  return row && toReader(row)
}

export async function findReader(db: Db, readerId: string): Promise<Reader | undefined> {
  const row = await db
    .selectFrom('readers')
    .selectAll()
    .where('id', '=', readerId)
    .executeTakeFirst()
  return row && toReader(row)
}

/**
 * Makes the owner unless there is one, and returns whoever that is. Two processes at a first start
 * end with the same owner. Throws `owner-not-saved` when the address belongs to a member.
 */
export async function saveOwnerOnce(db: Db, owner: Reader): Promise<Reader> {
  await db
    .insertInto('readers')
    .values(toRow(owner))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const saved = await findOwner(db)
  if (saved !== undefined) return saved
  throw new Failure(
    'owner-not-saved',
    'caller',
    `The owner could not be made: ${owner.email ?? owner.id} belongs to another reader already.`,
  )
}

/** Readers who want digests. */
export async function listDigestReaders(db: Db): Promise<Reader[]> {
  const rows = await db
    .selectFrom('readers')
    .selectAll()
    .where('wants_digest', '=', true)
    .orderBy('created_at')
    .execute()
  return rows.map(toReader)
}

/** True unless the reader has stopped their digests. */
export async function wantsDigest(db: Db, readerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('readers')
    .select('wants_digest')
    .where('id', '=', readerId)
    .executeTakeFirst()
  return row?.wants_digest === true
}

/** Notes whether a reader wants digests; false when there is no such reader. */
export async function saveWantsDigest(
  db: Db,
  readerId: string,
  wantsDigest: boolean,
): Promise<boolean> {
  const result = await db
    .updateTable('readers')
    .set({ wants_digest: wantsDigest })
    .where('id', '=', readerId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Since when a reader is here, and when they last changed the zone or time of their digest. */
export async function getDigestSettings(
  db: Db,
  readerId: string,
): Promise<{ createdAt: Date; changedAt: Date | null }> {
  const row = await db
    .selectFrom('readers')
    .select(['created_at', 'digest_settings_at'])
    .where('id', '=', readerId)
    .executeTakeFirstOrThrow()
  return { createdAt: row.created_at, changedAt: row.digest_settings_at }
}

/** Changes what a reader may set of their own. */
export async function saveReaderSettings(
  db: Db,
  reader: Pick<Reader, 'id' | 'email' | 'timeZone' | 'digestAt' | 'language' | 'displayName'>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('readers')
    .set({
      email: reader.email,
      display_name: reader.displayName,
      time_zone: reader.timeZone,
      digest_at: reader.digestAt,
      digest_settings_at: sql<Date | null>`case
        when time_zone = ${reader.timeZone} and digest_at = ${reader.digestAt} then digest_settings_at
        else ${now}::timestamptz end`,
      language: reader.language,
    })
    .where('id', '=', reader.id)
    .execute()
}

export function toReader(row: Selectable<Database['readers']>): Reader {
  return {
    id: row.id,
    role: row.role,
    email: row.email,
    displayName: row.display_name,
    timeZone: row.time_zone,
    digestAt: row.digest_at,
    language: row.language,
  } satisfies Reader
}

function toRow(reader: Reader) {
  return {
    id: reader.id,
    role: reader.role,
    email: reader.email,
    display_name: reader.displayName,
    time_zone: reader.timeZone,
    digest_at: reader.digestAt,
    language: reader.language,
  }
}
