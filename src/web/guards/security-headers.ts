import type { MiddlewareHandler } from 'hono'
import type { WebEnv } from '../web-env.ts'
import type { CspAdditions } from './csp-additions.ts'

const BASE = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
]

/**
 * The policy of a kept message in its frame: it may style itself and do nothing else. `sandbox`
 * holds as well when somebody opens the address by itself. Mail is written with inline styles, so
 * this document, whose origin is opaque and which runs no script, is the one that may use them.
 */
export const MAIL_DOCUMENT_CSP = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ')

const FIXED_HEADERS: readonly [string, string][] = [
  ['x-content-type-options', 'nosniff'],
  // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
  ['referrer-policy', 'same-origin'],
  [
    'permissions-policy',
    'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), ' +
      'gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  ],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['x-permitted-cross-domain-policies', 'none'],
]

/** The page policy in words of the header, with what one page adds. */
export function renderCsp(additions: CspAdditions = {}): string {
  if (additions.replace !== undefined) return additions.replace
  const directives = [...BASE]
  if (additions.media?.length) directives.push(`media-src ${additions.media.join(' ')}`)
  if (additions.framesSelf) directives.push("frame-src 'self'")
  return directives.join('; ')
}

/** Every header that an answer of any status carries. */
export function securityHeaders(
  isHttps: boolean,
  additions?: CspAdditions,
): readonly [string, string][] {
  const headers: [string, string][] = [...FIXED_HEADERS]
  headers.push(['content-security-policy', renderCsp(additions)])
  if (isHttps) headers.push(['strict-transport-security', 'max-age=31536000'])
  return headers
}

/** Puts the security headers on every answer, errors and redirects included. */
export function addSecurityHeaders(isHttps: boolean): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    await next()
    for (const [name, value] of securityHeaders(isHttps, c.get('csp'))) {
      c.res.headers.set(name, value)
    }
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
  }
}

/**
 * The origin of a media address as a CSP source, or null when it may not be loaded at all. Paths on
 * this site give `'self'`. An origin has no characters that could end a directive.
 */
export function mediaSource(url: string): string | null {
  if (url.startsWith('/') && !url.startsWith('//')) return "'self'"
  const parsed = URL.parse(url)
  if (parsed === null) return null
  const isWeb = parsed.protocol === 'https:' || parsed.protocol === 'http:'
  return isWeb && /^[a-z0-9.:[\]-]+$/i.test(parsed.host) ? parsed.origin : null
}
