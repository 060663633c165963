import type { Episode } from '../model/episode.ts'
import type { Transcript } from '../model/transcript.ts'

/** What a provider needs to know of an episode. */
export type TranscriptSubject = Pick<
  Episode,
  'title' | 'link' | 'publishedAt' | 'language' | 'durationSeconds' | 'enclosures' | 'transcripts'
>

export interface TranscriptRequest {
  episode: TranscriptSubject
  now: Date
  signal?: AbortSignal | undefined
}

/**
 * What a provider has. `reason` is a sentence part for readers: of a find, what it is and what it
 * lacks; otherwise why there is none, and `retryAt` when asking again is worth while.
 */
export type TranscriptAnswer =
  | { found: true; transcript: Transcript; reason: string }
  | { found: false; reason: string; retryAt: Date | null }

/**
 * One place where the words of an episode may be found: the publisher's files, a platform's
 * captions, a speech model.
 *
 * `find` answers with what it has, which satisfies `transcriptSchema`; a text without times has
 * origin `text`. What it cannot foresee it throws as a Failure; the ladder goes on all the same.
 */
export interface TranscriptProvider {
  /** Short and stable, such as `publisher`: it is stored with every attempt. */
  readonly name: string
  find(request: TranscriptRequest): Promise<TranscriptAnswer>
}
