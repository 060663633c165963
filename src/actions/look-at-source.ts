import type { Reader } from '../model/reader.ts'
import type { SourceKind } from '../model/source.ts'
import type { GuardedFetch } from '../platform/http/guarded-fetch.ts'
import type { Db } from '../store/database.ts'
import { findSourceByUrl } from '../store/sources.ts'
import { listSubscriptions } from '../store/subscriptions.ts'
import { sitePathOf } from '../store/views/source-label.ts'
import { checkSource } from './check-source.ts'

/** What a reader is shown of an address before they follow it. */
export type SourceLook =
  | {
      found: true
      url: string
      kind: SourceKind
      title: string
      description: string
      author: string | null
      siteUrl: string | null
      /** A picture on this site; null when there is none. Never remote. */
      image: string | null
      episodeCount: number
      /** Newest first, at most three. */
      latest: {
        title: string
        publishedAt: Date | null
        durationSeconds: number | null
        hasTranscript: boolean
      }[]
      isFollowed: boolean
    }
  | { found: false; reason: string }

const LATEST = 3

/** Looks at an address for a reader, who may follow it then. Keeps nothing. */
export async function lookAtSource(
  { db, fetch, now }: { db: Db; fetch: GuardedFetch; now: Date },
  reader: Pick<Reader, 'id'>,
  address: string,
): Promise<SourceLook> {
  const finding = await checkSource({ fetch, now }, address)
  if (!finding.found) return finding
  const { episodes, imageUrl, warnings: _, ...about } = finding
  const newest = episodes.toSorted((a, b) => Number(b.publishedAt) - Number(a.publishedAt))
  return {
    ...about,
    image: sitePathOf(imageUrl),
    episodeCount: episodes.length,
    latest: newest.slice(0, LATEST).map(({ title, publishedAt, durationSeconds, transcripts }) => ({
      title,
      publishedAt,
      durationSeconds,
      hasTranscript: transcripts.length > 0,
    })),
    isFollowed: await isFollowed(db, reader, finding.url),
  }
}

async function isFollowed(db: Db, reader: Pick<Reader, 'id'>, url: string): Promise<boolean> {
  const source = await findSourceByUrl(db, url)
  if (source === undefined) return false
  const followed = await listSubscriptions(db, reader.id)
  return followed.some(({ sourceId }) => sourceId === source.id)
}
