import type { Reader } from '../model/reader.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../store/database.ts'
import { findReader } from '../store/readers.ts'
import { describeSignInToken, saveSession, useSignInToken } from '../store/sessions.ts'

/** How long a browser stays signed in. */
export const SESSION_DAYS = 180

/** Whether a one-time link opened a session, or why not. */
export type SignInAnswer =
  | { signedIn: true; reader: Reader }
  | { signedIn: false; reason: 'unknown' | 'used' | 'expired' }

/**
 * Uses a one-time link's token up and keeps the session that the web made. Of any number of tries
 * with one token exactly one signs in.
 */
export async function signIn(
  { db, clock }: { db: Db; clock: Clock },
  { oneTimeToken, sessionToken }: { oneTimeToken: string; sessionToken: string },
): Promise<SignInAnswer> {
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    const readerId = await useSignInToken(tx, oneTimeToken, now)
    const reader = readerId === undefined ? undefined : await findReader(tx, readerId)
    if (reader === undefined) {
      return { signedIn: false, reason: await describeSignInToken(tx, oneTimeToken, now) }
    }
    const expiresAt = new Date(now.getTime() + SESSION_DAYS * 86_400_000)
    await saveSession(tx, { token: sessionToken, readerId: reader.id, expiresAt })
    return { signedIn: true, reader }
  })
}
