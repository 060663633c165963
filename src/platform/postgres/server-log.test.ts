import {
  appendFileSync,
  closeSync,
  existsSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { ClusterFixture } from './cluster-fixture.ts'
import { makeFolders } from './open-folder.ts'
import { openServerLog, readServerLog, trimServerLog } from './server-log.ts'

// Making a cluster takes a second by itself, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const fixture = new ClusterFixture()
afterAll(() => fixture[Symbol.asyncDispose]())

async function newLog(): Promise<string> {
  const file = join(fixture.newDataDir(), 'logs', 'postgres.log')
  await makeFolders(dirname(file), 0o700)
  return file
}

describe("the server's log", () => {
  it('is closed to others and goes on where it was', async () => {
    const file = join(fixture.newDataDir(), 'logs', 'postgres.log')
    const first = await openServerLog(file)
    writeSync(first.fd, 'old\n')
    closeSync(first.fd)
    const second = await openServerLog(file)
    writeSync(second.fd, 'new\n')
    closeSync(second.fd)
    expect(readServerLog(file, second.from)).toEqual(['new'])
    expect(readFileSync(file, 'utf8')).toBe('old\nnew\n')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
  })

  it('is put aside at a start when it is large', async () => {
    const file = await newLog()
    writeFileSync(file, 'x'.repeat(1024 * 1024 + 1))
    const { fd, from } = await openServerLog(file)
    closeSync(fd)
    expect(from).toBe(0)
    expect(statSync(file).size).toBe(0)
    expect(statSync(`${file}.1`).size).toBe(1024 * 1024 + 1)
  })

  it('is cut under a running server, which goes on at its start', async () => {
    const file = await newLog()
    const { fd, from } = await openServerLog(file)
    trimServerLog(file)
    expect(existsSync(`${file}.1`)).toBe(false)
    appendFileSync(file, 'y'.repeat(8 * 1024 * 1024))
    trimServerLog(file)
    writeSync(fd, 'next\n')
    closeSync(fd)
    expect(readFileSync(file, 'utf8')).toBe('next\n')
    expect(readServerLog(file, from + 100)).toEqual(['next'])
    expect(statSync(`${file}.1`).size).toBe(8 * 1024 * 1024)
  })

  it('is read from its end when much was written', async () => {
    const file = await newLog()
    writeFileSync(file, `${'line\n'.repeat(100_000)}last\n`)
    const lines = readServerLog(file, 0)
    expect(lines.at(-1)).toBe('last')
    expect(lines.length).toBeLessThan(20_000)
    expect(readServerLog(`${file}.none`, 0)).toEqual([])
  })
})
