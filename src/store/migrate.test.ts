import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../../tests/ground/create-test-database.ts'
import { PRODUCT_TABLES } from './backup/backup-tables.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './migrations/list.ts'

const NAMES = Object.keys(MIGRATIONS)
const KILLS = process.env.MURMURCAST_LONG_TESTS ? 50 : 10

/** A process that migrates this database and says what it ran. */
function migrateInChild({ connection }: TestDatabase): ChildProcess {
  const entry = new URL('./migrate.ts', import.meta.url).href
  const text = `import { migrate } from '${entry}'
    console.log('ready')
    console.log(JSON.stringify(await migrate(${JSON.stringify(connection)})))`
  const args = ['--input-type=module', '-e', text]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function outputOf(child: ChildProcess): Promise<string> {
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
  return output.replace('ready\n', '')
}

async function listTables({ db }: TestDatabase): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not like 'kysely%' order by 1`.execute(db)
  return rows.map((row) => row.name)
}

describe('migrate', () => {
  it('runs each migration once when four processes and four pools begin together', async () => {
    await using database = await createEmptyDatabase()
    const children = Array.from({ length: 4 }, () => migrateInChild(database))
    const pools = Array.from({ length: 4 }, () => migrate(database.connection))
    const ran = [
      ...(await Promise.all(children.map(outputOf))).map((text) => JSON.parse(text) as string[]),
      ...(await Promise.all(pools)),
    ]
    expect(ran.flat().toSorted()).toEqual(NAMES.toSorted())
    expect(await migrate(database.connection)).toEqual([])
  }, 60_000)

  it('makes exactly the tables that a backup holds', async () => {
    await using database = await createTestDatabase()
    expect(await listTables(database)).toEqual(PRODUCT_TABLES.toSorted())
  })

  it(`is whole or undone after each of ${KILLS} kills, and completes (row 106)`, async () => {
    await using database = await createEmptyDatabase()
    let unfinished = 0
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sql`drop schema public cascade; create schema public`.execute(database.db)
      const child = migrateInChild(database)
      await once(child.stdout ?? child, 'data')
      await sleep(Math.random() * 120)
      child.kill('SIGKILL')
      await once(child, 'close')
      const tables = await settledTables(database)
      expect([0, PRODUCT_TABLES.length]).toContain(tables.length)
      if (tables.length === 0) unfinished += 1
      const ran = await migrate(database.connection)
      expect(ran).toEqual(tables.length === 0 ? NAMES : [])
      expect(await listTables(database)).toEqual(PRODUCT_TABLES.toSorted())
    }
    // A test that always comes too late shows nothing.
    expect(unfinished).toBeGreaterThan(0)
  }, 240_000)

  it('refuses a database from a newer version, in words, and leaves it alone', async () => {
    await using database = await createEmptyDatabase()
    const later = { ...MIGRATIONS, '20991231T2359-later': { up: async () => {} } }
    await migrate(database.connection, later)
    const refused = { code: 'database-from-newer-version', blame: 'caller' }
    await expect(migrate(database.connection)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('newer murmurcast (it knows 20991231T2359-later)'),
    })
    expect(await migrate(database.connection, later)).toEqual([])
  })

  it('leaves the schema of before when a migration fails', async () => {
    await using database = await createEmptyDatabase()
    const broken = {
      ...MIGRATIONS,
      '20991231T2359-broken': {
        up: async () => {
          throw new Error('no such thing')
        },
      },
    }
    await expect(migrate(database.connection, broken)).rejects.toThrow('no such thing')
    expect(await listTables(database)).toEqual([])
    expect(await migrate(database.connection)).toEqual(NAMES)
  })
})

/** What is there once the killed process's connection has been noticed as gone. */
async function settledTables(database: TestDatabase): Promise<string[]> {
  for (let looks = 0; looks < 200; looks += 1) {
    const { rows } = await sql`select 1 from pg_stat_activity
      where application_name = 'murmurcast migrate' and datname = current_database()`.execute(
      database.db,
    )
    if (rows.length === 0) return listTables(database)
    await sleep(25)
  }
  throw new Error('the connection of a killed process is still there')
}
