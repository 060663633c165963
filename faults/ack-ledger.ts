import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { silentLog } from '../src/platform/log.ts'
import { findServerState } from '../src/platform/postgres/find-server-state.ts'
import type { Postgres } from '../src/platform/postgres/postgres.ts'
import { startPostgres } from '../src/platform/postgres/start-postgres.ts'
import type { Db } from '../src/store/database.ts'
import { exampleSource } from '../src/store/example-rows.ts'
import { migrate } from '../src/store/migrate.ts'
import { openDatabase } from '../src/store/open-database.ts'
import { openStore } from '../src/store/open-store.ts'
import type { Connection } from '../src/store/pool.ts'
import { saveSourceOnce } from '../src/store/sources.ts'
import type { Fault, FaultResult, FaultRun } from './fault.ts'
import { startProgram } from './kill-program.ts'

/** A database that can be struck and looked into afterwards. */
type House = {
  /** What the writer is given to open it. */
  args: readonly string[]
  /** Kills the server's main process. */
  strikeServer: () => Promise<void>
  /** Opens it as the next start does, and closes it again. */
  visit: <T>(look: (db: Db) => Promise<T>) => Promise<T>
  close: () => Promise<void>
}

/** What is struck, in turn: the program alone, the server alone, or both at once. */
const BLOWS = ['program', 'server', 'both'] as const
const LONGEST_WORK_MS = 400
const LONGEST_RECOVERY_MS = 3000
/** Numbers of one cycle do not meet those of the next. */
const NUMBERS_A_CYCLE = 1_000_000

const WHAT = 'SIGKILL during commits loses nothing acknowledged'

export const ackLedgerBuiltIn: Fault = {
  name: 'ack-ledger',
  row: 103,
  what: `${WHAT}, built-in Postgres`,
  cycles: 10,
  run: async (run) => strike(run, await openBuiltIn(run.folder)),
}

export const ackLedgerServer: Fault = {
  name: 'ack-ledger-server',
  row: 103,
  what: `${WHAT}, a Postgres server over TCP`,
  cycles: 10,
  run: async (run) => strike(run, await openServer(run.folder)),
}

async function strike({ cycles, progress }: FaultRun, house: House): Promise<FaultResult> {
  const committed: string[] = []
  try {
    await house.visit((db) => saveSourceOnce(db, exampleSource({})))
    let lost = 0
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const blow = BLOWS[cycle % BLOWS.length] ?? 'both'
      progress(`${cycle + 1} of ${cycles}, ${committed.length} commits, ${lost} lost`)
      const said = await writeUntilStruck(house, { blow, first: cycle * NUMBERS_A_CYCLE })
      committed.push(...said)
      lost = await house.visit((db) => countMissing(db, committed))
      if (lost > 0) break
    }
    const end = await house.visit(inspect)
    const note = `${committed.length} commits acknowledged`
    return { cycles, lost, duplicates: end.duplicates, faults: end.faults, note }
  } finally {
    await house.close()
  }
}

/** Lets the writer work for a moment, strikes, and returns the numbers that it acknowledged. */
async function writeUntilStruck(
  house: House,
  { blow, first }: { blow: (typeof BLOWS)[number]; first: number },
): Promise<string[]> {
  const writer = startProgram('./ack-ledger-writer.ts', [...house.args, String(first)])
  try {
    await writer.read('committed ', 3)
    await sleep(Math.random() * LONGEST_WORK_MS)
    if (blow !== 'program') await house.strikeServer()
    // The program finds its server gone, and the built-in one is brought back by it.
    if (blow === 'server') await sleep(Math.random() * LONGEST_RECOVERY_MS)
  } finally {
    await writer.kill()
  }
  const said = writer.lines.filter((line) => line.startsWith('committed '))
  return said.map((line) => line.slice('committed '.length))
}

async function countMissing(db: Db, numbers: readonly string[]): Promise<number> {
  const { rows } = await sql<{ missing: number }>`
    select count(*)::int as missing from unnest(${numbers}::text[]) as said (guid)
    where not exists (
      select 1 from episodes e join episode_contents c on c.episode_id = e.id
      where e.guid = said.guid)`.execute(db)
  return rows[0]?.missing ?? numbers.length
}

/** What came twice, whether the indexes agree with their tables, and rows that are half there. */
async function inspect(db: Db): Promise<{ duplicates: number; faults: string[] }> {
  const { rows } = await sql<{ duplicates: number; halves: number }>`
    select (select count(*) - count(distinct guid) from episodes)::int as duplicates,
      (select count(*) from episodes e left join episode_contents c on c.episode_id = e.id
        where c.episode_id is null)::int as halves`.execute(db)
  const faults: string[] = []
  if (rows[0]?.halves !== 0) faults.push(`${rows[0]?.halves} rows are half there`)
  const check = sql`select amcheck.bt_index_check(c.oid, true) from pg_class c
    join pg_index i on i.indexrelid = c.oid
    where c.relam = 403 and c.relnamespace = 'public'::regnamespace`
  await check.execute(db).catch((error: Error) => faults.push(`amcheck: ${error.message}`))
  return { duplicates: rows[0]?.duplicates ?? 0, faults }
}

async function openBuiltIn(folder: string): Promise<House> {
  const dataDir = join(folder, 'data')
  return {
    args: [dataDir, ''],
    strikeServer: async () => {
      const found = await findServerState(join(dataDir, 'postgres'))
      if ('pid' in found) process.kill(found.pid, 'SIGKILL')
    },
    visit: async (look) => {
      const options = { dataDir, url: null, as: 'serve', log: silentLog } as const
      await using database = await openDatabase(options)
      return await lookInto(database.connection, look)
    },
    close: async () => {
      const database = await openDatabase({ dataDir, url: null, as: 'command', log: silentLog })
      await database[Symbol.asyncDispose]()
    },
  }
}

async function openServer(folder: string): Promise<House> {
  const dataDir = join(folder, 'server')
  let server: Postgres = await startPostgres({ dataDir, tcpPort: 0 })
  const { user, password, host, port, database } = server.connection
  const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`
  const isUp = async (): Promise<boolean> =>
    'pid' in (await findServerState(join(dataDir, 'postgres')))
  return {
    args: [folder, url],
    strikeServer: async () => {
      process.kill(server.pid, 'SIGKILL')
      server.release()
    },
    visit: async (look) => {
      // Somebody looks after an owner's server: it comes back by itself.
      if (!(await isUp())) server = await startPostgres({ dataDir, tcpPort: port })
      await migrate({ url })
      return await lookInto({ url }, look)
    },
    close: () => server.stop(),
  }
}

async function lookInto<T>(connection: Connection, look: (db: Db) => Promise<T>): Promise<T> {
  const applicationName = 'murmurcast faults'
  await using store = openStore({ connection, applicationName, onConnectionError: () => {} })
  return await look(store.db)
}
