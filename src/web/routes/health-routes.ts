import type { Hono } from 'hono'
import type { WebRoom } from '../answer-page.tsx'
import type { WebEnv } from '../web-env.ts'

/**
 * For those who watch over the process, who may ask by any name: `/healthz` says that it lives,
 * `/readyz` that it can work. Reasons go to the log, as anybody may ask.
 */
export function addHealthRoutes(app: Hono<WebEnv>, { options }: WebRoom): void {
  app.get('/healthz', (c) => c.text('ok\n'))
  app.get('/readyz', async (c) => {
    const { ready, checks } = await options.checkReadiness()
    if (!ready) options.log.warn({ checks }, 'not ready')
    const shown = checks.map(({ name, ready }) => ({ name, ready }))
    return c.json({ ready, checks: shown }, ready ? 200 : 503)
  })
}
