import type { DiscoveredEpisode, Person } from '../../model/episode.ts'

/** What a feed says about itself and its episodes, whatever format it is written in. */
export interface ParsedFeed {
  title: string
  description: string
  /** The publisher's own page. */
  siteUrl: string | null
  imageUrl: string | null
  author: string | null
  /** BCP 47 tag. */
  language: string | null
  kind: 'podcast' | 'youtube' | 'blog'
  /** People of the show (`podcast:person` of the channel). */
  persons: Person[]
  /** `podcast:guid`: the show's identity across hosts. */
  podcastGuid: string | null
  /** How long the publisher asks readers to wait between checks. */
  ttlMinutes: number | null
  /** Hours of the day, GMT, in which the publisher asks not to be checked. */
  skipHours: number[]
  /** `itunes:new-feed-url`: where the publisher says the feed moved. Needs confirmation. */
  newFeedUrl: string | null
  /** The address the feed gives as its own. */
  selfUrl: string | null
  /** WebSub hub. */
  hubUrl: string | null
  /** `itunes:block`: the publisher asks not to be listed. */
  isUnlisted: boolean
  /** `itunes:complete`: no more episodes will come. */
  isComplete: boolean
  /** In the order of the feed. Those whose guid was known to the caller are left out. */
  episodes: DiscoveredEpisode[]
  /** What was mended or left out, as sentences for readers. */
  warnings: string[]
}

/** All of a feed but its episodes. */
export type FeedHead = Omit<ParsedFeed, 'episodes' | 'warnings'>

/** An episode before identities are settled: `guid` is null when the publisher gave none. */
export type EpisodeDraft = Omit<DiscoveredEpisode, 'guid'> & { guid: string | null }

export interface MapContext {
  /** Address of the feed: relative links are resolved against it. */
  url: string
  now: Date
}

/** A feed, or a slice of one, after mapping. */
export interface FeedPart {
  head: FeedHead
  drafts: EpisodeDraft[]
}
