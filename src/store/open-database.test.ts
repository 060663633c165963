import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, inject, it, vi } from 'vitest'
import type { Failure } from '../model/failure.ts'
import { silentLog } from '../platform/log.ts'
import { ClusterFixture, isServed } from '../platform/postgres/cluster-fixture.ts'
import { findServerState } from '../platform/postgres/find-server-state.ts'
import { type OpenDatabase, type OpenDatabaseOptions, openDatabase } from './open-database.ts'
import { openStore, type Store } from './open-store.ts'
import { clientConfig } from './pool.ts'
import { Presence } from './presence.ts'

// These have clusters of their own: there is nothing else to see of them by a URL.
const isOwnServer = 'url' in inject('postgres')

vi.setConfig({ testTimeout: 60_000 })

const fixture = new ClusterFixture()
const opened: AsyncDisposable[] = []
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each[Symbol.asyncDispose]()
})
afterAll(() => fixture[Symbol.asyncDispose]())

async function open(
  dataDir: string,
  as: 'serve' | 'command',
  more: Partial<OpenDatabaseOptions> = {},
): Promise<OpenDatabase> {
  const database = await openDatabase({ dataDir, url: null, as, log: silentLog, ...more })
  opened.push(database)
  return database
}

function openPool({ connection }: OpenDatabase): Store {
  const onConnectionError = (): void => {}
  const store = openStore({ connection, applicationName: 'murmurcast tests', onConnectionError })
  opened.push(store)
  return store
}

/** A `serve` of its own process on the data folder. */
function serveInChild(dataDir: string) {
  const entry = new URL('./open-database.ts', import.meta.url).href
  const log = new URL('../platform/log.ts', import.meta.url).href
  return fixture.runChild(`
    const { openDatabase } = await import('${entry}')
    const { silentLog: log } = await import('${log}')
    try {
      await openDatabase({ dataDir: '${dataDir}', url: null, as: 'serve', log })
      say('serving')
      hold()
    } catch (error) {
      say('refused ' + error.code + ' ' + error.message)
    }`)
}

async function serverPid(dataDir: string): Promise<number> {
  const found = await findServerState(`${dataDir}/postgres`)
  if (!('pid' in found)) throw new Error('no server runs')
  return found.pid
}

/** Runs statements on a connection that no pool watches. */
async function run(database: OpenDatabase, statement: string, name = 'a stranger') {
  const client = new pg.Client(clientConfig(database.connection, name))
  client.on('error', () => {})
  await client.connect()
  opened.push({ [Symbol.asyncDispose]: () => client.end().catch(() => {}) })
  await client.query(statement)
  return client
}

const answers = (store: Store) =>
  sql`select 1`.execute(store.db).then(
    () => true,
    () => false,
  )

