import type { MailTransport, OutgoingMessage, SendOutcome } from './mail-transport.ts'

export type FakeMailTransport = MailTransport & {
  /** Every attempt in order, whatever its outcome. */
  readonly attempts: OutgoingMessage[]
  /** What a server would hold: accepted messages in order. */
  readonly accepted: OutgoingMessage[]
  /** Outcomes for the next attempts; when none is left, messages are accepted. */
  readonly next: SendOutcome[]
}

/** A transport that keeps messages in memory and ends as it is told to. */
export function createFakeMailTransport(): FakeMailTransport {
  const attempts: OutgoingMessage[] = []
  const accepted: OutgoingMessage[] = []
  const next: SendOutcome[] = []
  return {
    attempts,
    accepted,
    next,
    async send(message) {
      attempts.push(message)
      const outcome = next.shift() ?? { outcome: 'accepted', answer: '250 kept in memory' }
      if (outcome.outcome === 'accepted') accepted.push(message)
      return outcome
    },
    async [Symbol.asyncDispose]() {},
  }
}
