import type { GuardedRequest } from './guarded-request.ts'

/** Headers that belong to the connection or to this folder, never to a caller. */
const OWN_HEADERS = [
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** Headers that tell another origin nothing it should not know. */
const HARMLESS_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'range',
  'user-agent',
])

const CREDENTIAL_HEADERS = ['authorization', 'cookie']

/**
 * The headers of a first request. Throws TypeError when the caller's names or values cannot stand
 * in a header.
 */
export function firstHeaders(
  request: GuardedRequest,
  { userAgent, authorization }: { userAgent: string; authorization: string | null },
): Headers {
  const headers = new Headers({ accept: '*/*', 'user-agent': userAgent })
  for (const [name, value] of Object.entries(request.headers ?? {})) headers.set(name, value)
  for (const name of OWN_HEADERS) headers.delete(name)
  if (authorization !== null && !headers.has('authorization')) {
    headers.set('authorization', authorization)
  }
  setValidator(headers, 'if-none-match', request.ifNoneMatch)
  setValidator(headers, 'if-modified-since', request.ifModifiedSince)
  // A part of a packed body could not be unpacked.
  headers.set('accept-encoding', headers.has('range') ? 'identity' : 'gzip, br, zstd')
  return headers
}

/** What a redirect to another origin may carry on: no credentials, nothing unknown. */
export function headersForOtherOrigin(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => HARMLESS_HEADERS.has(name)))
}

/** The headers of a request that has lost its body on the way. */
export function headersWithoutBody(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => !name.startsWith('content-')))
}

/** True when a request carries something that others must not overhear. */
export function hasCredentials(headers: Headers): boolean {
  return CREDENTIAL_HEADERS.some((name) => headers.has(name))
}

/** A stored validator came from outside; one that no header can hold is as good as none. */
function setValidator(headers: Headers, name: string, value: string | null | undefined): void {
  if (!value) return
  try {
    headers.set(name, value)
  } catch {
    headers.delete(name)
  }
}
