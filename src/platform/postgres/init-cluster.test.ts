import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { type Child, ClusterFixture, descendantsOf, isServed } from './cluster-fixture.ts'
import { removeDeadAttempts } from './init-cluster.ts'

// Making a cluster takes a second by itself, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const fixture = new ClusterFixture()
afterAll(() => fixture[Symbol.asyncDispose]())

/** About as long as making a cluster takes, so that kills fall all over it. */
const spanMs = 1_500
const rounds = process.env.MURMURCAST_LONG_TESTS ? 50 : 5

const start = (dataDir: string) => `
  const server = await startPostgres({ dataDir: '${dataDir}' })
  say('system ' + server.systemIdentifier)
  const client = new pg.Client(server.connection)
  await client.connect()
  say('answer ' + (await client.query('select current_database() as name')).rows[0].name)
  hold()`

/** Kills a program with everything below it at the same moment, as a power cut would. */
function killTree(child: Child): void {
  for (const pid of descendantsOf(child.pid)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended between the look and the signal.
    }
  }
}

const leftovers = (dataDir: string) =>
  readdirSync(dataDir).filter((name) => name.startsWith('postgres.new'))

describe('making a cluster', () => {
  it(
    `leaves all or nothing when killed, ${rounds} times at random`,
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const dataDir = fixture.newDataDir()
        const child = fixture.runChild(start(dataDir))
        // Evenly spread with a random offset: no moment is left out for long.
        const afterMs = ((round + Math.random()) / rounds) * spanMs
        await sleep(afterMs)
        // Every other time only the program itself dies, and initdb goes on without it.
        if (round % 2 === 0) killTree(child)
        else child.process.kill('SIGKILL')
        await child.gone
        const server = await fixture.start(dataDir)
        const client = new pg.Client(server.connection)
        await client.connect()
        await client.query('create table works as select 1')
        await client.end()
        await server.stop()
        const again = await fixture.start(dataDir)
        await again.stop()
        expect(leftovers(dataDir), `killed after ${afterMs} ms`).toEqual([])
      }
    },
    rounds * 15_000,
  )

  it('ends with one cluster when two do it at once, both connected', async () => {
    const dataDir = fixture.newDataDir()
    const children = [fixture.runChild(start(dataDir)), fixture.runChild(start(dataDir))]
    const answers = await Promise.all(children.map((child) => child.read('answer ')))
    expect(answers).toEqual(['murmurcast', 'murmurcast'])
    const systems = await Promise.all(children.map((child) => child.read('system ')))
    expect(systems[0]).toBe(systems[1])
    expect(leftovers(dataDir)).toEqual([])
    expect(await isServed(dataDir)).toBe(true)
  })

  it('removes what dead attempts left, and nothing of one under way', async () => {
    const dataDir = fixture.newDataDir()
    const dead = join(dataDir, 'postgres.new-999999999-00ff00ff')
    const alive = join(dataDir, `postgres.new-${process.ppid}-00ff00ff`)
    const mine = join(dataDir, 'postgres.new-notes')
    for (const folder of [dead, alive, mine]) mkdirSync(folder, { recursive: true, mode: 0o755 })
    writeFileSync(join(dead, 'PG_VERSION'), '18\n')
    await removeDeadAttempts(dataDir)
    expect([dead, alive, mine].map(existsSync)).toEqual([false, true, true])
  })

  it('takes an empty folder of that name for none', async () => {
    const dataDir = fixture.newDataDir()
    mkdirSync(join(dataDir, 'postgres'), { recursive: true })
    execFileSync('chmod', ['755', dataDir])
    await using server = await fixture.start(dataDir)
    expect(server.startedHere).toBe(true)
  })
})
