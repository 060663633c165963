import type { Context } from 'hono'
import type { Reader } from '../model/reader.ts'
import type { CspAdditions } from './guards/csp-additions.ts'
import type { PageFrame } from './page-frame.ts'

/** What the guards leave for the pages. */
export type WebEnv = {
  Variables: {
    reader: Reader | null
    /** The session cookie's value; null without a live session. */
    sessionToken: string | null
    frame: PageFrame
    /** What this one answer may load beyond the rule; unset for nearly all. */
    csp: CspAdditions | undefined
  }
}

export type WebContext = Context<WebEnv>
