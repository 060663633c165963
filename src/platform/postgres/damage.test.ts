import { execFileSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { isRoot, ownerOf } from './account.ts'
import { ClusterFixture, isServed } from './cluster-fixture.ts'

const fixture = new ClusterFixture()
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

/** The segment of the log of changes that the server would read first. */
function newestSegment(dataDir: string): string {
  const folder = join(dataDir, 'postgres/pg_wal')
  const names = readdirSync(folder).filter((name) => /^[0-9A-F]{24}$/.test(name))
  const written = names.toSorted().find((name) => readFileSync(join(folder, name)).some(Boolean))
  return join(folder, written ?? '')
}

function overwrite(file: string, offset: number, bytes: Buffer): void {
  const fd = openSync(file, 'r+')
  writeSync(fd, bytes, 0, bytes.length, offset)
  closeSync(fd)
}

const restore = /Nothing was changed\. .*`murmurcast restore FILE`/

describe('data that cannot be used', () => {
  it.each<[string, (cluster: string, dataDir: string) => void, RegExp]>([
    [
      'a control file with a flipped byte',
      (cluster) => overwrite(join(cluster, 'global/pg_control'), 40, Buffer.from([0xff])),
      /incorrect checksum in control file/,
    ],
    [
      'a control file of no length',
      (cluster) => truncateSync(join(cluster, 'global/pg_control')),
      /could not read file "global\/pg_control"/,
    ],
    [
      'no control file',
      (cluster) => rmSync(join(cluster, 'global/pg_control')),
      /global\/pg_control is missing/,
    ],
    ['no PG_VERSION', (cluster) => rmSync(join(cluster, 'PG_VERSION')), /PG_VERSION is missing/],
    [
      'an unreadable PG_VERSION',
      (cluster) => writeFileSync(join(cluster, 'PG_VERSION'), '\0\0\0'),
      /PG_VERSION cannot be read/,
    ],
    [
      'no pg_wal',
      (cluster) => rmSync(join(cluster, 'pg_wal'), { recursive: true }),
      /pg_wal is missing/,
    ],
    [
      'no password',
      (cluster) => rmSync(join(cluster, 'murmurcast-password')),
      /murmurcast-password is missing/,
    ],
    [
      'a truncated log of changes',
      (_, dataDir) => truncateSync(newestSegment(dataDir), 8192),
      /could not locate a valid checkpoint record/,
    ],
    [
      'an emptied log of changes',
      (_, dataDir) => rmSync(newestSegment(dataDir)),
      /could not locate a valid checkpoint record/,
    ],
    ['no transaction states', (cluster) => rmSync(join(cluster, 'pg_xact/0000')), /pg_xact\/0000/],
    [
      'no catalogue',
      (cluster) => rmSync(join(cluster, 'global/pg_filenode.map')),
      /pg_filenode\.map/,
    ],
  ])('%s is refused, quoted, and left untouched', async (_, damage, quote) => {
    const dataDir = await fixture.stoppedDataDir()
    damage(join(dataDir, 'postgres'), dataDir)
    const before = inventory(dataDir)
    const error = await fixture.start(dataDir).then(
      () => null,
      (thrown) => thrown,
    )
    expect(error).toMatchObject({ code: 'database-damaged', blame: 'outside' })
    expect(error.message).toMatch(quote)
    expect(error.message).toMatch(restore)
    expect(inventory(dataDir)).toEqual(before)
    expect(await isServed(dataDir)).toBe(false)
  })

  it('a flipped byte in a table is found when it is read', async () => {
    const dataDir = await fixture.stoppedDataDir()
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
    const dataDir = await fixture.stoppedDataDir()
    writeFileSync(join(dataDir, 'postgres/PG_VERSION'), `${version}\n`)
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
    const dataDir = await fixture.stoppedDataDir()
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
    const dataDir = await fixture.stoppedDataDir()
    execFileSync('chown', ['-R', '1', join(dataDir, 'postgres')])
    execFileSync('chmod', ['711', dataDir])
    const child = fixture.runChild(
      `await startPostgres({ dataDir: '${dataDir}' }).catch((error) => say('code ' + error.code))`,
      { account: { uid: 65534, gid: 65534 } },
    )
    expect(await child.read('code ')).toBe('data-folder-of-another-user')
    expect(ownerOf(join(dataDir, 'postgres')).uid).toBe(1)
  })
})

/** A small file system of our own; needs root with the right to mount. */
function mount(options: string): string | null {
  const folder = fixture.newDataDir('disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `mode=755,${options}`, 'tmpfs', folder], {
      stdio: 'ignore',
    })
    mounted.push(folder)
    return folder
  } catch {
    return null
  }
}
const mounted: string[] = []
const canMount = isRoot() && mount('size=1m') !== null

describe.runIf(canMount)('a disk in trouble', () => {
  afterAll(async () => {
    for (const folder of mounted) execFileSync('umount', ['-l', folder])
  })

  it.each([
    ['too small', 'size=12m'],
    ['out of inodes', 'size=200m,nr_inodes=300'],
  ])('%s leaves no half cluster', async (_, options) => {
    const disk = mount(options) ?? ''
    await expect(fixture.start(join(disk, 'data'))).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/Free some space/),
    })
    expect(readdirSync(join(disk, 'data'))).toEqual([])
    execFileSync('mount', ['-o', 'remount,size=300m,nr_inodes=0', disk])
    const server = await fixture.start(join(disk, 'data'))
    await server.stop()
  })

  it('that became full or read-only is told apart from damage, and starts when mended', async () => {
    const disk = mount('size=200m') ?? ''
    const dataDir = join(disk, 'data')
    execFileSync('cp', ['-a', await fixture.stoppedDataDir(), dataDir])
    execFileSync('sh', ['-c', `cat /dev/zero > ${disk}/ballast 2> /dev/null || true`])
    await expect(fixture.start(dataDir)).rejects.toMatchObject({ code: 'disk-full' })
    rmSync(join(disk, 'ballast'))
    execFileSync('mount', ['-o', 'remount,ro', disk])
    await expect(fixture.start(dataDir)).rejects.toMatchObject({ code: 'data-folder-read-only' })
    execFileSync('mount', ['-o', 'remount,rw', disk])
    const server = await fixture.start(dataDir)
    await server.stop()
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  })
})
