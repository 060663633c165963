const MAX_LENGTH = 200
const HIDDEN = '…'

/** Parameters whose values say what is asked for and never who asks. All others are hidden. */
const PUBLIC_PARAMETERS = new Set(
  `cat category channel_id feed format id lang language limit list offset order p page paged
   playlist_id post_type q query search section show sort tag topic type user v`.split(/\s+/),
)

const YOUTUBE_ID = /^(UC|UU|PL)[\w-]{22,32}$/
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i
const LONG_RUN = /[A-Za-z0-9]{16,}/g

/**
 * `url` as it may stand in a message, a log or a page: without user name and password, without
 * the values of parameters that could be keys, and with path parts that look like keys hidden, as
 * private podcast feeds carry them there. At most 200 characters. Never throws: text that is no
 * web address comes back shortened, cut before anything that could be a secret.
 */
export function displayUrl(url: string): string {
  const parsed = URL.parse(url)
  // “user:password@host” is a URL too: one of the scheme “user”.
  if (parsed === null || !parsed.pathname.startsWith('/')) return displayText(url)
  const path = parsed.pathname.split('/').map(hideSecret).join('/')
  const authority = parsed.host === '' ? '' : `//${parsed.host}`
  return shorten(`${parsed.protocol}${authority}${path}${displayQuery(parsed.searchParams)}`)
}

/** The address of a source as its readers see it: whole, unless it is private. */
export function shownUrlOf(url: string, isPrivate: boolean): string {
  return isPrivate ? displayUrl(url) : url
}

function displayQuery(parameters: URLSearchParams): string {
  const shown = [...parameters].map(([name, value]) => {
    const isPublic = PUBLIC_PARAMETERS.has(name.toLowerCase())
    return `${hideSecret(name)}=${isPublic ? hideSecret(value) : HIDDEN}`
  })
  return shown.length === 0 ? '' : `?${shown.join('&')}`
}

function hideSecret(part: string): string {
  return looksSecret(part) ? HIDDEN : withoutControls(part)
}

/** A run of 16 or more letters mixed with digits is a key far more often than a word. */
function looksSecret(part: string): boolean {
  if (YOUTUBE_ID.test(part)) return false
  if (UUID.test(part) || part.startsWith('eyJ')) return true
  const runs = part.match(LONG_RUN) ?? []
  return runs.some((run) => /\d/.test(run) && /[A-Za-z]/.test(run))
}

function displayText(text: string): string {
  const afterUserinfo = text.slice(text.lastIndexOf('@') + 1)
  const [beforeQuery = ''] = afterUserinfo.split(/[?#]/)
  return shorten(withoutControls(beforeQuery.split('/').map(hideSecret).join('/')).trim())
}

/** Control, format and line-separating characters could rewrite the line that they stand in. */
function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
}

function shorten(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}${HIDDEN}`
}
