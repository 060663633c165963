import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenHouse, openHouse, serve } from '../../src/app.ts'
import type { Serving } from '../../src/cli/cli-ports.ts'
import { type Config, readConfig } from '../../src/config.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { createLog, silentLog } from '../../src/platform/log.ts'
import { bundleAssets } from '../../src/web/testing/bundle-assets.ts'

/** A folder that everybody may enter, as Postgres needs it when we are root; gone at the end. */
export function makeFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'mc-journey-'))
  chmodSync(path, 0o755)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** The settings of a house of the test's own, in UTC; nothing comes from the machine. */
export async function settingsOf(
  dataDir: string,
  more: Record<string, string> = {},
): Promise<Record<string, string>> {
  return {
    MURMURCAST_DATA: dataDir,
    MURMURCAST_PORT: String(await findFreePort()),
    MURMURCAST_TIME_ZONE: 'UTC',
    MURMURCAST_LOG_LEVEL: 'silent',
    ...more,
  }
}

const noFiles = (): undefined => undefined

export const configOf = (settings: Record<string, string>): Config => readConfig(settings, noFiles)

export type Product = AsyncDisposable & {
  serving: Serving & { url: string }
  config: Config
  /** The database of the running product, joined as a command joins it. */
  house: OpenHouse
  /** What was logged as a warning or an error, as JSON lines. */
  trouble: string[]
}

const LOOK_MS = 300

/** Boots the whole product as `murmurcast serve` does, on a clock of the test's own. */
export async function bootProduct(config: Config, clock: Clock): Promise<Product> {
  await using opened = new AsyncDisposableStack()
  const assets = opened.use(await bundleAssets())
  const trouble: string[] = []
  const log = createLog('warn', { write: (line) => void trouble.push(line) })
  const options = { log, clock, assetsDir: assets.dir, lookMs: LOOK_MS }
  const serving = opened.use(await serve(config, options))
  const { url } = serving
  if (url === null) throw new Error('The product serves no pages.')
  const house = opened.use(await openHouse(config, { as: 'command', log: silentLog, clock }))
  const closing = opened.move()
  return {
    serving: { ...serving, url },
    config,
    house,
    trouble,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}
