import { createHash } from 'node:crypto'

/** The name of the token's field in every form. */
export const FORM_TOKEN_FIELD = 'formToken'

/** The token in a session's forms: derived from the session, it needs no store of its own. */
export function makeFormToken(sessionToken: string): string {
  return createHash('sha256').update(`form:${sessionToken}`).digest('base64url')
}
