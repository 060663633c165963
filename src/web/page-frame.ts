import type { Reader } from '../model/reader.ts'

/** Where the site's own files lie. */
export type AssetPaths = { css: string; js: string; mark: string }

/** What every page shows around its content. */
export type PageFrame = {
  assets: AssetPaths
  path: string
  /** Names the sentence that tells of the change just made; from the address, so never printed. */
  done: string | null
  reader: Reader | null
  /** The token for this session's forms; null without a session. */
  formToken: string | null
  baseUrl: string
  development: boolean
}
