import { createHash } from 'node:crypto'
import type { SummaryInput } from './summary-input.ts'

/** Raised whenever the same input would give another summary. */
export const SUMMARISER_VERSION = 1

/**
 * Identity of a summary: the same words about the same episode share one. SHA-256 in hex of the
 * content, the language and the version of the summariser; never of who reads it.
 */
export function summaryKeyOf(input: SummaryInput): string {
  const content = [
    SUMMARISER_VERSION,
    input.title,
    input.show,
    input.publishedAt?.toISOString() ?? null,
    input.durationSeconds,
    input.language,
    input.persons,
    input.notes?.html ?? null,
    input.givenChapters,
    input.givenChaptersOrigin,
    input.rosterNames ?? [],
    input.corrections ?? [],
    [...(input.repeatedSentences ?? [])].sort(),
    input.transcript.language,
    input.transcript.origin,
    input.transcript.segments.map(({ start, end, speaker, text }) => [start, end, speaker, text]),
  ]
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
