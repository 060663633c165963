import { randomBytes } from 'node:crypto'
import type { Reader } from '../model/reader.ts'
import type { Db } from '../store/database.ts'
import { saveOwnerOnce } from '../store/readers.ts'
import { saveSignInToken } from '../store/sessions.ts'

const TOKEN_BYTES = 32

/** Makes sure that there is an owner; at a first start it is made with these defaults. */
export async function makeOwner(
  db: Db,
  defaults: Pick<Reader, 'id' | 'timeZone' | 'digestAt' | 'language'>,
): Promise<Reader> {
  return saveOwnerOnce(db, { ...defaults, role: 'owner', email: null, displayName: 'You' })
}

/** Makes the path of a link that signs the owner in, once. */
export async function inviteOwner(db: Db, ownerId: string): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await saveSignInToken(db, { token, readerId: ownerId, expiresAt: null })
  return `/welcome/${token}`
}
