import type { SourceLook } from '../../actions/look-at-source.ts'
import type { Reader } from '../../model/reader.ts'
import type { SourcesPage } from '../../store/views/sources-page.ts'

export type SourcesViews = {
  getSourcesPage(reader: Reader): Promise<SourcesPage>
}

/** Each throws `source-not-found` for what the reader does not follow. */
export type SourcesActions = {
  /** Reads the address once, within ten seconds, and keeps nothing. */
  checkSource(reader: Reader, url: string): Promise<SourceLook>
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
