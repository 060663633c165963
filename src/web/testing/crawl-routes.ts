import type { Hono } from 'hono'
import { fakeId } from '../fake-library.ts'
import type { WebEnv } from '../web-env.ts'

const IDS: Readonly<Record<string, string>> = {
  episodes: fakeId(201),
  digests: fakeId(400),
  outbox: fakeId(500),
  sources: fakeId(101),
}

/** Routes that prove themselves by a token of their own, from wherever they are asked. */
export const NEEDS_NO_SESSION = /^\/(unsubscribe|welcome)\//

/** Every route of the app with a real address in place of its parameters. */
export function crawlRoutes(app: Hono<WebEnv>, method: 'GET' | 'POST'): string[] {
  const paths = app.routes.filter((route) => route.method === method).map(({ path }) => path)
  const token = 'A'.repeat(43)
  const fill = (path: string) =>
    path
      .replace(/:id\{[^}]*(?:\}[^}/]*)*\}/, IDS[path.split('/')[1] ?? ''] ?? fakeId(1))
      .replace(/:token(\{.*\})?$/, token)
      .replace('*', 'none.css')
  return [...new Set(paths.map(fill))]
}
