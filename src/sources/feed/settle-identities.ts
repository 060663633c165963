import { createHash } from 'node:crypto'
import type { DiscoveredEpisode } from '../../model/episode.ts'
import { withoutTokens } from './feed-url.ts'
import type { EpisodeDraft } from './parsed-feed.ts'

/**
 * Gives every episode of one feed an identity of its own, the same at every reading.
 *
 * The publisher's guid; without one the link, unless it is only the show's page; else the media
 * file without its tokens; else a hash of title and date. Items that share an identity are one
 * episode when they share link, file or title, the newest reading kept; else the oldest keeps the
 * identity and the others get a suffix made from what sets them apart, never from their position.
 */
export function settleIdentities(
  drafts: readonly EpisodeDraft[],
  { siteUrl }: { siteUrl: string | null },
): { episodes: DiscoveredEpisode[]; warnings: string[] } {
  const named = drafts.map(
    (draft): DiscoveredEpisode => ({ ...draft, guid: identityOf(draft, siteUrl) }),
  )
  const groups = Map.groupBy(named, (episode) => episode.guid)
  const kept = new Set<DiscoveredEpisode>()
  let merged = 0
  let renamed = 0
  for (const group of groups.values()) {
    const distinct = group.length === 1 ? group : withoutRepeats(group, siteUrl)
    merged += group.length - distinct.length
    renamed += distinct.length - 1
    if (distinct.length > 1) setApart(distinct)
    for (const episode of distinct) kept.add(episode)
  }
  const unnamed = drafts.filter((draft) => draft.guid === null).length
  const warnings = [
    ...said(unnamed, 'without an id of their own: known by link, file or title.'),
    ...said(merged, 'listed twice: the newer one is kept.'),
    ...said(renamed, 'with the id of another one: told apart by content.'),
  ]
  return { episodes: named.filter((episode) => kept.has(episode)), warnings }
}

function said(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? 'item' : 'items'} ${what}`]
}

function identityOf(draft: EpisodeDraft, siteUrl: string | null): string {
  if (draft.guid !== null) return draft.guid
  if (draft.link !== null && !isHome(draft.link, siteUrl)) return draft.link
  const file = draft.enclosures[0]?.url
  if (file !== undefined) return withoutTokens(file)
  return `sha256:${hashOf([draft.title, draft.publishedAt?.toISOString() ?? ''])}`
}

/** True for a link that names the show, which all its episodes may carry. */
function isHome(link: string, siteUrl: string | null): boolean {
  if (siteUrl !== null && stripped(link) === stripped(siteUrl)) return true
  return URL.canParse(link) && /^\/?$/.test(new URL(link).pathname) && new URL(link).search === ''
}

function stripped(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '')
}

function withoutRepeats(
  group: readonly DiscoveredEpisode[],
  siteUrl: string | null,
): DiscoveredEpisode[] {
  const places = new Map<string, number>()
  const result: DiscoveredEpisode[] = []
  for (const episode of group) {
    const marks = marksOf(episode, siteUrl)
    const place = marks.map((mark) => places.get(mark)).find((found) => found !== undefined)
    const known = place === undefined ? undefined : result[place]
    if (place !== undefined && known !== undefined) {
      if (timeOf(episode) > timeOf(known)) result[place] = episode
    } else {
      result.push(episode)
    }
    for (const mark of marks) if (!places.has(mark)) places.set(mark, place ?? result.length - 1)
  }
  return result
}

function marksOf(episode: DiscoveredEpisode, siteUrl: string | null): string[] {
  const marks = [`title ${episode.title}`]
  if (episode.link !== null && !isHome(episode.link, siteUrl)) marks.push(`link ${episode.link}`)
  const file = episode.enclosures[0]?.url
  if (file !== undefined) marks.push(`file ${withoutTokens(file)}`)
  return marks
}

function setApart(group: readonly DiscoveredEpisode[]): void {
  const byAge = group
    .map((episode) => ({ episode, print: fingerprintOf(episode) }))
    .sort((a, b) => timeOf(a.episode) - timeOf(b.episode) || (a.print < b.print ? -1 : 1))
  for (const { episode, print } of byAge.slice(1))
    episode.guid = `${episode.guid}#${print.slice(0, 12)}`
}

function fingerprintOf(episode: DiscoveredEpisode): string {
  const file = episode.enclosures[0]?.url
  return hashOf([episode.title, episode.link ?? '', file === undefined ? '' : withoutTokens(file)])
}

function timeOf(episode: DiscoveredEpisode): number {
  return episode.publishedAt?.getTime() ?? Number.MAX_SAFE_INTEGER
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex')
}
