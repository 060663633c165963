import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ClusterFixture, isServed, killServer } from './cluster-fixture.ts'
import type { PostgresConnection } from './postgres.ts'

// Making a cluster takes a second by itself, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const fixture = new ClusterFixture()
/** One cluster for all tests that leave it as they found it: served by nobody. */
let dataDir = ''
beforeAll(async () => {
  dataDir = await fixture.stoppedDataDir()
})
afterEach(async () => {
  await fixture.killChildren()
  await killServer(join(dataDir, 'postgres'))
})
afterAll(() => fixture[Symbol.asyncDispose]())

async function ask<Row>(connection: PostgresConnection, sql: string): Promise<Row[]> {
  const client = new pg.Client(connection)
  // A server that is killed breaks the query, and once more the idle connection.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const hold = (dataDir: string) => `
  process.on('SIGINT', () => say('interrupted'))
  const server = await startPostgres({ dataDir: '${dataDir}' })
  say('pid ' + server.pid)
  hold()`

describe('a new cluster', () => {
  it('is made as asked, is reached by its socket alone, and stops in order', async () => {
    const server = await fixture.start(dataDir)
    const { connection, systemIdentifier } = server
    expect(server.startedHere).toBe(true)
    expect(connection.host).toBe(join(dataDir, 'run'))
    expect(statSync(connection.host).mode & 0o777).toBe(0o700)

    const settings = await ask<{ name: string; setting: string }>(
      connection,
      `select name, setting from pg_settings where name in ('listen_addresses', 'fsync',
       'data_checksums', 'server_encoding', 'password_encryption', 'jit', 'max_connections')`,
    )
    expect(Object.fromEntries(settings.map((row) => [row.name, row.setting]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      jit: 'off',
      listen_addresses: '',
      max_connections: '60',
      password_encryption: 'scram-sha-256',
      server_encoding: 'UTF8',
    })
    const identity = 'select system_identifier::text as id from pg_control_system()'
    expect(await ask(connection, identity)).toEqual([{ id: systemIdentifier }])

    await server.stop()
    await server.stop()
    expect(await server.exited).toEqual({ how: 'stopped', lastLines: [] })
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  })

  it('knows letters of every script, and takes the extensions that the store needs', async () => {
    await using server = await fixture.start(dataDir)
    const { connection } = server
    await ask(connection, 'create extension pg_trgm; create extension unaccent')
    const [row] = await ask<{ trigrams: number; upper: string; first: string; lz4: boolean }>(
      connection,
      `select array_length(show_trgm('привет'), 1) as trigrams, upper('straße é') as upper,
       least('a', 'B') as first, (select setting = 'lz4' or not 'lz4' = any (enumvals)
       from pg_settings where name = 'default_toast_compression') as lz4`,
    )
    expect(row).toEqual({
      trigrams: 7,
      upper: 'STRAßE É',
      first: 'B',
      lz4: true,
    })
  })

  it('lets in only the role with the password, which is no superuser', async () => {
    await using server = await fixture.start(dataDir)
    const { connection } = server
    const wrong = { ...connection, password: 'wrong' }
    await expect(ask(wrong, 'select 1')).rejects.toThrow(/password authentication failed/)
    const superuser = { ...connection, user: 'postgres' }
    await expect(ask(superuser, 'select 1')).rejects.toThrow(/no pg_hba.conf entry/)
    await expect(ask(connection, "copy (select 1) to program 'true'")).rejects.toThrow(/permission/)
    const passwordFile = join(dataDir, 'postgres/murmurcast-password')
    expect(statSync(passwordFile).mode & 0o777).toBe(0o600)
    expect(readFileSync(passwordFile, 'utf8').trim()).toBe(connection.password)
    const rules = readFileSync(join(dataDir, 'postgres/pg_hba.conf'), 'utf8').split('\n')
    const admitting = rules.filter((line) => line !== '' && !line.startsWith('#'))
    expect(admitting.length).toBeGreaterThan(0)
    for (const rule of admitting) expect(rule).toMatch(/ scram-sha-256$/)
  })

  it('lies in a folder of any name', async () => {
    const odd = join(fixture.newDataDir(), `a, "b" 'c' ü $d`)
    const said: string[] = []
    const log = { info: (text: string) => said.push(text), warn: (text: string) => said.push(text) }
    await using server = await fixture.start(odd, { log })
    expect(said).toEqual([`Making a new database in ${odd}/postgres.`])
    expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
  })

  it('listens on a loopback port when asked to be like a server', async () => {
    await using server = await fixture.start(dataDir, { tcpPort: 0 })
    expect(server.connection.host).toBe('127.0.0.1')
    const listening = await ask(server.connection, 'show listen_addresses')
    expect(listening).toEqual([{ listen_addresses: '127.0.0.1' }])
    const wrong = { ...server.connection, password: 'wrong' }
    await expect(ask(wrong, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  it('can be verified with amcheck by the product itself', async () => {
    await using server = await fixture.start(dataDir)
    const checked = ask(server.connection, "select amcheck.bt_index_check('pg_class_oid_index')")
    expect(await checked).toHaveLength(1)
  })
})

describe('a cluster that is served already', () => {
  it('is joined, and left alone by those who joined', async () => {
    await using server = await fixture.start(dataDir)
    {
      await using joined = await fixture.start(dataDir)
      expect(joined.startedHere).toBe(false)
      expect(joined.pid).toBe(server.pid)
      expect(joined.connection).toEqual(server.connection)
      expect(joined.systemIdentifier).toBe(server.systemIdentifier)
      expect(await ask(joined.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    }
    expect(await isServed(dataDir)).toBe(true)
  })

  it('is adopted in good health when the program that started it was killed', async () => {
    const child = fixture.runChild(hold(dataDir))
    const pid = Number(await child.read('pid '))
    child.process.kill('SIGKILL')
    await child.gone
    await sleep(300)
    const server = await fixture.start(dataDir)
    expect(server).toMatchObject({ pid, startedHere: false })
    expect(await ask(server.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
    expect(await isServed(dataDir)).toBe(false)
  })

  it('survives Ctrl-C, which a terminal sends to the whole process group', async () => {
    const child = fixture.runChild(hold(dataDir), { detached: true })
    await child.read('pid ')
    process.kill(-child.pid, 'SIGINT')
    await child.read('interrupted')
    await sleep(200)
    await using server = await fixture.start(dataDir)
    expect(server.startedHere).toBe(false)
    await server.stop()
  })

  it('is waited for while it shuts down, and then started', async () => {
    const first = await fixture.start(dataDir)
    const client = new pg.Client(first.connection)
    client.on('error', () => {})
    await client.connect()
    // SIGTERM lets the server wait for its clients before it goes.
    process.kill(first.pid, 'SIGTERM')
    const pidFile = join(dataDir, 'postgres/postmaster.pid')
    while (!readFileSync(pidFile, 'utf8').includes('stopping')) await sleep(5)
    const starting = fixture.start(dataDir)
    await sleep(200)
    await client.end()
    await using second = await starting
    expect(second).toMatchObject({ startedHere: true })
    expect(second.pid).not.toBe(first.pid)
  })

  it('is waited for while it starts or recovers, with word of that', async () => {
    await using server = await fixture.start(dataDir)
    const pidFile = join(dataDir, 'postgres/postmaster.pid')
    const ready = readFileSync(pidFile, 'utf8')
    writeFileSync(pidFile, ready.replace('ready   ', 'starting'))
    await expect(fixture.start(dataDir, { waitMs: 100 })).rejects.toMatchObject({
      code: 'database-slow',
      message: expect.stringMatching(/not ready after 0 s: it is starting, or recovering/),
    })
    const said: string[] = []
    const log = { info: (text: string) => said.push(text), warn: () => {} }
    const joining = fixture.start(dataDir, { log })
    await sleep(3_500)
    writeFileSync(pidFile, ready)
    expect(await joining).toMatchObject({ pid: server.pid, startedHere: false })
    expect(said).toEqual([
      expect.stringMatching(/^Waiting for the database for 3 s: it is starting, or recovering/),
    ])
    await server.stop()
  })

  it('is refused when a server answers that no process here is', async () => {
    const text = `999999999\n${dataDir}/postgres\n1\n5432\n${dataDir}/run\n\n0 0\nready\n`
    writeFileSync(join(dataDir, 'postgres/postmaster.pid'), text)
    const elsewhere = createServer((socket) => socket.end('N')).listen(
      join(dataDir, 'run/.s.PGSQL.5432'),
    )
    try {
      await expect(fixture.start(dataDir)).rejects.toMatchObject({
        code: 'database-held-elsewhere',
        message: expect.stringMatching(/process 999999999.*Stop murmurcast there/),
      })
    } finally {
      elsewhere.close()
    }
  })

  it('is started by one of five that start it at once', async () => {
    const servers = await Promise.all(Array.from({ length: 5 }, () => fixture.start(dataDir)))
    expect(new Set(servers.map((server) => server.pid)).size).toBe(1)
    expect(servers.filter((server) => server.startedHere)).toHaveLength(1)
    await servers[0]?.stop()
    for (const server of servers) expect(await server.exited).toMatchObject({ how: 'stopped' })
  })
})

describe('a server that dies', () => {
  it('is noticed, both by who started it and who joined, and starts again', async () => {
    const server = await fixture.start(dataDir)
    const joined = await fixture.start(dataDir)
    await ask(server.connection, 'create table if not exists kept as select 1 as one')
    process.kill(server.pid, 'SIGKILL')
    expect((await server.exited).how).toBe('crashed')
    expect((await joined.exited).how).toBe('crashed')
    await using again = await fixture.start(dataDir)
    expect(again.startedHere).toBe(true)
    expect(await ask(again.connection, 'select one from kept')).toEqual([{ one: 1 }])
  })

  it('starts again although a query of the dead one is still computing', async () => {
    const server = await fixture.start(dataDir)
    const endless = ask(server.connection, 'select count(*) from generate_series(1, 3000000000)')
    endless.catch(() => {})
    await sleep(200)
    process.kill(server.pid, 'SIGKILL')
    await server.exited
    await using again = await fixture.start(dataDir)
    expect(again.startedHere).toBe(true)
    await expect(endless).rejects.toThrow()
  })

  it('is not waited for longer than asked, and is called off on a signal', async () => {
    await expect(fixture.start(dataDir, { waitMs: 0 })).rejects.toMatchObject({
      code: 'database-slow',
    })
    await using server = await fixture.start(dataDir)
    expect(server.pid).toBeGreaterThan(0)
    await server.stop()
    const signal = AbortSignal.abort()
    await expect(fixture.start(dataDir, { signal })).rejects.toMatchObject({
      code: 'database-start-aborted',
    })
    expect(await isServed(dataDir)).toBe(false)
  })
})
