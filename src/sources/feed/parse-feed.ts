import { parseJsonFeed } from 'feedsmith'
import { Failure } from '../../model/failure.ts'
import { sourceName } from './feed-url.ts'
import { mapJson } from './map-json.ts'
import type { FeedPart, MapContext, ParsedFeed } from './parsed-feed.ts'
import { readInSlices } from './read-in-slices.ts'
import { recogniseFeed } from './recognise-feed.ts'
import { settleIdentities } from './settle-identities.ts'

/** A feed holds at most this many episodes for us; of more the newest are kept. */
export const MAX_EPISODES = 5_000
const MAX_JSON_LENGTH = 8_000_000
const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])

export interface ParseFeedOptions extends MapContext {
  /** Episodes that the caller has: they are skipped, which makes a poll of a long feed cheap. */
  knownGuids?: { has(guid: string): boolean } | undefined
}

/**
 * Reads a feed: RSS, Atom, RDF or JSON Feed, well-formed or as publishers write them.
 *
 * Gives the feed and its episodes in the order of the feed, without those in `knownGuids`. Items
 * are found by scanning and parsed in slices with pauses between them, so that no feed holds the
 * event loop; what cannot be read is left out and said in `warnings`.
 *
 * Throws a Failure: `feed-empty`, `feed-is-html`, `not-a-feed`, `feed-broken` (no item of it can be
 * read) or `feed-too-large` (one part of it is too large to be read).
 */
export async function parseFeed(text: string, options: ParseFeedOptions): Promise<ParsedFeed> {
  const recognised = recogniseFeed(text, options.url)
  if (recognised.format === 'json') return finish(readJson(recognised.text, options), options)
  const part = await readInSlices(recognised, options)
  return finish(part, options)
}

function readJson(text: string, context: MapContext): FeedPart & { warnings: string[] } {
  const name = sourceName(context.url)
  if (text.length > MAX_JSON_LENGTH) {
    throw new Failure('feed-too-large', 'outside', `${name} is too large for a JSON feed.`)
  }
  try {
    return { ...mapJson(parseJsonFeed<string>(jsonOf(text)), context), warnings: [] }
  } catch (cause) {
    const advice = 'Check the address: it must lead to an RSS, Atom or JSON feed.'
    throw new Failure('not-a-feed', 'outside', `${name} is not a feed. ${advice}`, { cause })
  }
}

/** The value of a JSON text without members that would stand for an object's own machinery. */
function jsonOf(text: string): unknown {
  if (!/"(?:__proto__|constructor|prototype)"/.test(text)) return JSON.parse(text)
  return JSON.parse(text, (key, value: unknown) => (RESERVED.has(key) ? undefined : value))
}

function finish(
  part: FeedPart & { warnings: readonly string[] },
  { knownGuids }: ParseFeedOptions,
): ParsedFeed {
  const settled = settleIdentities(part.drafts, part.head)
  const newest = newestOf(settled.episodes)
  const warnings = [...part.warnings, ...settled.warnings]
  if (newest.length < settled.episodes.length) {
    warnings.push(
      `The feed lists ${settled.episodes.length} episodes; the newest ${MAX_EPISODES} are kept.`,
    )
  }
  const episodes =
    knownGuids === undefined ? newest : newest.filter(({ guid }) => !knownGuids.has(guid))
  return { ...part.head, episodes, warnings }
}

/** The newest in the order of the feed; those without a date count as the oldest. */
function newestOf(episodes: ParsedFeed['episodes']): ParsedFeed['episodes'] {
  if (episodes.length <= MAX_EPISODES) return episodes
  const byAge = episodes.toSorted((a, b) => timeOf(b.publishedAt) - timeOf(a.publishedAt))
  const kept = new Set(byAge.slice(0, MAX_EPISODES))
  return episodes.filter((episode) => kept.has(episode))
}

function timeOf(date: Date | null): number {
  return date?.getTime() ?? 0
}
