import { z } from 'zod'

export const editionSchema = z.enum(['daily', 'weekly'])
export type Edition = z.infer<typeof editionSchema>

/** Why an item that a reader might expect is not in the digest. */
export const missingItemSchema = z.object({
  sourceTitle: z.string(),
  /** Null when the source itself failed. */
  episodeTitle: z.string().nullable(),
  /** A sentence for the reader. */
  reason: z.string(),
})
export type MissingItem = z.infer<typeof missingItemSchema>

/**
 * What one reader gets in one edition for one local date. (reader, edition, localDate) is unique:
 * it is what makes a second digest for the same morning impossible.
 */
export const digestSchema = z.object({
  id: z.string(),
  readerId: z.string(),
  edition: editionSchema,
  /** The reader's own calendar date, `YYYY-MM-DD`. */
  localDate: z.string(),
  /** Chosen episodes in order of reading; frozen once built. */
  episodeIds: z.array(z.string()),
  /** Episodes carried over from a digest whose arrival is uncertain. */
  carriedEpisodeIds: z.array(z.string()),
  missing: z.array(missingItemSchema),
  createdAt: z.date(),
})
export type Digest = z.infer<typeof digestSchema>

/**
 * `built`: bytes are ready. `sending`: claimed by one sender. `sent`: the server took it, or it
 * lies in the outbox. `uncertain`: the connection broke after the last byte and before the answer;
 * never sent again, its items are carried over. `failed`: refused for good. `cancelled`: no longer
 * wanted when its turn came.
 */
export const deliveryStateSchema = z.enum([
  'built',
  'sending',
  'sent',
  'uncertain',
  'failed',
  'cancelled',
])
export type DeliveryState = z.infer<typeof deliveryStateSchema>

/** One digest to one address. (digestId, address) is unique. */
export const deliverySchema = z.object({
  id: z.string(),
  digestId: z.string(),
  /** An e-mail address, or `outbox` when no mail server is configured. */
  address: z.string(),
  state: deliveryStateSchema,
  /** Deterministic: the same for every attempt at this delivery. */
  messageId: z.string(),
  subject: z.string(),
  attempts: z.number().int().nonnegative(),
  /** The server's last answer, or why it failed. */
  lastAnswer: z.string().nullable(),
  sentAt: z.date().nullable(),
})
export type Delivery = z.infer<typeof deliverySchema>
