import { once } from 'node:events'
import { chmodSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  findFreePort,
  findPostgres,
  makeFolder,
  measurePss,
  startProduct,
  waitForPage,
} from '../product.ts'
import { limitRow, type Measured, medianOf, ROUNDS, type Row } from '../row.ts'

/** Until the work of the start is over and the timetable has looked around twice. */
const SETTLE_MS = 45_000
const MB = 1_000_000

/** The whole product on a data folder that it has used before: how soon, and how large. */
export const startRow: Row = {
  name: 'start',
  async measure() {
    const dataDir = makeFolder()
    chmodSync(dataDir, 0o755)
    const settings = { MURMURCAST_DATA: dataDir, MURMURCAST_PORT: String(await findFreePort()) }
    try {
      const first = await start(settings)
      const times: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) times.push((await start(settings)).ms)
      const rows = [
        limitRow(
          { name: 'start', work: 'warm start to the first page', unit: 's', atMost: 1.5 },
          medianOf(times) / 1000,
          { firstStartMs: first.ms },
        ),
      ]
      if (process.platform !== 'linux') return rows
      return [...rows, await measureIdle(settings)]
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
}

async function start(
  settings: Record<string, string>,
  whileUp: (pid: number) => Promise<void> = async () => {},
): Promise<{ ms: number }> {
  const startedAt = performance.now()
  const child = startProduct(['serve'], settings)
  const gone = once(child, 'exit')
  try {
    const ms = await waitForPage(`http://127.0.0.1:${settings.MURMURCAST_PORT}/`, startedAt)
    await whileUp(child.pid ?? 0)
    return { ms }
  } finally {
    child.kill('SIGTERM')
    await gone
  }
}

async function measureIdle(settings: Record<string, string>): Promise<Measured> {
  let found = { bytes: Number.NaN, processes: 0 }
  await start(settings, async (pid) => {
    await sleep(SETTLE_MS)
    found = measurePss([pid, findPostgres(settings.MURMURCAST_DATA ?? '')])
  })
  const work = `idle, Node and Postgres together (${found.processes} processes)`
  return limitRow({ name: 'start', work, unit: 'MB PSS', atMost: 250 }, found.bytes / MB)
}
