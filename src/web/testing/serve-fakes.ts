import { createWebApp } from '../create-web-app.tsx'
import { createFakeWebOptions, type FakeActions, type FakeSessions } from '../fake-web-options.ts'
import { startWebServer } from '../start-web-server.ts'
import type { WebOptions } from '../web-options.ts'

export type FakeServer = {
  url: string
  options: WebOptions & { sessions: FakeSessions; actions: FakeActions }
} & AsyncDisposable

/** The real server over fakes, for a real browser. */
export async function serveFakes(
  assetsDir: string,
  overrides: Partial<WebOptions> = {},
): Promise<FakeServer> {
  const options = createFakeWebOptions(assetsDir, { development: true, ...overrides })
  const server = await startWebServer({ app: createWebApp(options), host: '127.0.0.1', port: 0 })
  return { url: server.url, options, [Symbol.asyncDispose]: () => server.close(500) }
}
