/** Identities are UUIDv7 strings: unique everywhere, sortable by time of making. */
export type ReaderId = string
export type SourceId = string
export type SubscriptionId = string
export type EpisodeId = string
export type TranscriptId = string
export type SummaryId = string
export type StoryId = string
export type DigestId = string
export type DeliveryId = string
