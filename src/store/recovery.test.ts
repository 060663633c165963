import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, inject, it, vi } from 'vitest'
import {
  createTestDatabase,
  openTestQueue,
  type TestDatabase,
} from '../../tests/ground/create-test-database.ts'
import { done } from '../model/step.ts'
import { newId } from '../platform/ids.ts'
import { ClusterFixture } from '../platform/postgres/cluster-fixture.ts'
import type { Postgres } from '../platform/postgres/postgres.ts'
import type { Db } from './database.ts'
import type { JobQueue, JobQueueOptions } from './jobs/job-queue.ts'
import { migrate } from './migrate.ts'
import { openStore } from './open-store.ts'
import type { Connection } from './pool.ts'

const STEP = 'fetch-content'
const ANSWER_TIMEOUT_MS = 700
const QUICK = {
  ...{ answerTimeoutMs: ANSWER_TIMEOUT_MS, monitorSeconds: 1, lookSeconds: 0.5 },
  stopTimeoutMs: 2000,
} satisfies Partial<JobQueueOptions>

const closing: AsyncDisposable[] = []
function keep<T extends AsyncDisposable>(what: T): T {
  closing.push(what)
  return what
}
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each[Symbol.asyncDispose]()
})

/** The server of a connection, by a socket or an address. */
function addressOf(connection: Connection) {
  if (!('url' in connection)) {
    const { host, port } = connection
    return host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port }
  }
  const { hostname, port } = new URL(connection.url)
  return { host: hostname, port: Number(port) }
}

