import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createEmptyDatabase,
  createTestDatabase,
  openTestQueue,
  type TestDatabase,
} from '../../../tests/ground/create-test-database.ts'
import { ClusterFixture } from '../../platform/postgres/cluster-fixture.ts'
import type { Db } from '../database.ts'
import { migrate } from '../migrate.ts'
import { MIGRATIONS } from '../migrations/list.ts'
import { openStore } from '../open-store.ts'
import type { Connection } from '../pool.ts'
import { writeBackupFile } from './backup-file.ts'
import {
  ACCOUNTS,
  BackupFixture,
  FILE,
  fillAccounts,
  fingerprint,
  linesOf,
  NOW,
  restore,
} from './backup-fixture.ts'
import { writeBackup } from './write-backup.ts'

let fixture: BackupFixture
let filled: TestDatabase
let backupPath: string
beforeAll(async () => {
  fixture = await BackupFixture.create()
  filled = fixture.filled
  backupPath = fixture.path
})
afterAll(() => fixture[Symbol.asyncDispose]())

const backUpTo = (path: string) => writeBackupFile(path, linesOf(filled.connection))

describe('a backup', () => {
  it('brings back every value of every table, and the files', async () => {
    const before = await fingerprint(filled.db)
    for (const print of Object.values(before)) expect(print).not.toMatch(/^0 /)
    await using other = await createTestDatabase()
    await using empty = await createEmptyDatabase()
    for (const target of [other, empty, filled]) {
      const contents = await restore(target, backupPath)
      expect(contents).toMatchObject({ createdAt: NOW.toISOString(), files: [FILE] })
      expect(await fingerprint(target.db)).toEqual(before)
      expect(await migrate(target.connection)).toEqual([])
    }
  })

  it('is closed to others, and leaves nothing unfinished beside it', async () => {
    expect(statSync(backupPath).mode & 0o777).toBe(0o600)
    await expect(backUpTo('/nowhere/at/all')).rejects.toMatchObject({ code: 'backup-not-written' })
    await expect(backUpTo(fixture.folder)).rejects.toMatchObject({ code: 'backup-not-written' })
    const path = fixture.newPath()
    const verify = async () => Promise.reject(new Error('does not read back'))
    writeFileSync(path, 'the backup of yesterday')
    const failing = writeBackupFile(path, linesOf(filled.connection), { verify })
    await expect(failing).rejects.toThrow('does not read back')
    expect(readFileSync(path, 'utf8')).toBe('the backup of yesterday')
    expect(readdirSync(fixture.folder).filter((name) => name.includes('unfinished'))).toEqual([])
  })

  it('is one moment, however much is written meanwhile (row 113)', async () => {
    await using database = await createTestDatabase()
    await fillAccounts(database.db)
    const stop = new AbortController()
    const writers = Array.from({ length: 4 }, () => moveMoney(database.db, stop.signal))
    await sleep(100)
    const path = fixture.newPath()
    const slowly = async function* () {
      for await (const line of writeBackup({
        ...{ connection: database.connection, now: NOW, readFiles: async () => [] },
      })) {
        await sleep(2)
        yield line
      }
    }
    await writeBackupFile(path, slowly())
    stop.abort()
    const moved = (await Promise.all(writers)).reduce((sum, count) => sum + count)
    await using other = await createEmptyDatabase()
    await restore(other, path)
    const [then] = (
      await sql<{ money: number; moves: number; outcomes: number }>`
        select sum(tokens_in)::int as money, sum(tokens_out)::int as moves,
          (select count(*)::int from step_outcomes) as outcomes from ledger`.execute(other.db)
    ).rows
    expect(then?.money).toBe(ACCOUNTS * 100)
    expect(then?.outcomes).toBe(then?.moves)
    // It was in the middle of things, or this shows nothing.
    expect(then?.moves).toBeGreaterThan(0)
    expect(moved).toBeGreaterThan(then?.moves ?? 0)
  }, 60_000)

  it('holds large rows in lines of bounded length', async () => {
    await using database = await createTestDatabase()
    await sql`insert into transcripts (id, language, origin, word_count, segments)
      select gen_random_uuid(), 'en', 'text', 1,
        jsonb_build_array(jsonb_build_object('text', (
          select string_agg(md5(g::text || n::text), '') from generate_series(1, 12000) n)))
      from generate_series(1, 40) g`.execute(database.db)
    const { connection } = database
    let longest = 0
    for await (const line of writeBackup({ connection, now: NOW, readFiles: async () => [] })) {
      longest = Math.max(longest, line.length)
    }
    // The first lot is taken before anything is known of the rows: 16 rows of 384 kB.
    expect(longest).toBeLessThan(8_000_000)
  }, 60_000)
})

/** Moves money between accounts and notes each move in another table, until told to stop. */
async function moveMoney(db: Db, signal: AbortSignal): Promise<number> {
  let moves = 0
  for (; !signal.aborted; moves += 1) {
    const [from, to] = [1 + (moves % ACCOUNTS), ACCOUNTS - (moves % ACCOUNTS)]
    await db.transaction().execute(async (tx) => {
      await sql`update ledger set tokens_in = tokens_in - 7, tokens_out = tokens_out + 1
        where stage = ${`${Math.min(from, to)}`}`.execute(tx)
      await sql`update ledger set tokens_in = tokens_in + 7
        where stage = ${`${Math.max(from, to)}`}`.execute(tx)
      await sql`insert into step_outcomes (id, step, item_id, outcome, ms)
        values (gen_random_uuid(), 's', gen_random_uuid(), 'done', 0)`.execute(tx)
    })
  }
  return moves
}

