import { z } from 'zod'
import { audienceSchema } from './audience.ts'
import { sourceKindSchema } from './source.ts'

/** A person the publisher names, such as `{ name: 'Ada Example', role: 'host' }`. */
export const personSchema = z.object({ name: z.string(), role: z.string().nullable() })
export type Person = z.infer<typeof personSchema>

/** A media file the feed offers. */
export const enclosureSchema = z.object({
  url: z.string(),
  type: z.string().nullable(),
  bytes: z.number().int().nonnegative().nullable(),
})
export type Enclosure = z.infer<typeof enclosureSchema>

/** A transcript file the feed offers (`podcast:transcript`). */
export const transcriptLinkSchema = z.object({
  url: z.string(),
  /** Media type as the feed gives it; it is often wrong, the text itself decides. */
  type: z.string(),
  language: z.string().nullable(),
})
export type TranscriptLink = z.infer<typeof transcriptLinkSchema>

/** A chapter as its publisher gives it. Times in seconds from the start of the media. */
export const givenChapterSchema = z.object({ title: z.string(), start: z.number().nonnegative() })
export type GivenChapter = z.infer<typeof givenChapterSchema>

export const linkSchema = z.object({
  url: z.string(),
  title: z.string(),
  /** Where the link was found: `notes`, `chapters`, `feed`. */
  origin: z.string(),
})
export type Link = z.infer<typeof linkSchema>

/** The show notes after cleaning. */
export const cleanNotesSchema = z.object({
  /** Sanitised HTML: safe to put on a page as it stands. */
  html: z.string(),
  /** The same as plain text, paragraphs separated by a blank line. */
  text: z.string(),
  /** Each distinct link once, in order of appearance. */
  links: z.array(linkSchema),
  /** Times recognised in the notes, ascending; empty when there are fewer than two. */
  chapters: z.array(givenChapterSchema),
})
export type CleanNotes = z.infer<typeof cleanNotesSchema>

/** What a source's feed says about one episode, before anything else is fetched. */
export const discoveredEpisodeSchema = z.object({
  /** The publisher's guid, or a stable stand-in when there is none; unique within its source. */
  guid: z.string(),
  title: z.string(),
  link: z.string().nullable(),
  /** Clamped to [1990, now + 1 day]; null when the feed gives none that can be read. */
  publishedAt: z.date().nullable(),
  durationSeconds: z.number().nonnegative().nullable(),
  /** The publisher's own description, HTML or text, exactly as given. */
  notesRaw: z.string(),
  enclosures: z.array(enclosureSchema),
  transcripts: z.array(transcriptLinkSchema),
  /** URL of a Podcasting 2.0 chapters file. */
  chaptersUrl: z.string().nullable(),
  persons: z.array(personSchema),
  imageUrl: z.string().nullable(),
  season: z.number().nullable(),
  number: z.number().nullable(),
  language: z.string().nullable(),
  /** Announced, but nothing to hear yet: it is taken when it has begun. */
  isUpcoming: z.boolean().optional(),
})
export type DiscoveredEpisode = z.infer<typeof discoveredEpisodeSchema>

/** The last step of the line that an episode has finished. */
export const episodeStageSchema = z.enum([
  'discovered',
  'fetched',
  'transcribed',
  'summarised',
  'grouped',
])
export type EpisodeStage = z.infer<typeof episodeStageSchema>

/** One thing that a source published. */
export const episodeSchema = discoveredEpisodeSchema.extend({
  id: z.string(),
  sourceId: z.string(),
  kind: sourceKindSchema,
  audience: audienceSchema,
  stage: episodeStageSchema,
  /** Why the line stopped or waits here, as a sentence for readers; null while all is well. */
  stageReason: z.string().nullable(),
  notes: cleanNotesSchema.nullable(),
  /** The publisher's chapters from notes or chapters file, whichever was better. */
  givenChapters: z.array(givenChapterSchema),
  discoveredAt: z.date(),
})
export type Episode = z.infer<typeof episodeSchema>
