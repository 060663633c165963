import type { Hono } from 'hono'
import type { EpisodePage } from '../../store/views/episode-page.ts'
import {
  answerPage,
  answerVersionedPage,
  goOn,
  ID,
  requireReader,
  type WebRoom,
} from '../answer-page.tsx'
import { DigestPageView } from '../pages/digest-page.tsx'
import { EpisodePageView } from '../pages/episode-page.tsx'
import { momentFinderOf } from '../pages/episode-shape.ts'
import { pageNotFound } from '../pages/error-page.tsx'
import { FrontPage } from '../pages/sign-in-pages.tsx'
import { TodayPageView } from '../pages/today-page.tsx'
import { WelcomePage } from '../pages/welcome-page.tsx'
import { playerSources } from '../parts/player.tsx'
import type { WebContext, WebEnv } from '../web-env.ts'

/** Front page, episodes and digests. */
export function addReadingRoutes(app: Hono<WebEnv>, room: WebRoom): void {
  const { views, actions } = room.options
  app.get('/', (c) => answerFrontPage(c, room))
  app.get('/welcome', (c) => {
    requireReader(c, room)
    return answerPage(c, <WelcomePage frame={c.get('frame')} />)
  })

  app.get(`/episodes/${ID}`, async (c) => {
    const view = await views.findEpisodePage(c.get('reader'), c.req.param('id'))
    if (view === null) throw pageNotFound()
    return answerEpisodePage(c, room, view)
  })
  app.post(`/episodes/${ID}/retry`, async (c) => {
    await actions.retryEpisode(requireReader(c, room), c.req.param('id'))
    return goOn(c, `/episodes/${c.req.param('id')}`, 'retried')
  })

  app.get(`/digests/${ID}`, async (c) => {
    const view = await views.findDigestPage(requireReader(c, room), c.req.param('id'))
    if (view === null) throw pageNotFound()
    const render = () => <DigestPageView frame={c.get('frame')} view={view} />
    return answerVersionedPage(c, room, { version: view.version, render })
  })
  app.post('/digests/now', async (c) => {
    const answer = await actions.buildDigestNow(requireReader(c, room))
    return goOn(c, '/', DIGEST_ANSWERS[answer])
  })
}

const DIGEST_ANSWERS = {
  started: 'digest',
  'nothing-new': 'no-digest',
  'already-made': 'digest-there',
} as const

async function answerFrontPage(c: WebContext, room: WebRoom): Promise<Response> {
  const { options } = room
  const [frame, reader] = [c.get('frame'), c.get('reader')]
  if (reader === null)
    return answerPage(c, <FrontPage frame={frame} signInHelp={options.signInHelp} />)
  const view = await options.views.getTodayPage(reader)
  if (view.sourceCount === 0) return answerPage(c, <WelcomePage frame={frame} />)
  const today = localDateOf(options.now(), reader.timeZone)
  const render = () => <TodayPageView frame={frame} view={view} today={today} />
  return answerVersionedPage(c, room, { version: `${today} ${view.version}`, render })
}

function localDateOf(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now)
}

/** `?at=` names a moment by its second, from e-mails and other pages; the page has its own anchors. */
async function answerEpisodePage(
  c: WebContext,
  room: WebRoom,
  view: EpisodePage,
): Promise<Response> {
  const at = c.req.query('at')
  if (at !== undefined && /^\d{1,6}(\.\d{1,3})?$/.test(at)) {
    const found = momentFinderOf(view)(Number(at))
    if (found?.startsWith('#')) return c.redirect(`/episodes/${view.id}${found}`, 302)
  }
  const media = playerSources(view.player)
  if (media.length > 0) c.set('csp', { media })
  const render = () => <EpisodePageView frame={c.get('frame')} view={view} />
  return answerVersionedPage(c, room, { version: view.version, render })
}
