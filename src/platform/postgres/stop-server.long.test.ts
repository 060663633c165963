import pg from 'pg'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { ClusterFixture, isServed } from './cluster-fixture.ts'

// Making a cluster takes a second by itself, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const fixture = new ClusterFixture()
afterAll(() => fixture[Symbol.asyncDispose]())

describe('a server that does not stop when asked', () => {
  it.each([
    ['because a part of it hangs', 'part', 17_000],
    ['because its main process hangs', 'main', 19_000],
  ])('%s is stopped all the same, within the time that the product has', async (_, hung, maxMs) => {
    const dataDir = await fixture.stoppedDataDir()
    const server = await fixture.start(dataDir)
    const client = new pg.Client(server.connection)
    client.on('error', () => {})
    await client.connect()
    await client.query('create table kept as select 1 as one')
    const { rows } = await client.query('select pg_backend_pid() as pid')
    process.kill(hung === 'part' ? rows[0].pid : server.pid, 'SIGSTOP')
    const startedAt = performance.now()
    await server.stop()
    expect(performance.now() - startedAt).toBeGreaterThan(9_000)
    expect(performance.now() - startedAt).toBeLessThan(maxMs)
    expect((await server.exited).how).toBe('crashed')
    expect(await isServed(dataDir)).toBe(false)
    await client.end().catch(() => {})

    await using again = await fixture.start(dataDir)
    const reader = new pg.Client(again.connection)
    await reader.connect()
    expect((await reader.query('select one from kept')).rows).toEqual([{ one: 1 }])
    await reader.end()
    await again.stop()
  })
})
