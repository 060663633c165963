import type { CleanNotes } from '../model/episode.ts'
import { messageOf } from '../model/failure.ts'
import { isTimed, type Segment, type Transcript } from '../model/transcript.ts'
import { type Clock, systemClock } from '../platform/clock.ts'
import { proseOfNotes } from '../text/html/prose-of-notes.ts'
import type {
  TranscriptAnswer,
  TranscriptProvider,
  TranscriptSubject,
} from './transcript-provider.ts'

/** One provider's turn, as it is recorded and shown to readers. */
export interface TranscriptAttempt {
  provider: string
  outcome: 'found' | 'not-found' | 'failed'
  reason: string
  ms: number
}

export interface GetTranscriptRequest {
  /** With its cleaned notes, the last resort. */
  episode: TranscriptSubject & { notes: Pick<CleanNotes, 'text'> | null }
  providers: readonly TranscriptProvider[]
  /** Default: the system's. */
  clock?: Clock | undefined
  signal?: AbortSignal | undefined
}

export interface GotTranscript {
  /** The best text there is now. Without segments when there is none at all, not even notes. */
  transcript: Transcript
  /** The name of the provider that it comes from, or `notes`. */
  from: string
  attempts: TranscriptAttempt[]
  /** The earliest time at which a provider that had nothing yet may have something better. */
  retryAt: Date | null
}

/**
 * The best text of an episode: asks the providers in order and takes the first transcript with
 * times; else the first one without; else the text of the notes, and says so.
 *
 * Every attempt is recorded. A provider that fails costs its turn only. When `signal` is aborted its
 * own reason is thrown.
 */
export async function getTranscript(request: GetTranscriptRequest): Promise<GotTranscript> {
  const attempts: TranscriptAttempt[] = []
  const waits: Date[] = []
  let untimed: { transcript: Transcript; from: string } | null = null
  for (const provider of request.providers) {
    request.signal?.throwIfAborted()
    const { answer, attempt } = await ask(provider, request)
    attempts.push(attempt)
    if (answer === null) continue
    if (!answer.found) {
      if (answer.retryAt !== null) waits.push(answer.retryAt)
      continue
    }
    const found = { transcript: answer.transcript, from: provider.name }
    if (isTimed(answer.transcript)) return { ...found, attempts, retryAt: null }
    untimed ??= found
  }
  const retryAt = waits.length === 0 ? null : new Date(Math.min(...waits.map(Number)))
  if (untimed !== null) return { ...untimed, attempts, retryAt }
  return { ...fromNotes(request.episode, attempts), attempts, retryAt }
}

/** Text of notes or an article as a transcript of origin `text`: one segment a paragraph. */
export function transcriptOfText(text: string, language: string | null): Transcript {
  const segments: Segment[] = text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph, index) => ({ start: index, end: index, speaker: null, text: paragraph }))
  return { language: language ?? 'und', origin: 'text', segments }
}

async function ask(
  provider: TranscriptProvider,
  { episode, clock = systemClock, signal }: GetTranscriptRequest,
): Promise<{ answer: TranscriptAnswer | null; attempt: TranscriptAttempt }> {
  const started = clock.now()
  const attempt = (outcome: TranscriptAttempt['outcome'], reason: string): TranscriptAttempt => {
    return { provider: provider.name, outcome, reason, ms: Number(clock.now()) - Number(started) }
  }
  try {
    const answer = await provider.find({ episode, now: started, signal })
    return { answer, attempt: attempt(answer.found ? 'found' : 'not-found', answer.reason) }
  } catch (error) {
    signal?.throwIfAborted()
    return { answer: null, attempt: attempt('failed', messageOf(error)) }
  }
}

function fromNotes(
  { notes, language }: GetTranscriptRequest['episode'],
  attempts: TranscriptAttempt[],
): { transcript: Transcript; from: string } {
  const transcript = transcriptOfText(proseOfNotes(notes?.text ?? ''), language)
  const isEmpty = transcript.segments.length === 0
  attempts.push({
    provider: 'notes',
    outcome: isEmpty ? 'not-found' : 'found',
    reason: isEmpty
      ? 'The show notes are empty too, so there is no text of this episode.'
      : 'There is no transcript; this rests on the show notes alone.',
    ms: 0,
  })
  return { transcript, from: 'notes' }
}
