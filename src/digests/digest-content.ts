import { z } from 'zod'
import { editionSchema, missingItemSchema } from '../model/digest.ts'
import { sourceKindSchema } from '../model/source.ts'
import { badgeSchema } from '../model/summary.ts'
import { transcriptOriginSchema } from '../model/transcript.ts'

/** A place inside an episode: seconds from the start, or a paragraph's index from 0. */
export const momentPlaceSchema = z.object({
  unit: z.enum(['time', 'paragraph']),
  start: z.number().nonnegative(),
})
export type MomentPlace = z.infer<typeof momentPlaceSchema>

/** A quotation with its speaker and its place, and the link that goes there. */
export const digestMomentSchema = z.object({
  /** A few words that say what it is about; null when there are none. */
  label: z.string().nullable(),
  /** Verbatim. */
  quote: z.string(),
  speaker: z.string().nullable(),
  at: momentPlaceSchema,
  /** Absolute URL of this very moment. */
  url: z.string(),
})
export type DigestMoment = z.infer<typeof digestMomentSchema>

/**
 * What to do with an episode, told only where its own figures prove it. `listen`: most of what is
 * quoted lies in one stretch from `fromSeconds` on. `read`: it is text. `skip`: nothing in its
 * transcript could be quoted.
 */
export const verdictSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('listen'),
    fromSeconds: z.number().nonnegative(),
    minutes: z.number().int().positive(),
    quotesInside: z.number().int().positive(),
    quotesTotal: z.number().int().positive(),
  }),
  z.object({ kind: z.literal('read') }),
  z.object({ kind: z.literal('skip') }),
])
export type Verdict = z.infer<typeof verdictSchema>

/** The episode drawn as a bar: where its chapters begin and which parts are quoted. */
export const stripSchema = z.object({
  /** Length in the unit of the places: seconds or paragraphs. */
  length: z.number().positive(),
  /** Starts of chapters after the first, ascending, in the same unit. */
  chapterStarts: z.array(z.number().nonnegative()),
  /** Stretches from which something is cited, ascending, in the same unit. */
  cited: z.array(z.object({ start: z.number().nonnegative(), end: z.number().nonnegative() })),
})
export type Strip = z.infer<typeof stripSchema>

/** One episode in the digest, the same for every reader who gets it. */
export const digestItemSchema = z.object({
  episodeId: z.string(),
  title: z.string(),
  show: z.string(),
  kind: sourceKindSchema,
  /** ISO 8601 instant; null when the publisher gives none. */
  publishedAt: z.string().nullable(),
  durationSeconds: z.number().nonnegative().nullable(),
  /** Minutes that our page about it takes to read, at least 1. */
  readingMinutes: z.number().int().positive().nullable(),
  /** BCP 47 tag of the item's own words. */
  language: z.string(),
  /** One sentence; empty when nothing honest can be said. */
  description: z.string(),
  badges: z.array(badgeSchema),
  /** At most three, in order of place. */
  moments: z.array(digestMomentSchema).max(3),
  /** Absolute URL of our page about it. */
  pageUrl: z.string(),
  origin: transcriptOriginSchema,
  verdict: verdictSchema.nullable(),
  strip: stripSchema.nullable(),
})
export type DigestItem = z.infer<typeof digestItemSchema>

export const digestStorySideSchema = z.object({
  episodeId: z.string(),
  show: z.string(),
  speaker: z.string().nullable(),
  quote: z.string(),
  at: momentPlaceSchema,
  url: z.string(),
})
export type DigestStorySide = z.infer<typeof digestStorySideSchema>

/** Items of different shows that tell one thing, and the points on which they differ. */
export const digestStorySchema = z.object({
  title: z.string(),
  episodeIds: z.array(z.string()).min(2),
  differences: z.array(
    z.object({
      point: z.string(),
      kind: z.enum(['number', 'stance']),
      sides: z.array(digestStorySideSchema).min(2),
    }),
  ),
})
export type DigestStory = z.infer<typeof digestStorySchema>

/**
 * All that a digest says, ready to be rendered as HTML, as text, as a page or as JSON. URLs are
 * absolute (http or https); in a digest that is written to a folder they are relative, or `file:`.
 * Frozen when the digest is built: rendering it twice gives the same bytes.
 */
export const digestContentSchema = z.object({
  edition: editionSchema,
  /** The reader's own calendar date, `YYYY-MM-DD`. */
  localDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** Episodes in order of reading. */
  items: z.array(digestItemSchema),
  stories: z.array(digestStorySchema),
  /** Items that are here a second time because the first digest may not have arrived. */
  carriedEpisodeIds: z.array(z.string()),
  /** Episodes that are ready too but wait on the web for want of room. */
  moreCount: z.number().int().nonnegative(),
  missing: z.array(missingItemSchema),
  /** Null for a digest that was made in one go into a folder: it has no reader and no server. */
  links: z
    .object({
      /** This digest on the web, whole. */
      webView: z.string(),
      /** Opens a page with a button; opening it changes nothing. */
      unsubscribe: z.string(),
      settings: z.string(),
    })
    .nullable(),
})
export type DigestContent = z.infer<typeof digestContentSchema>
