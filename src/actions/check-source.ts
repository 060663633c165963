import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DiscoveredEpisode } from '../model/episode.ts'
import { Failure, isFailure } from '../model/failure.ts'
import type { SourceKind } from '../model/source.ts'
import { displayUrl, shownUrlOf } from '../platform/http/display-url.ts'
import type { GuardedFetch } from '../platform/http/guarded-fetch.ts'
import type { ParsedFeed } from '../sources/feed/parsed-feed.ts'
import { readFeedFile } from '../sources/feed/read-feed-file.ts'
import { findSource } from '../sources/find-source.ts'
import { isPrivateFeed } from '../sources/is-private-feed.ts'

/** What a look at an address found. Nothing is kept. */
export type SourceFinding =
  | {
      found: true
      /** Where it is read; to be shown by `shownUrl` alone. */
      url: string
      /** The address with what could be a key hidden. */
      shownUrl: string
      /** True for a feed that was most likely made for one reader alone. */
      isPrivate: boolean
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

const CHECK_TIMEOUT_MS = 20_000

export type CheckDeps = {
  fetch: GuardedFetch
  now: Date
  /** Lets an address be a file. For the owner at a terminal alone, never for what the web is given. */
  readsFiles?: boolean
}

/** Finds what can be followed behind an address, within twenty seconds. Keeps nothing. */
export async function checkSource(deps: CheckDeps, address: string): Promise<SourceFinding> {
  if (deps.readsFiles && existsSync(address)) return checkFile(address, deps.now)
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(tookTooLong(address)), CHECK_TIMEOUT_MS)
  try {
    const answer = await findSource(address, { ...deps, signal: patience.signal })
    if (!answer.found) return answer
    const { url, feed } = answer
    const isPrivate = isPrivateFeed(url, feed)
    return {
      found: true,
      url,
      isPrivate,
      shownUrl: shownUrlOf(url, isPrivate),
      ...about(feed, url),
    }
  } finally {
    clearTimeout(timer)
  }
}

async function checkFile(path: string, now: Date): Promise<SourceFinding> {
  try {
    const { feed } = await readFeedFile(path, { now })
    const url = pathToFileURL(path).href
    return { found: true, url, shownUrl: url, isPrivate: false, ...about(feed, url) }
  } catch (error) {
    if (isFailure(error) && error.blame !== 'us') return { found: false, reason: error.message }
    throw error
  }
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

function tookTooLong(address: string): Failure {
  const name = displayUrl(address.trim())
  const seconds = CHECK_TIMEOUT_MS / 1000
  const message = `${name} took longer than ${seconds} seconds. Try again later, or paste the feed’s own address.`
  return new Failure('timed-out', 'outside', message)
}
