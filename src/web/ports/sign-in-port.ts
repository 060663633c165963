import type { SignInAnswer } from '../../actions/sign-in.ts'
import type { Reader } from '../../model/reader.ts'

/**
 * Who is who. Tokens are 32 random bytes in base64url, made by the web; the other side keeps hashes
 * of them and nothing else.
 */
export type SessionPort = {
  /** Uses the one-time token up, exactly once however many ask, and keeps the new session. */
  start(oneTimeToken: string, sessionToken: string): Promise<SignInAnswer>
  /** The reader whose live session this is, or null. */
  find(sessionToken: string): Promise<Reader | null>
  /** Ends the session; one that is not there is no error. */
  end(sessionToken: string): Promise<void>
}
