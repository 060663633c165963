import { z } from 'zod'
import { audienceSchema } from './audience.ts'

export const sourceKindSchema = z.enum(['podcast', 'youtube', 'newsletter', 'blog'])
export type SourceKind = z.infer<typeof sourceKindSchema>

/**
 * How a source is doing, in the words the sources page shows.
 *
 * `new`: never checked. `ok`: the last check succeeded. `failing`: the last check failed and will
 * be tried again. `gone`: the publisher says it is no more. `paused`: a person stopped it.
 */
export const sourceStateSchema = z.enum(['new', 'ok', 'failing', 'gone', 'paused'])
export type SourceState = z.infer<typeof sourceStateSchema>

/** Something followed. One row however many readers follow it. */
export const sourceSchema = z.object({
  id: z.string(),
  kind: sourceKindSchema,
  /** Where it is read: a feed URL, `sample:…`, or `file:` in the one-shot commands. */
  url: z.string(),
  title: z.string(),
  description: z.string(),
  /** The publisher's own page. */
  siteUrl: z.string().nullable(),
  imageUrl: z.string().nullable(),
  author: z.string().nullable(),
  /** BCP 47 tag as the publisher gives it. */
  language: z.string().nullable(),
  audience: audienceSchema,
  state: sourceStateSchema,
  /** Why the source is not `ok`, as a sentence for readers; null when it is. */
  stateReason: z.string().nullable(),
  lastCheckedAt: z.date().nullable(),
  nextCheckAt: z.date().nullable(),
})

export type Source = z.infer<typeof sourceSchema>
