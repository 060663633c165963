import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { isRoot } from './account.ts'
import { ClusterFixture } from './cluster-fixture.ts'

// Making a cluster takes a second by itself, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const fixture = new ClusterFixture()
const mounted: string[] = []
const canMount = isRoot() && mount('size=1m') !== null
afterAll(async () => {
  for (const folder of mounted) execFileSync('umount', ['-l', folder])
  await fixture[Symbol.asyncDispose]()
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

describe.runIf(canMount)('a disk in trouble', () => {
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
    await fixture.start(dataDir).then((server) => server.stop())
    execFileSync('sh', ['-c', `cat /dev/zero > ${disk}/ballast 2> /dev/null || true`])
    await expect(fixture.start(dataDir)).rejects.toMatchObject({ code: 'disk-full' })
    expect(existsSync(join(dataDir, 'postgres.starting'))).toBe(false)
    rmSync(join(disk, 'ballast'))
    execFileSync('mount', ['-o', 'remount,ro', disk])
    await expect(fixture.start(dataDir)).rejects.toMatchObject({ code: 'data-folder-read-only' })
    execFileSync('mount', ['-o', 'remount,rw', disk])
    const server = await fixture.start(dataDir)
    await server.stop()
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  })
})
