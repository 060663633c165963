import { z } from 'zod'

export type HostPort = { host: string; port: number }
export type MailAddress = { name: string | null; address: string }
export type SmtpServer = HostPort & {
  /** True when the connection is encrypted from its first byte (`smtps:`). */
  isTls: boolean
  user: string | null
  password: string | null
}

// Underscores are in no standard for hosts but in many names that containers are given.
const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?)*$/i

/** Each of these reads what a person wrote and answers undefined when it is not what it should be. */

/** A whole number from `least` to 65535. */
export function parsePort(text: string, least: 0 | 1): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  return port >= least && port <= 65_535 ? port : undefined
}

/** An IPv4 or IPv6 address or a host name, in lower case and without brackets. */
export function parseHost(text: string): string | undefined {
  if (HOST_NAME.test(text)) return text.toLowerCase()
  const bare = text.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  return z.ipv6().safeParse(bare).success ? bare : undefined
}

/** `host:port`, where an IPv6 address stands in brackets. */
export function parseHostPort(text: string): HostPort | undefined {
  const [, written = '', digits = ''] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(text) ?? []
  const host = parseHost(written)
  const port = parsePort(digits, 1)
  return host === undefined || port === undefined ? undefined : { host, port }
}

/** `http(s)://host[:port]` without path, query or credentials; ends without a slash. */
export function parseOrigin(text: string): string | undefined {
  const url = parseUrl(text, ['http:', 'https:'])
  const isOrigin = url !== undefined && `${url.origin}/` === url.href
  return isOrigin ? url.origin : undefined
}

/** The address of an HTTP proxy, credentials allowed. */
export function parseProxyUrl(text: string): string | undefined {
  const url = parseUrl(text, ['http:', 'https:'])
  return url !== undefined && url.pathname === '/' && url.search === '' ? url.href : undefined
}

/** `postgres://` or `postgresql://` with a database name; the host may be left to `?host=`. */
export function parseDatabaseUrl(text: string): string | undefined {
  const url = parseUrl(text, ['postgres:', 'postgresql:'])
  if (url === undefined || url.pathname.length < 2) return undefined
  return url.hostname !== '' || url.searchParams.has('host') ? text : undefined
}

/** `smtp(s)://[user:password@]host[:port]`; the port is 587, or 465 for smtps, unless given. */
export function parseSmtpUrl(text: string): SmtpServer | undefined {
  const url = parseUrl(text, ['smtp:', 'smtps:'])
  const host = parseHost(url?.hostname ?? '')
  if (url === undefined || host === undefined || url.search !== '') return undefined
  if (url.pathname !== '' && url.pathname !== '/') return undefined
  const isTls = url.protocol === 'smtps:'
  const user = decode(url.username)
  const password = decode(url.password)
  if (user === undefined || password === undefined) return undefined
  const port = url.port === '' ? (isTls ? 465 : 587) : Number(url.port)
  return { host, port, isTls, user: user || null, password: password || null }
}

/** `address@host` or `Name <address@host>`. */
export function parseMailAddress(text: string): MailAddress | undefined {
  const [, name = '', inBrackets] = /^([^<>\r\n]*)<([^<>]+)>$/.exec(text.trim()) ?? []
  const address = (inBrackets ?? text).trim()
  if (!z.email().safeParse(address).success) return undefined
  return { name: name.trim().replace(/^"(.*)"$/, '$1') || null, address }
}

/** A BCP 47 language tag in its canonical spelling. */
export function parseLanguage(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0]
  } catch {
    return undefined
  }
}

/** A name of the IANA time zone list in its canonical spelling; offsets such as +02:00 are none. */
export function parseTimeZone(text: string): string | undefined {
  try {
    const { timeZone } = Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions()
    return /^[+-]/.test(timeZone) ? undefined : timeZone
  } catch {
    return undefined
  }
}

/** A time on the 24-hour clock as `HH:MM`. */
export function parseTimeOfDay(text: string): string | undefined {
  return /^(?:[01]?\d|2[0-3]):[0-5]\d$/.test(text) ? text.padStart(5, '0') : undefined
}

/** Scheme, host and path of an address for the screen: never its credentials or its query. */
export function hideCredentials(url: string): string {
  if (!URL.canParse(url)) return '(hidden)'
  const { protocol, host, pathname, username, password } = new URL(url)
  const who = username || password ? '(hidden)@' : ''
  return `${protocol}//${who}${host}${pathname === '/' ? '' : pathname}`
}

function parseUrl(text: string, protocols: readonly string[]): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url !== undefined && protocols.includes(url.protocol) && url.hash === ''
  return isPlain ? url : undefined
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
