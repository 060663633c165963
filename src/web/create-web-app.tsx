import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Failure } from '../model/failure.ts'
import { answerPage, type WebRoom } from './answer-page.tsx'
import { answerAsset, loadAssets } from './assets.ts'
import { checkForm } from './guards/check-form.ts'
import { checkHost } from './guards/check-host.ts'
import { loadSession, prepareFrame } from './guards/load-session.ts'
import { addSecurityHeaders } from './guards/security-headers.ts'
import { ErrorPage, pageNotFound, statusOf } from './pages/error-page.tsx'
import { addDesignRoutes } from './routes/design-routes.tsx'
import { addHealthRoutes } from './routes/health-routes.ts'
import { addMailRoutes } from './routes/mail-routes.tsx'
import { addReadingRoutes } from './routes/reading-routes.tsx'
import { addSampleRoutes } from './routes/sample-routes.ts'
import { addDigestWishRoute, addSettingsRoutes } from './routes/settings-routes.tsx'
import { addSignInRoutes } from './routes/sign-in-routes.tsx'
import { addSourcesRoutes } from './routes/sources-routes.tsx'
import { addUnsubscribeRoutes } from './routes/unsubscribe-routes.tsx'
import type { WebContext, WebEnv } from './web-env.ts'
import type { WebOptions } from './web-options.ts'

const MAX_FORM_BYTES = 64 * 1024

/**
 * The whole web as one app: guards in their order, then pages. Reads the assets once; throws
 * `assets-missing` when they have not been built.
 */
export function createWebApp(options: WebOptions): Hono<WebEnv> {
  const assets = loadAssets(options.assetsDir)
  const room: WebRoom = { options, assets, isHttps: options.baseUrl.startsWith('https:') }
  const app = new Hono<WebEnv>()
  app.use(addSecurityHeaders(room.isHttps))
  app.use(prepareFrame(options, assets))
  addHealthRoutes(app, room)
  app.use(checkHost(options))
  app.get('/assets/*', (c) => {
    const answer = answerAsset(c, assets)
    if (answer === null) throw pageNotFound()
    return answer
  })
  app.use(bodyLimit({ maxSize: MAX_FORM_BYTES, onError: refuseLargeForm }))
  app.use(loadSession(options))
  addUnsubscribeRoutes(app, room)
  app.use(checkForm(options.baseUrl))
  addPages(app, room)
  app.notFound((c) => answerError(c, room, pageNotFound()))
  app.onError((error, c) => answerError(c, room, error))
  return app
}

function addPages(app: Hono<WebEnv>, room: WebRoom): void {
  addReadingRoutes(app, room)
  addSignInRoutes(app, room)
  addSourcesRoutes(app, room)
  addMailRoutes(app, room)
  addSettingsRoutes(app, room)
  addDigestWishRoute(app, room)
  addSampleRoutes(app, room)
  if (room.options.development) addDesignRoutes(app)
}

function refuseLargeForm(): never {
  throw new Failure(
    'form-too-large',
    'caller',
    'That was more than a form here can take. Nothing was changed. Send less at once.',
  )
}

async function answerError(c: WebContext, room: WebRoom, error: unknown): Promise<Response> {
  const status = statusOf(error)
  const code = error instanceof Failure ? error.code : 'unexpected'
  const fields = { err: error, code, status, method: c.req.method, route: c.req.routePath }
  if (status >= 500) room.options.log.error(fields, 'a page failed')
  c.set('csp', undefined)
  for (const name of ['etag', 'content-disposition']) c.header(name, undefined)
  c.header('cache-control', 'no-store')
  return answerPage(c, <ErrorPage frame={c.get('frame')} error={error} />, status)
}