/** Ends the connection that holds the locks of `serve`, from within the server. */
const END_PRESENCE = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
  where application_name like 'murmurcast serve pid%' and pid <> pg_backend_pid()`

describe.skipIf(isOwnServer)('one data folder', () => {
  it('has one serve; commands join it; the last to leave stops the server (row 105)', async () => {
    const dataDir = await fixture.stoppedDataDir()
    const serve = await open(dataDir, 'serve')
    await expect(open(dataDir, 'serve')).rejects.toMatchObject({
      code: 'already-serving',
      message: expect.stringContaining(`(process ${process.pid})`),
    })
    const commands = await Promise.all([open(dataDir, 'command'), open(dataDir, 'command')])
    expect(await answers(openPool(commands[0]))).toBe(true)
    expect(await serve.listOthers()).toEqual([`murmurcast command pid ${process.pid}`])
    expect(await commands[0].claimAlone()).toBe(false)
    await Promise.all([serve[Symbol.asyncDispose](), commands[0][Symbol.asyncDispose]()])
    expect(await isServed(dataDir)).toBe(true)
    expect(await commands[1].listOthers()).toEqual([])
    await commands[1][Symbol.asyncDispose]()
    await commands[1][Symbol.asyncDispose]()
    expect(await isServed(dataDir)).toBe(false)
  })

  it('is opened by all who come at its very first start, and served by one of them', async () => {
    const dataDir = fixture.newDataDir()
    const children = [serveInChild(dataDir), serveInChild(dataDir)]
    const here = await open(dataDir, 'command')
    expect(await answers(openPool(here))).toBe(true)
    await vi.waitFor(() => expect(children.flatMap((child) => child.lines)).toHaveLength(2), 30_000)
    const said = children.flatMap((child) => child.lines).toSorted()
    expect(said[0]).toMatch(/^refused already-serving .*\(process \d+\)/)
    expect(said[1]).toBe('serving')
    await fixture.killChildren()
  }, 60_000)

  it('whose serve was killed is served by the next at once, on the same server', async () => {
    const dataDir = await fixture.stoppedDataDir()
    const child = serveInChild(dataDir)
    await child.read('serving')
    const pid = await serverPid(dataDir)
    child.process.kill('SIGKILL')
    await child.gone
    const startedAt = performance.now()
    const serve = await open(dataDir, 'serve')
    expect(performance.now() - startedAt).toBeLessThan(5000)
    expect(await serverPid(dataDir)).toBe(pid)
    await serve[Symbol.asyncDispose]()
    expect(await isServed(dataDir)).toBe(false)
  })

  it('that somebody has to themselves can be joined when they are done, and says so', async () => {
    const dataDir = await fixture.stoppedDataDir()
    const alone = await open(dataDir, 'command')
    expect(await alone.claimAlone()).toBe(true)
    const { connection } = alone
    const asking = { connection, as: 'serve', pid: 4711, onLost: () => {} } as const
    await expect(Presence.join({ ...asking, waitMs: 200 })).rejects.toMatchObject({
      code: 'database-busy',
      message: expect.stringContaining(`(process ${process.pid})`),
    })
    const joining = open(dataDir, 'serve')
    await sleep(300)
    await alone[Symbol.asyncDispose]()
    expect(await answers(openPool(await joining))).toBe(true)
  })
})

describe.skipIf(isOwnServer)('a lost connection', () => {
  it('after kill -9 of the server mends itself: pool, presence and the place of serve', async () => {
    const dataDir = await fixture.stoppedDataDir()
    const serve = await open(dataDir, 'serve')
    const store = openPool(serve)
    // Work is under way on lent-out connections as it happens.
    const busy = Array.from({ length: 4 }, () =>
      store.db.transaction().execute(async (tx) => {
        await sql`select pg_sleep(0.2)`.execute(tx)
        await sleep(300)
        await sql`select 1`.execute(tx)
      }),
    )
    const ended = Promise.allSettled(busy)
    await sleep(300)
    process.kill(await serverPid(dataDir), 'SIGKILL')
    const startedAt = performance.now()
    expect((await ended).map((end) => end.status)).toEqual(Array(4).fill('rejected'))
    await vi.waitFor(async () => expect(await answers(store)).toBe(true), 20_000)
    await vi.waitFor(async () => expect(await serve.listOthers()).toEqual([]), 20_000)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
    await expect(open(dataDir, 'serve')).rejects.toMatchObject({ code: 'already-serving' })
    await serve[Symbol.asyncDispose]()
    expect(await isServed(dataDir)).toBe(false)
  }, 60_000)

  it('again and again, of the locks alone, is joined again and never refuses itself', async () => {
    const dataDir = await fixture.stoppedDataDir()
    const taken: Failure[] = []
    const onTakenOver = (failure: Failure) => void taken.push(failure)
    const serve = await open(dataDir, 'serve', { onTakenOver, takeoverMs: 1000 })
    for (let round = 0; round < 5; round += 1) {
      await run(serve, END_PRESENCE)
      await vi.waitFor(async () => expect(await serve.listOthers()).toEqual([]), 5000)
    }
    expect(taken).toEqual([])
    await expect(open(dataDir, 'serve')).rejects.toMatchObject({ code: 'already-serving' })
  })

  it('gives way to a serve that holds the place for good, and not to one that goes', async () => {
    const dataDir = await fixture.stoppedDataDir()
    const taken: Failure[] = []
    const onTakenOver = (failure: Failure) => void taken.push(failure)
    const serve = await open(dataDir, 'serve', { onTakenOver, takeoverMs: 1500 })
    // Not waiting for its end, so that the lock is asked for before anybody can come back for it.
    const take = `${END_PRESENCE.replace(', 5000', '')}; select pg_advisory_lock(${0x6d75726d}, 2)`
    const passing = await run(serve, take, 'murmurcast serve pid 4711')
    await sleep(500)
    await passing.end()
    await vi.waitFor(async () => expect(await serve.listOthers()).toEqual([]), 5000)
    expect(taken).toEqual([])
    await run(serve, take, 'murmurcast serve pid 4712')
    await vi.waitFor(() => expect(taken).toHaveLength(1), 8000)
    expect(taken[0]).toMatchObject({
      code: 'already-serving',
      message: expect.stringContaining('(process 4712)'),
    })
  })

  it('as it leaves does not keep the last one from stopping the server', async () => {
    const dataDir = await fixture.stoppedDataDir()
    const serve = await open(dataDir, 'serve')
    await run(serve, END_PRESENCE)
    await serve[Symbol.asyncDispose]()
    expect(await isServed(dataDir)).toBe(false)
  })

  it('while the server is down does not keep anybody from leaving (row 114)', async () => {
    const dataDir = await fixture.stoppedDataDir()
    const serve = await open(dataDir, 'serve')
    process.kill(await serverPid(dataDir), 'SIGKILL')
    await sleep(20)
    const startedAt = performance.now()
    await serve[Symbol.asyncDispose]()
    expect(performance.now() - startedAt).toBeLessThan(15_000)
    const again = await open(dataDir, 'serve')
    expect(await answers(openPool(again))).toBe(true)
  })
})
