/** A composed message on its way to one recipient. */
export type OutgoingMessage = {
  /** Where bounces go; empty for none. */
  envelopeFrom: string
  to: string
  /** RFC 5322 bytes, sent as they are. */
  raw: Uint8Array
  /** With angle brackets; the same on every attempt. */
  messageId: string
}

/**
 * How an attempt ended.
 *
 * `accepted`: the server took responsibility. `refused`: it said no; `permanent` when trying again
 * is no use (5xx). `not-sent`: it is certain that no server took it, because the connection failed
 * before the last byte was handed over. `uncertain`: the last byte was handed over and no answer
 * came, so it may or may not have been taken (RFC 1047); sending again could send twice.
 */
export type SendOutcome =
  | { outcome: 'accepted'; answer: string }
  | { outcome: 'refused'; code: number; answer: string; permanent: boolean }
  | { outcome: 'not-sent'; reason: string }
  | { outcome: 'uncertain'; reason: string }

/**
 * The way out for mail. `send` makes one attempt for one recipient and never tries again by
 * itself; every ending is a value, it throws only for a message that is no message (a caller's
 * mistake).
 */
export interface MailTransport extends AsyncDisposable {
  send(message: OutgoingMessage): Promise<SendOutcome>
}
