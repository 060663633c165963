import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { isRoot, nobody, ownerOf } from './account.ts'
import { choosePlace, pointerName } from './choose-place.ts'
import { ClusterFixture } from './cluster-fixture.ts'
import { findPackage } from './find-binaries.ts'
import { makeFolders } from './open-folder.ts'
import { chooseSocketFolder, makeSocketFolder } from './socket-folder.ts'

// Making a cluster takes a second by itself, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const fixture = new ClusterFixture()
afterAll(() => fixture[Symbol.asyncDispose]())

/** A data folder below a home that is closed to everyone else, like /root. */
function closedDataDir(): string {
  const home = fixture.newDataDir('home')
  mkdirSync(home)
  chmodSync(home, 0o700)
  return join(home, 'share', 'murmurcast')
}

describe('the folder of the socket', () => {
  it.each([
    ['/srv/data', '/srv/data/run'],
    [`/${'a'.repeat(82)}`, `/${'a'.repeat(82)}/run`],
  ])('lies beside the cluster where its path is short enough (%s)', (home, folder) => {
    expect(chooseSocketFolder(home, 1000)).toBe(folder)
  })

  it.each([`/${'a'.repeat(90)}`, `/${'ü'.repeat(45)}`])(
    'is a short one where it is not',
    (home) => {
      const folder = chooseSocketFolder(home, 1000)
      expect(folder).toMatch(/\/murmurcast-1000-[0-9a-f]{12}$/)
      expect(folder).toBe(chooseSocketFolder(home, 1000))
      expect(folder).not.toBe(chooseSocketFolder(home, 1001))
      expect(folder).not.toBe(chooseSocketFolder(`${home}b`, 1000))
      expect(Buffer.byteLength(`${folder}/.s.PGSQL.65535`)).toBeLessThanOrEqual(103)
    },
  )

  it('is closed to others, even if it was open', async () => {
    const folder = fixture.newDataDir('run')
    await makeSocketFolder(folder, null)
    chmodSync(folder, 0o755)
    await makeSocketFolder(folder, null)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('is refused when it is a link', async () => {
    const folder = fixture.newDataDir('run')
    symlinkSync(fixture.root, folder)
    await expect(makeSocketFolder(folder, null)).rejects.toMatchObject({
      code: 'socket-folder-unsafe',
    })
  })

  it.runIf(isRoot())('is refused when it belongs to somebody else', async () => {
    const folder = fixture.newDataDir('run')
    mkdirSync(folder)
    chownSync(folder, 1, 1)
    await expect(makeSocketFolder(folder, null)).rejects.toMatchObject({
      code: 'socket-folder-unsafe',
    })
  })

  it('serves a data folder whose path is too long for a socket', async () => {
    const dataDir = join(fixture.newDataDir(), 'd'.repeat(120))
    await using server = await fixture.start(dataDir)
    const { connection } = server
    expect(connection.host).toMatch(/\/murmurcast-\d+-[0-9a-f]{12}$/)
    expect(statSync(connection.host).mode & 0o777).toBe(0o700)
    const client = new pg.Client(connection)
    await client.connect()
    await client.end()
    await server.stop()
    rmSync(connection.host, { recursive: true })
  })
})

describe.runIf(isRoot())('as root', () => {
  it('keeps the cluster in a data folder that Postgres can get to, and gives it only that', async () => {
    const dataDir = join(fixture.newDataDir(), 'deep', 'data')
    const place = await choosePlace(dataDir, join(fixture.root, 'system'))
    expect(place).toMatchObject({ homeDir: dataDir, account: nobody })
    expect(ownerOf(dataDir).uid).toBe(0)
    expect(statSync(dataDir).mode & 0o777).toBe(0o711)
  })

  it('puts it elsewhere below a closed home, leaves word of that, and finds it again', async () => {
    const dataDir = closedDataDir()
    const systemDir = join(fixture.root, 'system')
    // The clone of the project lies in the same home, so its programs are out of reach as well.
    const packageDir = join(dataDir, '..', '..', 'package')
    cpSync(findPackage(), packageDir, { recursive: true })
    const server = await fixture.start(dataDir, { packageDir })
    expect(readlinkSync(`/proc/${server.pid}/exe`)).toMatch(
      new RegExp(`^${systemDir}/postgres-bin/18\\.[^/]+/native/bin/postgres$`),
    )
    const pointer = readFileSync(join(dataDir, pointerName), 'utf8')
    const homeDir = pointer.trim().split('\n').at(-1) ?? ''
    expect(homeDir).toMatch(new RegExp(`^${systemDir}/clusters/[0-9a-f]{16}$`))
    expect(server.connection.host).toBe(join(homeDir, 'run'))
    expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).toMatch(/^Uid:\s+65534\s+65534/m)
    expect(lstatSync(join(homeDir, 'postgres')).uid).toBe(nobody.uid)
    expect(ownerOf(homeDir).uid).toBe(0)
    expect(statSync(join(dataDir, '..', '..')).mode & 0o777).toBe(0o700)
    expect(readdirSync(dataDir).toSorted()).toEqual([pointerName, 'logs'])
    await server.stop()

    const moved = fixture.newDataDir('moved')
    renameSync(dataDir, moved)
    await using again = await fixture.start(moved)
    expect(again.systemIdentifier).toBe(server.systemIdentifier)
    await again.stop()
    renameSync(homeDir, `${homeDir}.lost`)
    await expect(fixture.start(moved)).rejects.toMatchObject({
      code: 'database-folder-missing',
      message: expect.stringContaining(homeDir),
    })
    expect(existsSync(homeDir)).toBe(false)
  })

  it('makes no new cluster where there is one that Postgres cannot get to', async () => {
    const dataDir = closedDataDir()
    mkdirSync(join(dataDir, 'postgres/base'), { recursive: true })
    chownSync(join(dataDir, 'postgres'), nobody.uid, nobody.gid)
    await expect(fixture.start(dataDir)).rejects.toMatchObject({ code: 'database-out-of-reach' })
    expect(existsSync(join(dataDir, pointerName))).toBe(false)
  })

  it("runs a user's cluster as that user, whose files stay theirs", async () => {
    const dataDir = fixture.newDataDir()
    mkdirSync(dataDir)
    chownSync(dataDir, 1, 1)
    chmodSync(dataDir, 0o700)
    await using server = await fixture.start(dataDir)
    expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).toMatch(/^Uid:\s+1\s+1/m)
    const theirs = ['postgres', 'run', 'logs', 'logs/postgres.log']
    expect(theirs.map((name) => ownerOf(join(dataDir, name)).uid)).toEqual([1, 1, 1, 1])
  })

  it('is told when files of the cluster were given to root', async () => {
    const dataDir = fixture.newDataDir()
    await makeFolders(join(dataDir, 'postgres/base'), 0o755)
    await expect(fixture.start(dataDir)).rejects.toMatchObject({
      code: 'data-folder-of-another-user',
      message: expect.stringContaining(`chown -R 65534:65534 ${dataDir}/postgres`),
    })
  })

  it('takes an umask of 077 into account', async () => {
    const old = process.umask()
    const dataDir = join(fixture.newDataDir(), 'deep', 'data')
    // vitest runs tests in a thread, where the umask cannot be set; a program of its own can.
    const child = fixture.runChild(
      `process.umask(0o077)
       const server = await startPostgres({ dataDir: '${dataDir}' })
       say('host ' + server.connection.host)
       await server.stop()`,
    )
    expect(await child.read('host ')).toBe(join(dataDir, 'run'))
    await child.gone
    expect(process.umask()).toBe(old)
  })
})
