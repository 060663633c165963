import { readToken, signToken } from '../platform/signed-token.ts'
import type { Db } from '../store/database.ts'
import { saveWantsDigest } from '../store/readers.ts'

const PURPOSE = 'unsubscribe'

/** The path by which a reader, and anybody who has their e-mail, can stop their digests. */
export function unsubscribePath(key: Uint8Array, readerId: string): string {
  return `/unsubscribe/${signToken(key, PURPOSE, readerId)}`
}

/**
 * Stops a reader's digests, or has them come again. It holds from the next moment on: what is built
 * and not sent stays unsent. False for a token that is not ours.
 */
export async function changeDigestWish(
  { db, key }: { db: Db; key: Uint8Array },
  { token, wantsDigest }: { token: string; wantsDigest: boolean },
): Promise<boolean> {
  const readerId = readToken(key, PURPOSE, token)
  if (readerId === undefined) return false
  return saveWantsDigest(db, readerId, wantsDigest)
}
