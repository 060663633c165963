import { z } from 'zod'
import { linkSchema, personSchema } from './episode.ts'
import { transcriptOriginSchema } from './transcript.ts'
import { tierSchema, usageSchema } from './usage.ts'

export const badgeSchema = z.enum([
  'Discussion',
  'Interview',
  'Opinion',
  'News',
  'Tutorial',
  'Analysis',
  'Review',
  'Story',
])
export type Badge = z.infer<typeof badgeSchema>

/** The span of the transcript that a claim rests on. */
export const evidenceSchema = z.object({
  /** Unique within its summary; claims refer to it. */
  id: z.string(),
  /** `time`: start and end are seconds. `paragraph`: they are paragraph indexes, from 0. */
  unit: z.enum(['time', 'paragraph']),
  start: z.number().nonnegative(),
  end: z.number().nonnegative(),
  speaker: z.string().nullable(),
  /** Verbatim: a substring of the joined raw text of the segments between start and end. */
  quote: z.string(),
})
export type Evidence = z.infer<typeof evidenceSchema>

/** A sentence of the summary and the evidence it rests on: at least one piece. */
export const sentenceSchema = z.object({
  text: z.string(),
  evidenceIds: z.array(z.string()).min(1),
})

export const paragraphSchema = z.object({ sentences: z.array(sentenceSchema).min(1) })
export type Paragraph = z.infer<typeof paragraphSchema>

/** Whether a claim is told as a fact, held as an opinion, a forecast, or passed on from others. */
export const stanceSchema = z.enum(['fact', 'opinion', 'forecast', 'report'])
export type Stance = z.infer<typeof stanceSchema>

/** One thing worth knowing. */
export const insightSchema = z.object({
  id: z.string(),
  /** A few words of the source's own that say what it is about. */
  label: z.string(),
  text: z.string(),
  /** Who said it; null when nobody can tell. */
  speaker: z.string().nullable(),
  stance: stanceSchema.nullable(),
  evidenceIds: z.array(z.string()).min(1),
  /** `passed`: checked against its evidence. `quoted`: the text is the quote itself. */
  check: z.enum(['passed', 'quoted']),
})
export type Insight = z.infer<typeof insightSchema>

/** A point on which people in the episode differ; never fewer than two quoted sides. */
export const disagreementSchema = z.object({
  point: z.string(),
  sides: z
    .array(
      z.object({
        speaker: z.string().nullable(),
        text: z.string(),
        evidenceIds: z.array(z.string()).min(1),
      }),
    )
    .min(2),
})
export type Disagreement = z.infer<typeof disagreementSchema>

/** A stretch of the episode. Times in the unit of the summary's evidence. */
export const chapterSchema = z.object({
  title: z.string(),
  start: z.number().nonnegative(),
  end: z.number().nonnegative(),
  /** `notes`: times in the show notes. `publisher`: a chapters file. `detected`: found by us. */
  origin: z.enum(['notes', 'publisher', 'detected']),
})
export type Chapter = z.infer<typeof chapterSchema>

export const speakerSchema = z.object({
  /** As the transcript labels them. */
  label: z.string(),
  /** The person's name where the text or the feed proves it. */
  name: z.string().nullable(),
  /** Share of the episode's words, 0 to 1. */
  share: z.number().min(0).max(1),
  /** The evidence that proves the name, where the label alone does not. */
  proofEvidenceId: z.string().optional(),
})
export type Speaker = z.infer<typeof speakerSchema>

/** A name that was put right: what was heard, what is shown, why, how often. */
export const nameFixSchema = z.object({
  heard: z.string(),
  shown: z.string(),
  reason: z.string(),
  count: z.number().int().positive(),
})
export type NameFix = z.infer<typeof nameFixSchema>

export const SUMMARY_SCHEMA_VERSION = 1

/**
 * What an episode says, each claim with its evidence. Fields may be added, never removed; a change
 * of meaning raises `schemaVersion`.
 */
export const summarySchema = z.object({
  schemaVersion: z.literal(SUMMARY_SCHEMA_VERSION),
  title: z.string(),
  show: z.string(),
  /** ISO 8601 instant; null when the publisher gives none. */
  publishedAt: z.string().nullable(),
  durationSeconds: z.number().nonnegative().nullable(),
  /** BCP 47 tag of the summary's language. */
  language: z.string(),
  transcriptOrigin: transcriptOriginSchema,
  tier: tierSchema,
  badges: z.array(badgeSchema),
  /** One sentence; empty when nothing honest can be said. */
  description: z.string(),
  evidence: z.array(evidenceSchema),
  paragraphs: z.array(paragraphSchema),
  insights: z.array(insightSchema),
  disagreements: z.array(disagreementSchema),
  chapters: z.array(chapterSchema),
  topics: z.array(z.string()),
  people: z.array(personSchema),
  speakers: z.array(speakerSchema),
  links: z.array(linkSchema),
  names: z.array(nameFixSchema),
  /** Names that may be wrong, for a person to decide. */
  nameSuggestions: z.array(nameFixSchema).optional(),
  /** Advertising and self-promotion, left out of the summary. Times as for chapters. */
  ads: z.array(z.object({ start: z.number().nonnegative(), end: z.number().nonnegative() })),
  coverage: z.object({
    wordsIn: z.number().int().nonnegative(),
    wordsOut: z.number().int().nonnegative(),
    /** Minutes (or paragraphs) from which something is cited, ascending, each once. */
    minutesCited: z.array(z.number().int().nonnegative()),
  }),
  checks: z.object({
    claims: z.number().int().nonnegative(),
    passed: z.number().int().nonnegative(),
    quoted: z.number().int().nonnegative(),
    dropped: z.array(z.object({ text: z.string(), reason: z.string() })),
  }),
  usage: usageSchema,
})
export type Summary = z.infer<typeof summarySchema>
