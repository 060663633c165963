/** What one answer may load beyond the rule. */
export type CspAdditions = {
  /** Sources of audio and video: origins, or `'self'`. */
  media?: readonly string[]
  /** True where the page shows one of our own pages in a frame. */
  framesSelf?: boolean
  /** A whole policy in place of the page's own, for documents that are not our pages. */
  replace?: string
}
