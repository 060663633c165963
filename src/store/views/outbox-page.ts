import type { DeliveryState } from '../../model/digest.ts'

/** One kept message in the list. */
export type OutboxRow = {
  /** The delivery's id. */
  id: string
  digestId: string
  subject: string
  /** An e-mail address, or `outbox` when no mail server is configured. */
  address: string
  state: DeliveryState
  createdAt: Date
  sentAt: Date | null
  lastAnswer: string | null
  /** Size of the whole message. */
  bytes: number
}

/** The reader's own messages, newest first. */
export type OutboxPage = {
  /** Changes whenever anything on the page does. */
  version: string
  /** True when a mail server is configured; false when messages are only kept here. */
  sendsMail: boolean
  messages: OutboxRow[]
}

/** One kept message, opened. */
export type OutboxMessage = OutboxRow & {
  from: string
  to: string
  messageId: string
  /** The HTML part exactly as sent; null when there is none. */
  html: string | null
  /** The plain-text part exactly as sent. */
  text: string
  /** The message's bytes, RFC 5322. */
  raw: Uint8Array
}
