import type { JournalRecord } from '../mail/send-journal.ts'

/**
 * How a delivery stands by the send journal alone. `not-taken`: no server took it, send it.
 * `sent`, `failed`: it is over. `uncertain`: an attempt began and nobody knows how it ended.
 */
export type LastAttempt = 'not-taken' | 'sent' | 'failed' | 'uncertain'

/** What is said of an attempt of which the journal has no answer. */
export const UNANSWERED = 'The program ended while the mail server was answering.'

/**
 * Reads from the journal how a delivery stands. Where sending twice leaves one message, as in the
 * outbox, an attempt without an answer is as good as none.
 */
export function readLastAttempt(record: JournalRecord, isRepeatable: boolean): LastAttempt {
  if (record.accepted) return 'sent'
  if (record.last === null) return isRepeatable ? 'not-taken' : 'uncertain'
  switch (record.last.outcome) {
    case 'accepted':
      return 'sent'
    case 'uncertain':
      return isRepeatable ? 'not-taken' : 'uncertain'
    case 'not-sent':
      return 'not-taken'
    case 'refused':
      // Only the server's 5xx is for good; its first digit stands at the head of the answer.
      return record.last.answer.startsWith('5') ? 'failed' : 'not-taken'
  }
}
