import type { SourceKind } from '../../model/source.ts'
import type { SourceLabel } from './episode-card.ts'

/** Where the web serves the files of the sample library. */
const SAMPLE_PATH = '/sample-library/'

/** A file of the sample library as a path on this site; null for every other address. */
export function sitePathOf(url: string | null): string | null {
  if (url === null || !url.startsWith('sample:')) return null
  return SAMPLE_PATH + url.slice('sample:'.length)
}

/** The source beside an item. Pictures from elsewhere are not shown: they would tell on the reader. */
export function toSourceLabel(row: {
  source_id: string
  source_title: string
  source_kind: SourceKind
  source_site_url: string | null
  source_image_url: string | null
}): SourceLabel {
  return {
    id: row.source_id,
    title: row.source_title,
    kind: row.source_kind,
    siteUrl: row.source_site_url,
    image: sitePathOf(row.source_image_url),
  }
}
