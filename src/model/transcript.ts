import { z } from 'zod'

/**
 * Where a transcript's words come from: the publisher's own file, the platform's captions, a
 * speech model, or no speech at all but the text of notes, an article or a newsletter.
 */
export const transcriptOriginSchema = z.enum(['publisher', 'captions', 'speech-to-text', 'text'])
export type TranscriptOrigin = z.infer<typeof transcriptOriginSchema>

/** A stretch of speech, or one paragraph when the origin is `text`. */
export const segmentSchema = z.object({
  /** Seconds from the start of the media; for origin `text` the paragraph's index. */
  start: z.number().nonnegative(),
  /** Seconds, never before `start`; for origin `text` the paragraph's index as well. */
  end: z.number().nonnegative(),
  /** The speaker's name or label as the transcript gives it. */
  speaker: z.string().nullable(),
  /** Plain text: no markup, entities decoded, white space single. */
  text: z.string(),
})
export type Segment = z.infer<typeof segmentSchema>

/** The words of one episode, in order of time: `start` never decreases, no segment is empty. */
export const transcriptSchema = z.object({
  /** BCP 47 tag; `und` when nobody knows. */
  language: z.string(),
  origin: transcriptOriginSchema,
  segments: z.array(segmentSchema),
})
export type Transcript = z.infer<typeof transcriptSchema>

/** False when segments carry paragraph numbers in place of seconds. */
export function isTimed(transcript: Pick<Transcript, 'origin'>): boolean {
  return transcript.origin !== 'text'
}
