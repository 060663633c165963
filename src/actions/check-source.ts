import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DiscoveredEpisode } from '../model/episode.ts'
import { Failure, isFailure } from '../model/failure.ts'
import type { SourceKind } from '../model/source.ts'
import type { GuardedFetch } from '../platform/http/guarded-fetch.ts'
import type { ParsedFeed } from '../sources/feed/parsed-feed.ts'
import { readFeed } from '../sources/feed/read-feed.ts'
import { readFeedFile } from '../sources/feed/read-feed-file.ts'

/** What a look at an address found. Nothing is kept. */
export type SourceFinding =
  | {
      found: true
      url: string
      kind: SourceKind
      title: string
      description: string
      author: string | null
      siteUrl: string | null
      imageUrl: string | null
      episodes: DiscoveredEpisode[]
      warnings: string[]
    }
  /** Why not, and what to do: a sentence for the reader. */
  | { found: false; reason: string }

const CHECK_TIMEOUT_MS = 10_000

export type CheckDeps = {
  fetch: GuardedFetch
  now: Date
  /** Lets an address be a file. For the owner at a terminal alone, never for what the web is given. */
  readsFiles?: boolean
}

/** Reads an address once, within ten seconds, and says what is there. Keeps nothing. */
export async function checkSource(deps: CheckDeps, address: string): Promise<SourceFinding> {
  if (deps.readsFiles && existsSync(address)) return checkFile(address, deps.now)
  const url = parseAddress(address)
  if (url === undefined) return { found: false, reason: notAnAddress(address) }
  try {
    const feed = await readOnce(deps, url)
    return { found: true, url, ...about(feed, url) }
  } catch (error) {
    if (isFailure(error) && error.blame !== 'us') return { found: false, reason: error.message }
    throw error
  }
}

/** An address as a person may type it: without `https://`, with spaces around it. */
export function parseAddress(address: string): string | undefined {
  const trimmed = address.trim()
  if (trimmed.startsWith('sample:')) return trimmed
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`
  if (!URL.canParse(withScheme)) return undefined
  const url = new URL(withScheme)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return (isWeb && url.hostname.includes('.')) || isLocal(url) ? url.href : undefined
}

// An owner may run a feed on this very machine; whether it may be read is for the guard to say.
const isLocal = (url: URL): boolean =>
  (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname === 'localhost'

async function checkFile(path: string, now: Date): Promise<SourceFinding> {
  try {
    const { feed } = await readFeedFile(path, { now })
    const url = pathToFileURL(path).href
    return { found: true, url, ...about(feed, url) }
  } catch (error) {
    if (isFailure(error) && error.blame !== 'us') return { found: false, reason: error.message }
    throw error
  }
}

async function readOnce({ fetch, now }: CheckDeps, url: string): Promise<ParsedFeed> {
  const reading = await readFeed({
    url,
    fetch,
    now,
    previous: { etag: null, lastModified: null, bodyHash: null },
    signal: AbortSignal.timeout(CHECK_TIMEOUT_MS),
  })
  if (reading.outcome === 'changed') return reading.feed
  throw new Failure(
    'not-a-feed',
    'outside',
    `${url} answered that nothing has changed since a time that we never asked about. Try it again later.`,
  )
}

function about(feed: ParsedFeed, url: string) {
  return {
    kind: feed.kind,
    title: feed.title || new URL(url).hostname || basename(new URL(url).pathname),
    description: feed.description ?? '',
    author: feed.author,
    siteUrl: feed.siteUrl,
    imageUrl: feed.imageUrl,
    episodes: feed.episodes,
    warnings: feed.warnings,
  }
}

const notAnAddress = (text: string): string =>
  `“${text.trim().slice(0, 80)}” is not a web address. Paste the link of a podcast's feed, such as https://example.org/feed.xml.`
