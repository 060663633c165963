import type { Hono } from 'hono'
import { Failure } from '../../model/failure.ts'
import { answerPage, type WebRoom } from '../answer-page.tsx'
import { ResubscribedPage, UnsubscribedPage, UnsubscribePage } from '../pages/unsubscribe-page.tsx'
import type { WebContext, WebEnv } from '../web-env.ts'

const TOKEN = ':token{[A-Za-z0-9._-]{20,200}}'

/**
 * Stopping the digests without signing in (RFC 8058). These routes come before the check of forms:
 * a mailbox provider posts here from nowhere, without cookies, and the token itself is the proof.
 */
export function addUnsubscribeRoutes(app: Hono<WebEnv>, { options }: WebRoom): void {
  const change = async (c: WebContext, wantsDigest: boolean): Promise<void> => {
    const known = await options.actions.changeDigestWish(c.req.param('token') ?? '', wantsDigest)
    if (!known) throw unknownLink()
  }
  app.get(`/unsubscribe/${TOKEN}`, (c) =>
    answerPage(c, <UnsubscribePage frame={c.get('frame')} token={c.req.param('token')} />),
  )
  app.post(`/unsubscribe/${TOKEN}`, async (c) => {
    await change(c, false)
    return answerPage(c, <UnsubscribedPage frame={c.get('frame')} token={c.req.param('token')} />)
  })
  app.post(`/unsubscribe/${TOKEN}/undo`, async (c) => {
    await change(c, true)
    return answerPage(c, <ResubscribedPage frame={c.get('frame')} />)
  })
}

function unknownLink(): Failure {
  return new Failure(
    'link-unknown',
    'caller',
    'This link is not whole. Open the one at the foot of a digest, or sign in and use Settings.',
  )
}
