import type { Audience } from '../../model/audience.ts'
import type { CleanNotes, EpisodeStage, GivenChapter } from '../../model/episode.ts'
import type { Summary } from '../../model/summary.ts'
import type { Segment, TranscriptOrigin } from '../../model/transcript.ts'
import type { EpisodeCard, SourceLabel } from './episode-card.ts'

/** What the episode's page can play. */
export type MediaPlayer = {
  /** The publisher's enclosure (http or https), or a path on this site. */
  url: string
  /** Media type, such as `audio/mpeg`; null when the feed gives none. */
  type: string | null
  bytes: number | null
  /**
   * Origins beside that of `url` from which the audio may come, because the enclosure is known to
   * redirect to them. The page lets the browser load media from these and nowhere else.
   */
  redirectOrigins: string[]
}

/** The episode's words, or why they are not here. Reasons are sentences for readers. */
export type TranscriptView =
  | { state: 'shown'; origin: TranscriptOrigin; language: string; segments: Segment[] }
  /** It exists, and the one who asks may not see it. */
  | { state: 'members-only'; origin: TranscriptOrigin }
  /** Looked for and not there yet. */
  | { state: 'waiting'; reason: string; retryAt: Date | null }
  /** Nobody offers one. */
  | { state: 'missing'; reason: string }

/** The same story as others tell it. */
export type StoryView = {
  id: string
  title: string
  /** The other tellers that the reader may see; the page's own episode is not among them. */
  others: EpisodeCard[]
  differences: {
    point: string
    kind: 'number' | 'stance'
    sides: {
      episodeId: string
      sourceTitle: string
      speaker: string | null
      quote: string
      unit: 'time' | 'paragraph'
      /** Seconds, or the paragraph's index for text. */
      start: number
    }[]
  }[]
}

/** All that the page of one episode shows to one reader. */
export type EpisodePage = {
  /** Changes whenever anything on the page does; the page's ETag is made of it. */
  version: string
  id: string
  audience: Audience['kind']
  source: SourceLabel
  title: string
  /** The publisher's page for it. */
  link: string | null
  publishedAt: Date | null
  durationSeconds: number | null
  readingMinutes: number | null
  stage: EpisodeStage
  /** Why the line stopped or waits; null while all is well. */
  stageReason: string | null
  retryAt: Date | null
  player: MediaPlayer | null
  notes: CleanNotes | null
  givenChapters: GivenChapter[]
  summary: Summary | null
  transcript: TranscriptView
  stories: StoryView[]
  /** Newest first, this episode left out, at most six. */
  moreFromSource: EpisodeCard[]
}
