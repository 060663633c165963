// The product in a process of its own, to be killed. Settings come from the environment; argument 1
// is the instant at which its clock starts, in milliseconds, and argument 2 the folder of assets.
// It prints `serving` when it is up and ends in good order at SIGTERM.
import { serve } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { silentLog } from '../../src/platform/log.ts'

const LOOK_MS = 200

const clockStart = Number(process.argv[2])
const startedAt = performance.now()
const clock = { now: () => new Date(clockStart + performance.now() - startedAt) }

const stopped = new Promise((resolve) => process.once('SIGTERM', resolve))
const config = readConfig(process.env, () => undefined)
const assetsDir = process.argv[3] ?? ''
{
  await using _serving = await serve(config, { log: silentLog, clock, assetsDir, lookMs: LOOK_MS })
  process.stdout.write('serving\n')
  await stopped
}
