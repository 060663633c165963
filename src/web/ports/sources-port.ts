import type { Reader } from '../../model/reader.ts'
import type { SourceKind } from '../../model/source.ts'
import type { SourcesPage } from '../../store/views/sources-page.ts'

/** What a look at one address found. Nothing is kept until the reader says yes. */
export type SourceCheck =
  | {
      found: true
      /** The address to follow; it may differ from the one that was asked about. */
      url: string
      kind: SourceKind
      title: string
      description: string
      author: string | null
      siteUrl: string | null
      /** A picture on this site (`/…`) or a `data:` URI; null when there is none. Never remote. */
      image: string | null
      episodeCount: number
      /** Newest first, at most three. */
      latest: {
        title: string
        publishedAt: Date | null
        durationSeconds: number | null
        hasTranscript: boolean
      }[]
      /** True when the reader follows it already. */
      isFollowed: boolean
    }
  /** Why not, and what to do: a sentence for the reader. */
  | { found: false; reason: string }

export type SourcesViews = {
  getSourcesPage(reader: Reader): Promise<SourcesPage>
}

/** Each throws `source-not-found` for what the reader does not follow. */
export type SourcesActions = {
  /** Reads the address once, within ten seconds, and keeps nothing. */
  checkSource(reader: Reader, url: string): Promise<SourceCheck>
  /** Follows the address; following it twice is following it once. */
  addSource(reader: Reader, url: string): Promise<{ sourceId: string; title: string }>
  addSampleLibrary(reader: Reader): Promise<void>
  /** A file of the sample library by its path; null when there is none. */
  findSampleFile(path: string): Promise<{ bytes: Uint8Array; type: string } | null>
  pauseSource(reader: Reader, sourceId: string): Promise<void>
  resumeSource(reader: Reader, sourceId: string): Promise<void>
  removeSource(reader: Reader, sourceId: string): Promise<void>
  /** Checks the source again now. */
  retrySource(reader: Reader, sourceId: string): Promise<void>
}
