import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConstructorOptions, PgBoss } from 'pg-boss'
import { newId } from '../../src/platform/ids.ts'
import { startPostgres } from '../../src/platform/postgres/start-postgres.ts'
import { JobQueue } from '../../src/store/jobs/job-queue.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open-store.ts'
import { poolConfig } from '../../src/store/pool.ts'
import { limitRow, medianOf, ROUNDS, type Row } from '../row.ts'

const BATCH = 100
const JOBS = 3000
const QUEUE = 'fetch-content'
const NAME = 'murmurcast bench'
const ignore = (): void => {}

/** Jobs claimed and completed a hundred at a time, in a queue as the product sets it up. */
export const jobsRow: Row = {
  name: 'jobs',
  async measure() {
    const dataDir = await mkdtemp(join(tmpdir(), 'mc-bench-'))
    await using closing = new AsyncDisposableStack()
    closing.defer(() => rm(dataDir, { recursive: true, force: true }))
    // Every setting as in the product: what is committed is on disk.
    const postgres = closing.use(await startPostgres({ dataDir }))
    const { connection } = postgres
    await migrate(connection)
    const store = openStore({ connection, applicationName: NAME, onConnectionError: ignore })
    const { db } = closing.use(store)
    const about = { db, connection, applicationName: NAME, works: false, newId, onError: ignore }
    closing.use(await JobQueue.open(about))
    const boss = new PgBoss({
      ...poolConfig(connection, 4, NAME),
      schema: 'jobs',
      supervise: false,
      schedule: false,
    } as ConstructorOptions)
    boss.on('error', ignore)
    await boss.start()
    closing.defer(() => boss.stop({ graceful: false }))
    const rates: number[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      const rate = await measureRound(boss)
      // The first round warms up.
      if (round > 0) rates.push(rate)
    }
    const rate = medianOf(rates)
    const work = `claim and complete, ${BATCH} at a time, on disk at each commit`
    return [limitRow({ name: 'jobs', work, unit: 'jobs/s', atLeast: 3000 }, rate)]
  },
}

async function measureRound(boss: PgBoss): Promise<number> {
  const jobs = Array.from({ length: JOBS }, () => {
    const itemId = newId()
    return { data: { itemId, detail: null }, singletonKey: itemId }
  })
  await boss.insert(QUEUE, jobs)
  const startedAt = performance.now()
  let done = 0
  while (done < JOBS) {
    const claimed = await boss.fetch(QUEUE, { batchSize: BATCH })
    if (claimed.length === 0) throw new Error(`${JOBS - done} jobs were not given out`)
    const ids = claimed.map(({ id }) => id)
    await boss.complete(QUEUE, ids)
    done += ids.length
  }
  return (JOBS / (performance.now() - startedAt)) * 1000
}
