import { buildDigestContent, type DigestEpisode } from '../digests/build-digest-content.ts'
import { chooseEpisodes } from '../digests/choose-episodes.ts'
import type { DigestContent, MomentPlace } from '../digests/digest-content.ts'
import { findStories } from '../digests/find-stories.ts'
import { type RenderedDigest, renderDigest } from '../digests/render-digest.ts'
import { PUBLIC } from '../model/audience.ts'
import type { MissingItem } from '../model/digest.ts'
import { messageOf } from '../model/failure.ts'
import { minutesToRead } from '../model/minutes-to-read.ts'
import { pageFileOf } from '../model/page-file.ts'
import { findSegmentAt, segmentId } from '../model/segment-place.ts'
import { whyLeftOut } from '../sources/youtube/why-left-out.ts'
import { checkSource, type SourceFinding } from './check-source.ts'
import { type ReadDeps, type ReadEpisode, readEpisode } from './read-episode.ts'

export type MakeDigestRequest = {
  /** Feed URLs, feed files, or `sample:` addresses. */
  addresses: readonly string[]
  /** Nothing that was published before this. */
  since: Date
  /** At most so many episodes of each source, the newest. */
  maxPerSource: number
  onProgress: (text: string) => void
}

/** A digest made in one go, with all that its pages are made of. */
export type MadeDigest = {
  content: DigestContent
  rendered: RenderedDigest
  episodes: ReadEpisode[]
}

type Found = Extract<SourceFinding, { found: true }>

/**
 * Makes one digest of some feeds and nothing else: no account, no database, nothing kept. What
 * cannot be read is listed in it as missing, with the reason.
 */
export async function makeDigest(deps: ReadDeps, request: MakeDigestRequest): Promise<MadeDigest> {
  const missing: MissingItem[] = []
  const findings = new Map<string, Found>()
  for (const address of new Set(request.addresses)) {
    request.onProgress(`Reading ${address} …`)
    const finding = await lookAt(deps, address)
    if (finding.found) findings.set(finding.url, finding)
    else missing.push({ sourceTitle: address, episodeTitle: null, reason: finding.reason })
  }
  const episodes: ReadEpisode[] = []
  for (const finding of findings.values()) {
    episodes.push(...(await readSource(deps, request, { finding, missing })))
  }
  request.onProgress('Writing the digest …')
  const content = await assemble(deps, episodes, missing)
  return { content, rendered: renderDigest(content), episodes }
}

/** One address that fails, however it fails, costs the others nothing. */
async function lookAt(deps: ReadDeps, address: string): Promise<SourceFinding> {
  try {
    return await checkSource(deps, address)
  } catch (error) {
    return { found: false, reason: messageOf(error) }
  }
}

const NO_DATES = 'None of its episodes has a date, so nobody can tell which of them are new.'

async function readSource(
  deps: ReadDeps,
  { since, maxPerSource, onProgress }: MakeDigestRequest,
  { finding, missing }: { finding: Found; missing: MissingItem[] },
): Promise<ReadEpisode[]> {
  if (finding.episodes.length > 0 && finding.episodes.every((each) => each.publishedAt === null)) {
    missing.push({ sourceTitle: finding.title, episodeTitle: null, reason: NO_DATES })
  }
  const wanted = finding.episodes
    .filter((episode) => !episode.isUpcoming && whyLeftOut(episode, finding.kind) === null)
    .filter(({ publishedAt }) => publishedAt !== null && publishedAt >= since)
    .toSorted((a, b) => Number(b.publishedAt) - Number(a.publishedAt))
    .slice(0, maxPerSource)
  const read: ReadEpisode[] = []
  for (const [index, episode] of wanted.entries()) {
    onProgress(`${finding.title}: ${index + 1} of ${wanted.length} · ${episode.title}`)
    try {
      read.push(await readEpisode(deps, finding, episode))
    } catch (error) {
      const reason = messageOf(error)
      missing.push({ sourceTitle: finding.title, episodeTitle: episode.title, reason })
    }
  }
  return read
}

async function assemble(
  { now }: ReadDeps,
  episodes: readonly ReadEpisode[],
  missing: readonly MissingItem[],
): Promise<DigestContent> {
  const byId = new Map(episodes.map((read) => [read.episode.id, read]))
  const { chosenIds, leftOutIds } = chooseEpisodes(
    { id: 'you' },
    episodes.map(({ episode }) => ({
      episodeId: episode.id,
      sourceId: episode.sourceId,
      audience: PUBLIC,
      priority: 'normal' as const,
      publishedAt: episode.publishedAt,
      isSummarised: true,
      isCarried: false,
    })),
  )
  return buildDigestContent({
    edition: 'daily',
    localDate: localDateOf(now),
    episodes: chosenIds.flatMap((id) => toDigestEpisode(byId.get(id))),
    stories: await findStories(chosenIds.flatMap((id) => byId.get(id) ?? [])),
    carriedEpisodeIds: [],
    moreCount: leftOutIds.length,
    missing,
    links: null,
    urls: fileUrls(byId),
  })
}

function toDigestEpisode(read: ReadEpisode | undefined): DigestEpisode[] {
  if (read === undefined) return []
  const { episode, source, summary } = read
  return [{ episode, source, summary, readingMinutes: minutesToRead(summary) }]
}

/** Pages lie in files beside the digest; a moment is the segment that is spoken then. */
function fileUrls(byId: ReadonlyMap<string, ReadEpisode>) {
  const momentOf = (episodeId: string, { start }: MomentPlace) => {
    const segments = byId.get(episodeId)?.transcript.segments ?? []
    return `${pageFileOf(episodeId)}#${segmentId(Math.max(0, findSegmentAt(segments, start)))}`
  }
  return { pageOf: pageFileOf, momentOf }
}

/** The machine's own calendar date, `YYYY-MM-DD`. */
function localDateOf(now: Date): string {
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0'))
  return `${now.getFullYear()}-${month}-${day}`
}
