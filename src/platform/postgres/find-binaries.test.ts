import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { isRoot, nobody } from './account.ts'
import { ClusterFixture } from './cluster-fixture.ts'
import { findPackage, prepareBinaries } from './find-binaries.ts'
import { hydrateSymlinks } from './hydrate-symlinks.ts'
import { runProgram } from './run-program.ts'

// Making a cluster takes a second by itself, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const fixture = new ClusterFixture()
afterAll(() => fixture[Symbol.asyncDispose]())

/** The package as `npm ci --ignore-scripts` leaves it: without a single link. */
function freshPackage(): string {
  const folder = fixture.newDataDir('package')
  // Hard links where possible: nothing here changes a file of the package, only its folders.
  const copied = spawnSync('cp', ['-al', findPackage(), folder], { stdio: 'ignore' })
  if (copied.status !== 0) cpSync(findPackage(), folder, { recursive: true, force: true })
  for (const link of linksOf(folder)) rmSync(link, { force: true })
  return folder
}

function linksOf(packageDir: string): string[] {
  const list: unknown = JSON.parse(
    readFileSync(join(packageDir, 'native/pg-symlinks.json'), 'utf8'),
  )
  return (list as { target: string }[]).map(({ target }) => join(packageDir, target))
}

const isLink = (path: string) =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true

describe('the package of Postgres', () => {
  it('is found beside this module', () => {
    expect(existsSync(join(findPackage(), 'native/pg-symlinks.json'))).toBe(true)
  })

  it('gets its links, from two at once and again, and runs', async () => {
    const folder = freshPackage()
    expect(linksOf(folder).some(isLink)).toBe(false)
    expect(await Promise.all([hydrateSymlinks(folder), hydrateSymlinks(folder)])).toEqual([
      true,
      true,
    ])
    expect(await hydrateSymlinks(folder)).toBe(true)
    expect(linksOf(folder).every(isLink)).toBe(true)
    const binaries = await prepareBinaries(folder, fixture.newDataDir('copies'), null)
    expect(binaries.postgres.startsWith(folder)).toBe(true)
    expect(binaries.major).toBeGreaterThanOrEqual(18)
    const { stdout } = await runProgram(binaries.postgres, ['--version'], { account: null })
    expect(stdout).toContain(`PostgreSQL) ${binaries.major}.`)
  })

  it('never makes a link that leads out of its folder', async () => {
    const folder = fixture.newDataDir('package')
    mkdirSync(join(folder, 'native/lib'), { recursive: true })
    const links = [{ source: 'native/lib/a', target: 'native/lib/../../../escaped' }]
    writeFileSync(join(folder, 'native/pg-symlinks.json'), JSON.stringify(links))
    expect(await hydrateSymlinks(folder)).toBe(true)
    expect(readdirSync(fixture.root).filter((name) => name === 'escaped')).toEqual([])
  })

  it('says what to do on a system that it does not run on', async () => {
    const running = runProgram(join(fixture.root, 'no-such-program'), [], { account: null })
    await expect(running).rejects.toMatchObject({
      code: 'postgres-cannot-run',
      message: expect.stringContaining('DATABASE_URL'),
    })
  })
})

describe.runIf(isRoot())('the package where Postgres cannot use it', () => {
  it('is copied once, by two at once, and mended when the copy is broken', async () => {
    const folder = freshPackage()
    chmodSync(folder, 0o700)
    const copies = fixture.newDataDir('copies')
    const prepare = () => prepareBinaries(folder, copies, nobody)
    const [one, two] = await Promise.all([prepare(), prepare()])
    expect(one).toEqual(two)
    expect(one.postgres.startsWith(copies)).toBe(true)
    const versionOf = () => runProgram(one.postgres, ['--version'], { account: nobody })
    expect((await versionOf()).code).toBe(0)
    expect(readdirSync(copies)).toHaveLength(1)
    expect(readdirSync(copies)[0]).toMatch(/^18\.[\w.-]+-[0-9a-f]{12}$/)

    const made = lstatSync(one.postgres).ino
    expect(await prepare()).toEqual(one)
    expect(lstatSync(one.postgres).ino).toBe(made)
    truncateSync(one.postgres, 1000)
    expect(await prepare()).toEqual(one)
    expect((await versionOf()).code).toBe(0)
    chownSync(join(copies, readdirSync(copies)[0] ?? ''), 1, 1)
    expect(await prepare()).toEqual(one)
    expect(lstatSync(copies).uid).toBe(0)
    expect(readdirSync(copies)).toHaveLength(1)
  })

  it('is not kept in a folder that others can change', async () => {
    const folder = freshPackage()
    chmodSync(folder, 0o700)
    const copies = fixture.newDataDir('copies')
    mkdirSync(copies)
    chmodSync(copies, 0o777)
    await expect(prepareBinaries(folder, copies, nobody)).rejects.toMatchObject({
      code: 'system-folder-unsafe',
    })
  })

  it('is copied by an ordinary user for whom it is read-only and lacks its links', async () => {
    const folder = freshPackage()
    const dataDir = fixture.newDataDir()
    mkdirSync(dataDir)
    chownSync(dataDir, nobody.uid, nobody.gid)
    const child = fixture.runChild(
      `const server = await startPostgres({ dataDir: '${dataDir}', packageDir: '${folder}' })
       say('uid ' + process.getuid())
       await server.stop()`,
      { account: nobody },
    )
    expect(await child.read('uid ')).toBe(String(nobody.uid))
    await child.gone
    expect(readdirSync(join(dataDir, 'postgres-bin'))).toHaveLength(1)
    expect(linksOf(folder).some(isLink)).toBe(false)
    rmSync(dataDir, { recursive: true })
  })
})
