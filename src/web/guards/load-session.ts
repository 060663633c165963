import type { MiddlewareHandler } from 'hono'
import type { Assets } from '../assets.ts'
import type { WebEnv } from '../web-env.ts'
import type { WebOptions } from '../web-options.ts'
import { readSessionCookie } from './cookies.ts'
import { makeFormToken } from './form-token.ts'

/** Prepares what a page shows around its content before anybody knows who asks. */
export function prepareFrame(options: WebOptions, assets: Assets): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const url = new URL(c.req.url)
    c.set('reader', null)
    c.set('sessionToken', null)
    c.set('frame', {
      assets: assets.paths,
      path: url.pathname,
      done: url.searchParams.get('done'),
      reader: null,
      formToken: null,
      baseUrl: options.baseUrl,
      development: options.development,
    })
    await next()
  }
}

/** Finds out who asks. A cookie that is no live session's counts as none. */
export function loadSession(options: WebOptions): MiddlewareHandler<WebEnv> {
  const isHttps = options.baseUrl.startsWith('https:')
  return async (c, next) => {
    const token = readSessionCookie(c, isHttps)
    const reader = token === null ? null : await options.sessions.find(token)
    if (token !== null && reader !== null) {
      c.set('reader', reader)
      c.set('sessionToken', token)
      c.set('frame', { ...c.get('frame'), reader, formToken: makeFormToken(token) })
    }
    await next()
  }
}
