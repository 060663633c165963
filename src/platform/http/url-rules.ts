import { Failure } from '../../model/failure.ts'
import type { HttpFailureCode } from './http-failures.ts'

const WEB_PORTS = new Set(['80', '443'])
const MAX_URL_LENGTH = 16_384

/** Which URLs one guarded fetch may open; hosts and ports are written `host:port`. */
export interface UrlPolicy {
  /** Opened whatever their port and address are. */
  readonly allowed: ReadonlySet<string>
  /** This installation's own addresses: never opened. */
  readonly own: ReadonlySet<string>
  /** When given, nothing but this one is opened. */
  readonly endpoint: string | null
  /** True in tests alone, whose servers get their ports from the system. */
  readonly isAnyPortOpen: boolean
}

/** A URL that may be asked for; its address is still to be checked when connecting. */
export interface Target {
  /** Without user name, password and fragment. */
  readonly url: URL
  /** Authorization header made of the user name and password that stood in the URL. */
  readonly authorization: string | null
}

export type TargetVerdict =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly code: HttpFailureCode; readonly detail?: string }

/**
 * Parses `raw` once, by the WHATWG URL standard, and judges scheme, port and host name. What is
 * judged is what is opened: no other reading of the text exists later on. A relative `raw` needs
 * `base`.
 */
export function readTarget(raw: string, policy: UrlPolicy, base?: URL): TargetVerdict {
  if (raw.length > MAX_URL_LENGTH) return { ok: false, code: 'url-invalid' }
  const url = URL.parse(raw, base)
  if (url === null) return { ok: false, code: 'url-invalid' }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { ok: false, code: 'scheme-forbidden' }
  }
  const authorization = takeCredentials(url)
  url.hash = ''
  const refusal = refuse(url, policy)
  return refusal ?? { ok: true, target: { url, authorization } }
}

function refuse(url: URL, policy: UrlPolicy): TargetVerdict | null {
  const place = hostPort(url)
  if (policy.endpoint !== null) {
    return place === policy.endpoint ? null : { ok: false, code: 'endpoint-only' }
  }
  if (policy.own.has(place)) return { ok: false, code: 'own-instance' }
  const port = portOf(url)
  const isPortOpen = WEB_PORTS.has(port) || policy.isAnyPortOpen || policy.allowed.has(place)
  return isPortOpen ? null : { ok: false, code: 'port-forbidden', detail: port }
}

/** `host:port` of a URL with the default port filled in, in the one form that is compared. */
export function hostPort(url: URL): string {
  return `${url.hostname.replace(/\.$/, '')}:${portOf(url)}`
}

/**
 * The places named by an owner's list of exact `host:port` pairs (IPv6 in brackets). Patterns,
 * ranges and URLs are refused, as a list that opens the inner network must not be a guess.
 */
export function parseAllowList(entries: readonly string[]): ReadonlySet<string> {
  return new Set(entries.map(parseAllowed))
}

function parseAllowed(entry: string): string {
  const url = /^[^\s/\\?#@*]+:\d{1,5}$/.test(entry) ? URL.parse(`http://${entry}`) : null
  if (url === null) {
    throw new Failure(
      'fetch-allow-invalid',
      'caller',
      `“${entry}” in MURMURCAST_FETCH_ALLOW is not one host and port. Write it like rss.lan:8080.`,
    )
  }
  return hostPort(url)
}

/**
 * The places where this installation itself answers. An origin on a default port stands for both
 * http and https, as one usually leads to the other.
 */
export function parseOwnOrigins(origins: readonly string[]): ReadonlySet<string> {
  const places = origins
    .map((origin) => new URL(origin))
    .flatMap((url) => {
      const host = url.hostname.replace(/\.$/, '')
      return WEB_PORTS.has(portOf(url)) ? [`${host}:80`, `${host}:443`] : [hostPort(url)]
    })
  return new Set(places)
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80')
}

function takeCredentials(url: URL): string | null {
  if (url.username === '' && url.password === '') return null
  const pair = `${decode(url.username)}:${decode(url.password)}`
  url.username = ''
  url.password = ''
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`
}

/** Percent-decoding that leaves a stray “%” as it is: passwords may hold one. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
