import type { Hono } from 'hono'
import { answerPage } from '../answer-page.tsx'
import { DesignPage } from '../pages/design-page.tsx'
import type { WebEnv } from '../web-env.ts'

/** All parts of the design on one page; there in development only. */
export function addDesignRoutes(app: Hono<WebEnv>): void {
  app.get('/design', (c) => {
    c.set('csp', { media: ["'self'"] })
    return answerPage(c, <DesignPage frame={c.get('frame')} />)
  })
}
