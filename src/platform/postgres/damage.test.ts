import { execFileSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isRoot, ownerOf } from './account.ts'
import { ClusterFixture, isServed } from './cluster-fixture.ts'

// Making a cluster takes a second by itself, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const fixture = new ClusterFixture()
/** One cluster for all: each test mends what it has damaged, and the next sees whether it has. */
let dataDir = ''
beforeAll(async () => {
  dataDir = await fixture.stoppedDataDir()
})
afterAll(() => fixture[Symbol.asyncDispose]())

/** Names and sizes of everything in the cluster, to see that a refusal has changed nothing. */
function inventory(dataDir: string): string[] {
  const cluster = join(dataDir, 'postgres')
  return (
    readdirSync(cluster, { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile() && !['postmaster.pid', 'postmaster.opts'].includes(item.name))
      .map((item) => join(item.parentPath, item.name))
      // Counters of use are thrown away at every start after a crash; they are no data.
      .filter((path) => !path.endsWith('pgstat.stat'))
      .map((path) => `${path} ${statSync(path).size}`)
      .toSorted()
  )
}

/** The file of the log of changes that the server would read first. */
function newestSegment(cluster: string): string {
  const folder = join(cluster, 'pg_wal')
  const names = readdirSync(folder).filter((name) => /^[0-9A-F]{24}$/.test(name))
  const written = names.toSorted().find((name) => readFileSync(join(folder, name)).some(Boolean))
  return join('pg_wal', written ?? '')
}

function overwrite(file: string, offset: number, bytes: Buffer): void {
  const fd = openSync(file, 'r+')
  writeSync(fd, bytes, 0, bytes.length, offset)
  closeSync(fd)
}

const flip = (file: string) => overwrite(file, 40, Buffer.from([0xff]))
const remove = (file: string) => rmSync(file, { recursive: true })
const empty = (file: string) => truncateSync(file)
const cut = (file: string) => truncateSync(file, 8192)
const scramble = (file: string) => writeFileSync(file, '\0\0\0')

const restore = /Nothing was changed\. .*`murmurcast restore FILE`/

describe('data that cannot be used', () => {
  it.each<[string, string, (file: string) => void, RegExp]>([
    ['a flipped byte', 'global/pg_control', flip, /incorrect checksum in control file/],
    ['no content', 'global/pg_control', empty, /could not read file "global\/pg_control"/],
    ['absence', 'global/pg_control', remove, /global\/pg_control is missing/],
    ['absence', 'PG_VERSION', remove, /PG_VERSION is missing/],
    ['garbage', 'PG_VERSION', scramble, /PG_VERSION cannot be read/],
    ['absence', 'pg_wal', remove, /pg_wal is missing/],
    ['absence', 'murmurcast-password', remove, /murmurcast-password is missing/],
    ['a cut', 'the log of changes', cut, /could not locate a valid checkpoint record/],
    ['absence', 'the log of changes', remove, /could not locate a valid checkpoint record/],
    ['absence', 'pg_xact/0000', remove, /pg_xact\/0000/],
    ['absence', 'global/pg_filenode.map', remove, /pg_filenode\.map is missing/],
  ])('%s of %s is refused, quoted, and left untouched', async (_, name, damage, quote) => {
    const cluster = join(dataDir, 'postgres')
    const file = join(cluster, name.startsWith('the log') ? newestSegment(cluster) : name)
    const kept = join(fixture.root, 'kept')
    execFileSync('cp', ['-a', file, kept])
    damage(file)
    const before = inventory(dataDir)
    const error = await fixture.start(dataDir).then(
      () => null,
      (thrown) => thrown,
    )
    const after = inventory(dataDir)
    rmSync(file, { recursive: true, force: true })
    renameSync(kept, file)
    expect(error).toMatchObject({ code: 'database-damaged', blame: 'outside' })
    expect(error.message).toMatch(quote)
    expect(error.message).toMatch(restore)
    expect(after).toEqual(before)
    expect(await isServed(dataDir)).toBe(false)
  })

  it('is as good as before once the damage is mended', async () => {
    const server = await fixture.start(dataDir)
    await server.stop()
    expect(await server.exited).toMatchObject({ how: 'stopped' })
  })

  it('a flipped byte in a table is found when it is read', async () => {
    const file = await (async () => {
      await using server = await fixture.start(dataDir)
      const client = new pg.Client(server.connection)
      await client.connect()
      await client.query("create table kept as select repeat('words', 100) as text")
      const { rows } = await client.query("select pg_relation_filepath('kept') as path")
      await client.end()
      return join(dataDir, 'postgres', rows[0].path)
    })()
    overwrite(file, 8000, Buffer.from('x'))
    await using server = await fixture.start(dataDir)
    const client = new pg.Client(server.connection)
    await client.connect()
    await expect(client.query('select * from kept')).rejects.toThrow(/invalid page/)
    await client.end()
  })

  it.each([
    [
      '17',
      /by PostgreSQL 17, but this murmurcast brings PostgreSQL 18/,
      /Start the older murmurcast/,
    ],
    [
      '19',
      /by PostgreSQL 19, but this murmurcast brings PostgreSQL 18/,
      /Start the newer murmurcast/,
    ],
    ['9.6', /by PostgreSQL 9\.6/, /Start the older murmurcast/],
  ])('data of version %s is refused with the way out', async (version, versions, wayOut) => {
    const file = join(dataDir, 'postgres/PG_VERSION')
    const ours = readFileSync(file)
    writeFileSync(file, `${version}\n`)
    const before = inventory(dataDir)
    const error = await fixture.start(dataDir).then(
      () => null,
      (thrown) => thrown,
    )
    expect(error).toMatchObject({ code: 'data-from-another-major', blame: 'caller' })
    expect(error.message).toMatch(versions)
    expect(error.message).toMatch(wayOut)
    expect(error.message).toMatch(/`murmurcast backup FILE`.*`murmurcast restore FILE`/)
    expect(inventory(dataDir)).toEqual(before)
    writeFileSync(file, ours)
  })

  it('a folder whose database has gone is not begun anew', async () => {
    renameSync(join(dataDir, 'postgres'), join(fixture.root, 'kept'))
    await expect(fixture.start(dataDir)).rejects.toMatchObject({
      code: 'database-folder-missing',
      message: expect.stringMatching(/There was a database .*`murmurcast restore FILE`/),
    })
    renameSync(join(fixture.root, 'kept'), join(dataDir, 'postgres'))
  })

  it('a folder with other things in it is not taken over', async () => {
    const dataDir = fixture.newDataDir()
    mkdirSync(join(dataDir, 'postgres'), { recursive: true, mode: 0o755 })
    writeFileSync(join(dataDir, 'postgres/notes.txt'), 'mine')
    if (isRoot()) chownSync(join(dataDir, 'postgres'), 65534, 65534)
    await expect(fixture.start(dataDir)).rejects.toMatchObject({ code: 'database-damaged' })
    expect(readdirSync(join(dataDir, 'postgres'))).toEqual(['notes.txt'])
  })

  it('a setting that Postgres does not know is named, without talk of damage', async () => {
    const starting = fixture.start(dataDir, { settings: { no_such_setting: '1' } })
    await expect(starting).rejects.toMatchObject({
      code: 'database-start-failed',
      message: expect.stringMatching(/no_such_setting.*Take that setting out/),
    })
  })

  it('a data folder that is a file is refused', async () => {
    const dataDir = fixture.newDataDir()
    writeFileSync(dataDir, '')
    await expect(fixture.start(dataDir)).rejects.toMatchObject({ code: 'data-folder-unusable' })
  })

  it.runIf(isRoot())('data of another user is refused with the way out', async () => {
    const account = ownerOf(join(dataDir, 'postgres'))
    chownSync(join(dataDir, 'postgres'), 1, 1)
    const child = fixture.runChild(
      `await startPostgres({ dataDir: '${dataDir}' }).catch((error) => say('code ' + error.code))`,
      { account: { uid: 65534, gid: 65534 } },
    )
    expect(await child.read('code ')).toBe('data-folder-of-another-user')
    expect(ownerOf(join(dataDir, 'postgres')).uid).toBe(1)
    chownSync(join(dataDir, 'postgres'), account.uid, account.gid)
  })
})
