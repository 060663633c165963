import { createHash } from 'node:crypto'
import type { Reader } from '../model/reader.ts'
import type { Db } from './database.ts'
import { toReader } from './readers.ts'

// Only hashes are stored: whoever reads the database or a backup cannot sign in with what is there.
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Stores a link's token for one sign-in. `expiresAt` null: until it is used or replaced. */
export async function saveSignInToken(
  db: Db,
  { token, readerId, expiresAt }: { token: string; readerId: string; expiresAt: Date | null },
): Promise<void> {
  await db
    .insertInto('sign_in_tokens')
    .values({ token_hash: hashOf(token), reader_id: readerId, expires_at: expiresAt })
    .execute()
}

/** Why a token signs nobody in. */
export async function describeSignInToken(
  db: Db,
  token: string,
  now: Date,
): Promise<'unknown' | 'used' | 'expired'> {
  const row = await db
    .selectFrom('sign_in_tokens')
    .select(['used_at', 'expires_at'])
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst()
  if (row === undefined) return 'unknown'
  return row.expires_at !== null && row.expires_at <= now ? 'expired' : 'used'
}

/**
 * Uses a sign-in token up and returns whose it was; undefined when it was used, has expired or
 * never was. Of any number of uses at once exactly one succeeds.
 */
export async function useSignInToken(
  db: Db,
  token: string,
  now: Date,
): Promise<string | undefined> {
  const row = await db
    .updateTable('sign_in_tokens')
    .set({ used_at: now })
    .where('token_hash', '=', hashOf(token))
    .where('used_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .returning('reader_id')
    .executeTakeFirst()
  return row?.reader_id
}

/** True when the reader has signed in by a link at least once. */
export async function hasEverSignedIn(db: Db, readerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sign_in_tokens')
    .select('reader_id')
    .where('reader_id', '=', readerId)
    .where('used_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function saveSession(
  db: Db,
  { token, readerId, expiresAt }: { token: string; readerId: string; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto('sessions')
    .values({ token_hash: hashOf(token), reader_id: readerId, expires_at: expiresAt })
    .execute()
}

/** Finds the reader whose session this token is. */
export async function findSessionReader(
  db: Db,
  token: string,
  now: Date,
): Promise<Reader | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('readers', 'readers.id', 'sessions.reader_id')
    .selectAll('readers')
    .where('sessions.token_hash', '=', hashOf(token))
    .where('sessions.expires_at', '>', now)
    .executeTakeFirst()
  return row && toReader(row)
}

export async function deleteSession(db: Db, token: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_hash', '=', hashOf(token)).execute()
}