/** A way to the server on which connections can be left hanging: open, and silent for ever. */
async function openProxy(connection: Connection) {
  const pairs = new Set<readonly [Socket, Socket]>()
  const server = createServer((client) => {
    const upstream = connect(addressOf(connection))
    pairs.add([client, upstream])
    for (const socket of [client, upstream]) socket.on('error', () => {})
    client.pipe(upstream).pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const url = 'url' in connection ? new URL(connection.url) : null
  const parts = url ?? (connection as Exclude<Connection, { url: string }>)
  if (url !== null) Object.assign(url, { hostname: '127.0.0.1', port: String(port) })
  return keep({
    connection: (url ? { url: url.href } : { ...parts, host: '127.0.0.1', port }) as Connection,
    /** From now on nothing passes on the connections that are open; new ones are well. */
    hang() {
      for (const [client, upstream] of pairs) {
        client.unpipe(upstream).pause()
        upstream.unpipe(client).pause()
      }
    },
    async [Symbol.asyncDispose]() {
      for (const pair of pairs) for (const socket of pair) socket.destroy()
      server.close()
    },
  })
}

function openQuickStore(connection: Connection) {
  return keep(
    openStore({
      ...{ connection, applicationName: 'murmurcast tests', answerTimeoutMs: ANSWER_TIMEOUT_MS },
      onConnectionError: () => {},
    }),
  )
}

/** Counts what each item's job has done; nothing keeps a second time from being seen. */
async function workAndCount(queue: JobQueue, db: Db): Promise<void> {
  await sql`create table if not exists effects (item text)`.execute(db)
  // What was in hand is tried again at once; 15 s is the rule.
  await sql`update jobs.queue set retry_delay = 0, retry_backoff = false`.execute(db)
  await queue.work(
    STEP,
    async (job) => {
      await sleep(20)
      return job.commit(done, async (tx) => {
        await sql`insert into effects values (${job.itemId})`.execute(tx)
      })
    },
    2,
  )
}

async function enqueue(queue: JobQueue, db: Db, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId())
  await db.transaction().execute(async (tx) => {
    for (const itemId of ids) await queue.enqueue(tx, { step: STEP, itemId })
  })
  return ids
}

async function effects(db: Db): Promise<string[]> {
  const { rows } = await sql<{ item: string }>`select item from effects`.execute(db)
  return rows.map((row) => row.item).toSorted()
}

describe('connections that are open and silent (row 110)', () => {
  it('are given up by the store, under way, idle and lent out', async () => {
    const database = keep(await createTestDatabase())
    const proxy = await openProxy(database.connection)
    const { db } = openQuickStore(proxy.connection)
    await Promise.all(Array.from({ length: 8 }, () => sql`select pg_sleep(0.1)`.execute(db)))
    const lentOut = db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(4711)`.execute(tx)
      await sleep(200)
      await sql`select 1`.execute(tx)
    })
    const underWay = sql`select pg_sleep(0.3)`.execute(db)
    const ended = Promise.allSettled([lentOut, underWay])
    await sleep(100)
    proxy.hang()
    const startedAt = performance.now()
    const statuses = (await ended).map((end) => end.status)
    expect(statuses).toEqual(['rejected', 'rejected'])
    await vi.waitFor(() => sql`select 1`.execute(db), { timeout: 10_000, interval: 10 })
    // What the lost connection had locked is free, though its server was told nothing.
    await sql`select pg_advisory_xact_lock(4711)`.execute(database.db)
    expect(performance.now() - startedAt).toBeLessThan(8000)
  }, 30_000)

  it('keep no job from being worked, once', async () => {
    const database = keep(await createTestDatabase())
    const proxy = await openProxy(database.connection)
    const { db } = openQuickStore(proxy.connection)
    const queue = keep(await openTestQueue({ ...database, ...proxy, db }, QUICK))
    await workAndCount(queue, database.db)
    const outside = keep(await openTestQueue(database, { works: false }))
    const ids = await enqueue(outside, database.db, 10)
    await vi.waitFor(
      async () => expect((await effects(database.db)).length).toBeGreaterThan(2),
      8000,
    )
    proxy.hang()
    ids.push(...(await enqueue(outside, database.db, 10)))
    await heartbeatsLapse(database, ids.length)
    expect(await effects(database.db)).toEqual(ids.toSorted())
  }, 60_000)
})

/** What a worker had in hand as it hung is given out again after its heartbeat, here at once. */
async function heartbeatsLapse({ db }: Pick<TestDatabase, 'db'>, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      await sql`update jobs.job set heartbeat_on = heartbeat_on - interval '10 seconds'
        where name = ${STEP} and state = 'active'`.execute(db)
      expect((await effects(db)).length).toBeGreaterThanOrEqual(count)
    },
    { timeout: 40_000, interval: 500 },
  )
  // A second time would come now.
  await sleep(1500)
}

// It has a cluster of its own, reached in its own way.
describe.skipIf('url' in inject('postgres'))('a restart of the server', () => {
  const fixture = new ClusterFixture()
  afterAll(() => fixture[Symbol.asyncDispose]())

  const restarts: [string, (server: Postgres) => Promise<void>][] = [
    ['in good order', (server) => server.stop()],
    [
      'by kill -9',
      async (server) => {
        process.kill(server.pid, 'SIGKILL')
        server.release()
      },
    ],
  ]
  for (const [how, end] of restarts) {
    it(`${how} loses no job and does none twice`, async () => {
      const dataDir = await fixture.stoppedDataDir()
      const server = await fixture.start(dataDir)
      const { connection } = server
      await migrate(connection)
      const { db } = openQuickStore(connection)
      const queue = keep(await openTestQueue({ connection, db } as TestDatabase, QUICK))
      await workAndCount(queue, db)
      const ids = await enqueue(queue, db, 40)
      await vi.waitFor(async () => expect((await effects(db)).length).toBeGreaterThan(5), 10_000)
      await end(server)
      const again = await fixture.start(dataDir)
      const startedAt = performance.now()
      await vi.waitFor(async () => ids.push(...(await enqueue(queue, db, 10))), 20_000)
      await heartbeatsLapse({ db }, ids.length)
      expect(performance.now() - startedAt).toBeLessThan(60_000)
      expect(await effects(db)).toEqual(ids.toSorted())
      for (const each of closing.splice(0).reverse()) await each[Symbol.asyncDispose]()
      await again.stop()
    }, 90_000)
  }
})
