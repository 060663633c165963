import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { Failure } from '../../model/failure.ts'
import { readForm } from '../read-form.ts'
import type { WebEnv } from '../web-env.ts'
import { FORM_TOKEN_FIELD, makeFormToken } from './form-token.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD'])

/**
 * True when the browser says that the request comes from a page of this very site. `host` is the
 * request's own Host, which has been checked. A request that says nothing is refused: every browser
 * sends Origin with a POST.
 */
export function isSameOrigin(
  headers: { origin: string | undefined; fetchSite: string | undefined; host: string },
  baseUrl: string,
): boolean {
  if (headers.fetchSite !== undefined && headers.fetchSite !== 'same-origin') return false
  if (headers.origin === undefined) return headers.fetchSite === 'same-origin'
  const base = new URL(baseUrl)
  const host = headers.host.toLowerCase()
  return headers.origin === (host === base.host ? base.origin : `http://${host}`)
}

function isSameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

/**
 * Lets a change through only when it comes from one of our own forms: same origin, and with the
 * session's token once there is a session. All changes are POST; other methods are refused.
 */
export function checkForm(baseUrl: string): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (SAFE_METHODS.has(c.req.method)) return next()
    const isOwn = isSameOrigin(
      {
        origin: c.req.header('origin'),
        fetchSite: c.req.header('sec-fetch-site'),
        host: c.req.header('host') ?? '',
      },
      baseUrl,
    )
    if (c.req.method !== 'POST' || !isOwn) throw refused()
    const session = c.get('sessionToken')
    if (session !== null) {
      const given = (await readForm(c))[FORM_TOKEN_FIELD]
      if (typeof given !== 'string' || !isSameText(given, makeFormToken(session))) throw refused()
    }
    await next()
  }
}

function refused(): Failure {
  return new Failure(
    'foreign-form',
    'caller',
    'This form did not come from murmurcast itself, or it is from before you signed in. Nothing was changed. Open the page again and repeat it there.',
  )
}
