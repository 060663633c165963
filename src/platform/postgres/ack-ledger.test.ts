import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, it, vi } from 'vitest'
import { ClusterFixture } from './cluster-fixture.ts'
import type { Postgres } from './postgres.ts'
import { isAlive } from './process-identity.ts'

// Making a cluster takes a second by itself, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const fixture = new ClusterFixture()
afterAll(() => fixture[Symbol.asyncDispose]())

const rounds = process.env.MURMURCAST_LONG_TESTS ? 50 : 10

/** Commits one row after another from three connections, and says each number once it is committed. */
const writer = (dataDir: string, round: number) => `
  const server = await startPostgres({ dataDir: '${dataDir}' })
  say('server ' + server.pid)
  let next = ${round} * 1_000_000
  const write = async () => {
    const client = new pg.Client(server.connection)
    client.on('error', () => {})
    await client.connect()
    for (;;) {
      const id = next++
      await client.query('insert into ledger (id, note) values ($1, $2)', [id, 'x'.repeat(id % 3000)])
      say('committed ' + id)
    }
  }
  await Promise.all([write(), write(), write()]).catch(() => {})`

/** What is struck: the writer alone, the server's main process alone, or both at once. */
const blows = ['writer', 'server', 'both'] as const

async function query<Row>(server: Postgres, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(server.connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}

it(
  `${rounds} kills at random moments lose no committed row`,
  async () => {
    const dataDir = await fixture.stoppedDataDir()
    await using first = await fixture.start(dataDir)
    await query(first, 'create table ledger (id integer primary key, note text)')
    await first.stop()
    let committed = 0
    for (let round = 0; round < rounds; round += 1) {
      const blow = blows[round % blows.length] ?? 'both'
      const child = fixture.runChild(writer(dataDir, round))
      const pid = Number(await child.read('server '))
      await child.read('committed ')
      await sleep(Math.random() * 400)
      if (blow !== 'server') child.process.kill('SIGKILL')
      if (blow !== 'writer') process.kill(pid, 'SIGKILL')
      await child.gone
      // A killed process takes its time on a busy machine, and accepts connections until then.
      while (blow !== 'writer' && isAlive(pid)) await sleep(5)
      const said = child.lines.filter((line) => line.startsWith('committed '))
      const acknowledged = said.map((line) => Number(line.slice('committed '.length)))
      const server = await fixture.start(dataDir)
      expect(server.startedHere, `after a blow at the ${blow}`).toBe(blow !== 'writer')
      const missing = await query(
        server,
        'select id from unnest($1::integer[]) as said (id) where id not in (select id from ledger)',
        [acknowledged],
      )
      expect(missing).toEqual([])
      committed += acknowledged.length
      // Left running now and then, for the next writer to join.
      if (round % 4 === 3) server.release()
      else await server.stop()
    }
    await using last = await fixture.start(dataDir)
    const [counted] = await query<{ rows: number }>(
      last,
      'select count(*)::int as rows from ledger',
    )
    expect(counted?.rows).toBeGreaterThanOrEqual(committed)
    expect(committed).toBeGreaterThan(rounds)
    await query(last, "select amcheck.bt_index_check('ledger_pkey', true)")
    await last.stop()
  },
  rounds * 10_000,
)
