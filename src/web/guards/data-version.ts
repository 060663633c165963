import { createHash } from 'node:crypto'

/**
 * The ETag of a page: of the data's version, the site's own files, and whose page it is. Made of
 * what is known before the page is rendered, so that an unchanged page costs no rendering.
 */
export function makeEtag(parts: {
  dataVersion: string
  assetsVersion: string
  sessionToken: string | null
}): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
  return `W/"${hash}"`
}

/** True when the client holds this version, by the weak comparison of RFC 9110 section 13.1.2. */
export function isFresh(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || bare(tag) === bare(etag))
}