describe('a restore', () => {
  it('leaves what is not ours, and forgets jobs', async () => {
    await using database = await createTestDatabase()
    await sql`create table of_another_program as select 1 as n`.execute(database.db)
    await using queue = await openTestQueue(database, { works: false })
    await database.db
      .transaction()
      .execute((tx) => queue.enqueue(tx, { step: 'fetch-content', itemId: 'old' }))
    const countJobs = async () =>
      (await sql`select 1 from jobs.job where name = 'fetch-content'`.execute(database.db)).rows
    expect(await countJobs()).toHaveLength(1)
    await restore(database, backupPath)
    expect(await countJobs()).toHaveLength(0)
    const kept = await sql`select n from of_another_program`.execute(database.db)
    expect(kept.rows).toEqual([{ n: 1 }])
    const next = { step: 'fetch-content', itemId: 'new' } as const
    await database.db.transaction().execute((tx) => queue.enqueue(tx, next))
    expect(await countJobs()).toHaveLength(1)
  })

  it('waits for nobody: it is refused while somebody serves or holds a table', async () => {
    await using database = await createTestDatabase()
    {
      const { connection } = database
      const onConnectionError = (): void => {}
      const applicationName = 'murmurcast serve'
      await using serve = openStore({ connection, applicationName, onConnectionError })
      await sql`select 1`.execute(serve.db)
      await expect(restore(database, backupPath)).rejects.toMatchObject({ code: 'database-in-use' })
    }
    await database.db.transaction().execute(async (tx) => {
      await sql`lock table readers`.execute(tx)
      const impatient = restore(database, backupPath, { lockTimeoutMs: 300 })
      await expect(impatient).rejects.toMatchObject({ code: 'database-in-use' })
    })
  })

  it('is undone when what must come before its end fails', async () => {
    await using database = await createTestDatabase()
    await fillAccounts(database.db)
    const before = await fingerprint(database.db)
    const beforeCommit = async () => Promise.reject(new Error('no room for the journal'))
    await expect(restore(database, backupPath, { beforeCommit })).rejects.toThrow('no room')
    expect(await fingerprint(database.db)).toEqual(before)
  })

  it('that is killed at any moment leaves the old data whole', async () => {
    await using database = await createTestDatabase()
    await fillAccounts(database.db)
    const before = await fingerprint(database.db)
    for (const delayMs of [null, 0, 40, 120]) {
      const child = restoreInChild(database.connection)
      const [said] = (await once(child.stdout, 'data')) as [Buffer]
      expect(said.toString()).toContain('begun')
      if (delayMs === null) await once(child.stdout, 'data')
      else await sleep(delayMs)
      child.kill('SIGKILL')
      await once(child, 'close')
      await untilGone(database.db)
      expect(await fingerprint(database.db)).toEqual(before)
    }
    await restore(database, backupPath)
    expect(await fingerprint(database.db)).toEqual(await fingerprint(filled.db))
  }, 60_000)

  it('brings a backup of an older version up to date, and refuses a newer one', async () => {
    const name = '20991231T2359-later'
    const later = {
      ...MIGRATIONS,
      [name]: {
        up: async (db: Parameters<(typeof MIGRATIONS)[string]['up']>[0]) => {
          await sql`alter table readers add column nickname text`.execute(db)
          await sql`update readers set nickname = 'once ' || display_name`.execute(db)
          await sql`alter table readers alter column nickname set not null`.execute(db)
        },
      },
    }
    await using database = await createEmptyDatabase()
    await migrate(database.connection, later)
    await restore(database, backupPath, { migrations: later })
    const { rows } = await sql<{ nickname: string }>`select nickname from readers`.execute(
      database.db,
    )
    expect(rows).toHaveLength(2)
    for (const row of rows) expect(row.nickname).toMatch(/^once /)
    expect(await migrate(database.connection, later)).toEqual([])
    const newer = await fixture.backUp(database.connection)
    const before = await fingerprint(filled.db)
    await expect(restore(filled, newer)).rejects.toMatchObject({
      code: 'backup-from-newer-version',
      message: expect.stringContaining(name),
    })
    expect(await fingerprint(filled.db)).toEqual(before)
  })

  it('moves a house from one kind of server to the other and back', async () => {
    await using clusters = new ClusterFixture()
    await using server = await clusters.start(clusters.newDataDir(), { tcpPort: 0 })
    const { user, password, host, port, database } = server.connection
    const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`
    await restore({ connection: { url } }, backupPath)
    await using back = await createEmptyDatabase()
    await restore(back, await fixture.backUp({ url }))
    expect(await fingerprint(back.db)).toEqual(await fingerprint(filled.db))
  }, 60_000)
})

/** A process that restores the backup and never comes to its end. */
function restoreInChild(connection: Connection) {
  const restoring = new URL('./restore-backup.ts', import.meta.url).href
  const file = new URL('./backup-file.ts', import.meta.url).href
  const text = `import { restoreBackup } from '${restoring}'
    import { readBackupFile } from '${file}'
    process.stdout.write('begun')
    await restoreBackup(${JSON.stringify(connection)}, () => readBackupFile('${backupPath}'), {
      beforeCommit: async () => {
        process.stdout.write('nearly done')
        await new Promise((resolve) => setTimeout(resolve, 60_000))
      },
    })`
  const args = ['--input-type=module', '-e', text]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function untilGone(db: Db): Promise<void> {
  for (let looks = 0; looks < 400; looks += 1) {
    const { rows } = await sql`select 1 from pg_stat_activity
      where datname = current_database() and application_name = 'murmurcast restore'`.execute(db)
    if (rows.length === 0) return
    await sleep(25)
  }
  throw new Error('the connection of a killed process is still there')
}
