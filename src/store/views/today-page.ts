import type { Edition } from '../../model/digest.ts'
import type { EpisodeStage } from '../../model/episode.ts'
import type { EpisodeCard, SourceLabel } from './episode-card.ts'
import type { StoryView } from './episode-page.ts'

/** An episode that the line is at work on. */
export type WorkItem = {
  episodeId: string
  title: string
  source: SourceLabel
  /** The last step that it has finished. */
  stage: EpisodeStage
  discoveredAt: Date
}

/** Something that a reader might expect and does not have. */
export type MissingView = {
  source: SourceLabel
  /** Null when it is the source itself that fails. */
  episode: { id: string; title: string } | null
  /** A sentence for the reader. */
  reason: string
  /** When it is tried again; null when it waits for a person. */
  retryAt: Date | null
}

/** The latest digest in short. */
export type LatestDigest = {
  id: string
  edition: Edition
  /** The reader's own calendar date, `YYYY-MM-DD`. */
  localDate: string
  createdAt: Date
  /** In the digest's order. */
  items: EpisodeCard[]
  /** What several of its items tell; `others` holds all of their tellers. */
  stories: StoryView[]
}

/** What a reader's front page shows. */
export type TodayPage = {
  /** Changes whenever anything on the page does. */
  version: string
  sourceCount: number
  latestDigest: LatestDigest | null
  /** When the next one is due; null when there is nothing to send it for. */
  nextDigestAt: Date | null
  /** Summarised and in no digest yet, newest first. */
  arrived: EpisodeCard[]
  working: WorkItem[]
  missing: MissingView[]
}
