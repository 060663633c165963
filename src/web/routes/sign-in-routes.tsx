import type { Hono } from 'hono'
import { answerPage, goOn, type WebRoom } from '../answer-page.tsx'
import { clearSessionCookie, isToken, makeToken, writeSessionCookie } from '../guards/cookies.ts'
import { SignInPage, SignInRefusedPage } from '../pages/sign-in-pages.tsx'
import type { WebEnv } from '../web-env.ts'

/** Coming in by a one-time link, which only a press of its button uses up, and going out. */
export function addSignInRoutes(app: Hono<WebEnv>, { options, isHttps }: WebRoom): void {
  app.get('/welcome/:token', (c) =>
    answerPage(c, <SignInPage frame={c.get('frame')} token={c.req.param('token')} />),
  )

  app.post('/welcome/:token', async (c) => {
    const given = c.req.param('token')
    const session = makeToken()
    const answer = isToken(given)
      ? await options.sessions.start(given, session)
      : ({ signedIn: false, reason: 'unknown' } as const)
    if (!answer.signedIn) {
      const { signInHelp } = options
      const page = (
        <SignInRefusedPage frame={c.get('frame')} reason={answer.reason} signInHelp={signInHelp} />
      )
      return answerPage(c, page, 403)
    }
    const old = c.get('sessionToken')
    if (old !== null) await options.sessions.end(old)
    writeSessionCookie(c, isHttps, session)
    return goOn(c, '/')
  })

  app.post('/sign-out', async (c) => {
    const session = c.get('sessionToken')
    if (session !== null) await options.sessions.end(session)
    clearSessionCookie(c, isHttps)
    c.header('clear-site-data', '"cache"')
    return goOn(c, '/')
  })
}
