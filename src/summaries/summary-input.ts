import type { CleanNotes, GivenChapter, Person } from '../model/episode.ts'
import type { Transcript } from '../model/transcript.ts'

/** A correction of a name that the show's owner has confirmed. */
export type NameCorrection = { heard: string; shown: string }

/** All that is known of one episode when it is summarised. */
export type SummaryInput = {
  title: string
  show: string
  publishedAt: Date | null
  durationSeconds: number | null
  /** BCP 47 tag that the feed declares. */
  language: string | null
  /** Hosts and guests that the publisher names. */
  persons: readonly Person[]
  notes: CleanNotes | null
  /** The publisher's own chapters; empty when there are none. */
  givenChapters: readonly GivenChapter[]
  givenChaptersOrigin: 'notes' | 'publisher'
  /** Its segments may be empty: then nothing is claimed. */
  transcript: Transcript
  /** Names known from earlier episodes of the show. */
  rosterNames?: readonly string[]
  corrections?: readonly NameCorrection[]
  /** Sentences that the show says in several episodes: its advertising, greetings and credits. */
  repeatedSentences?: ReadonlySet<string>
  /** Wall clock for the cost of the work; without it the cost is given as zero. */
  nowMs?: () => number
}
