import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Failure } from '../model/failure.ts'
import type { Reader } from '../model/reader.ts'
import type { Assets } from './assets.ts'
import { isFresh, makeEtag } from './guards/data-version.ts'
import type { WebContext } from './web-env.ts'
import type { WebOptions } from './web-options.ts'

/** What the routes work with. */
export type WebRoom = { options: WebOptions; assets: Assets; isHttps: boolean }

/** Ids are UUIDs; anything else is nobody's and never reaches the database. */
export const ID = ':id{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}'

/** Answers with a page. It is kept nowhere unless the route has said otherwise. */
export async function answerPage(
  c: WebContext,
  page: Child,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const html = await String(await Promise.resolve(page))
  return c.html(`<!doctype html>${html}`, status)
}

/**
 * Answers with a page whose ETag is made of its data's version, or with 304 before it is rendered.
 * Only the reader's own browser may keep it, and asks each time.
 */
export async function answerVersionedPage(
  c: WebContext,
  room: WebRoom,
  page: { version: string; render: () => Child },
): Promise<Response> {
  const etag = makeEtag({
    dataVersion: page.version,
    assetsVersion: room.assets.version,
    sessionToken: c.get('sessionToken'),
  })
  c.header('cache-control', 'private, no-cache')
  c.header('vary', 'cookie')
  c.header('etag', etag)
  if (isFresh(etag, c.req.header('if-none-match'))) return c.body(null, 304)
  return answerPage(c, page.render())
}

/** The reader who asks; throws `sign-in-needed` when nobody is signed in. */
export function requireReader(c: WebContext, room: WebRoom): Reader {
  const reader = c.get('reader')
  if (reader !== null) return reader
  throw new Failure(
    'sign-in-needed',
    'caller',
    `This page is for the readers of this house. Open your sign-in link first. ${room.options.signInHelp}`,
  )
}

/** Sends the browser on with GET after a change, to a page that says what was done. */
export function goOn(c: WebContext, path: string, done?: string): Response {
  return c.redirect(done === undefined ? path : `${path}?done=${done}`, 303)
}
