import type { Hono } from 'hono'
import { createWebApp } from '../create-web-app.tsx'
import { createFakeWebOptions, type FakeActions, type FakeSessions } from '../fake-web-options.ts'
import { sessionCookieName } from '../guards/cookies.ts'
import { makeFormToken } from '../guards/form-token.ts'
import type { WebEnv } from '../web-env.ts'
import type { WebOptions } from '../web-options.ts'

export type TestSite = {
  app: Hono<WebEnv>
  options: WebOptions & { sessions: FakeSessions; actions: FakeActions }
  /** A session that is signed in. */
  session: string
  /** A request as a browser sends it, with the given session's cookie or none. */
  get(
    path: string,
    request?: { session?: string | null; headers?: Record<string, string> },
  ): Promise<Response>
  /** A form as a browser sends it from one of our own pages. */
  post(
    path: string,
    fields?: Record<string, string>,
    request?: {
      session?: string | null
      headers?: Record<string, string | undefined>
      token?: string | null
    },
  ): Promise<Response>
}

/** The app over fakes, asked without a network. */
export function createTestSite(assetsDir: string, overrides: Partial<WebOptions> = {}): TestSite {
  const options = createFakeWebOptions(assetsDir, overrides)
  const app = createWebApp(options)
  const session = options.sessions.open()
  const base = new URL(options.baseUrl)
  const cookieName = sessionCookieName(base.protocol === 'https:')
  const headersFor = (
    given: string | null | undefined,
    more: Record<string, string | undefined>,
  ) => {
    const token = given === undefined ? session : given
    const cookie = token === null ? {} : { cookie: `${cookieName}=${token}` }
    const all = Object.entries({ host: base.host, ...cookie, ...more })
    return Object.fromEntries(
      all.filter((entry): entry is [string, string] => entry[1] !== undefined),
    )
  }
  return {
    app,
    options,
    session,
    get: async (path, request = {}) =>
      app.request(new URL(path, base), {
        headers: headersFor(request.session, request.headers ?? {}),
      }),
    post: async (path, fields = {}, request = {}) => {
      const own = request.session === undefined ? session : request.session
      const token =
        request.token === undefined ? (own === null ? null : makeFormToken(own)) : request.token
      return app.request(new URL(path, base), {
        method: 'POST',
        headers: headersFor(request.session, {
          origin: base.origin,
          'sec-fetch-site': 'same-origin',
          ...request.headers,
        }),
        body: new URLSearchParams({ ...fields, ...(token === null ? {} : { formToken: token }) }),
      })
    },
  }
}
