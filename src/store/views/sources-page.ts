import type { SourceState } from '../../model/source.ts'
import type { SourceLabel } from './episode-card.ts'

/** One followed source as the sources page lists it. */
export type SourceRow = SourceLabel & {
  author: string | null
  /** Where it is read; of a private source without what could be a key. */
  url: string
  state: SourceState
  /** Why the source is not `ok`; null when it is. */
  stateReason: string | null
  /** The reader's own pause, which stops nobody else's. */
  isPaused: boolean
  /** True when only the reader, and others who are named, may see it. */
  isPrivate: boolean
  lastCheckedAt: Date | null
  nextCheckAt: Date | null
  episodeCount: number
  latest: { id: string; title: string; publishedAt: Date | null } | null
}

/** What a reader follows, by title. */
export type SourcesPage = {
  /** Changes whenever anything on the page does. */
  version: string
  sources: SourceRow[]
}
