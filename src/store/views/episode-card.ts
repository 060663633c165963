import type { SourceKind } from '../../model/source.ts'
import type { Badge, Evidence } from '../../model/summary.ts'

/** The source as it stands beside an item. */
export type SourceLabel = {
  id: string
  title: string
  kind: SourceKind
  /** The publisher's own page. */
  siteUrl: string | null
  /** A picture on this site (`/…`) or a `data:` URI; null while there is none. Never remote. */
  image: string | null
}

/** One thing said, in the words of whoever said it. */
export type KeyMoment = {
  quote: string
  speaker: string | null
  unit: Evidence['unit']
  /** Seconds, or the paragraph's index for text. */
  start: number
}

/** An episode in a list: enough to decide whether to open it. */
export type EpisodeCard = {
  id: string
  source: SourceLabel
  title: string
  publishedAt: Date | null
  durationSeconds: number | null
  /** Minutes that its page takes to read, the transcript left out; null without a summary. */
  readingMinutes: number | null
  badges: Badge[]
  /** One sentence; empty when nothing honest can be said. */
  description: string
  /** At most three, in order of place; empty in short lists. */
  moments: KeyMoment[]
}
