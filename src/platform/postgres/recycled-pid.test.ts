import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ClusterFixture, isServed, killServer, testAccount } from './cluster-fixture.ts'

// Making a cluster takes a second by itself, and many on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const fixture = new ClusterFixture()
let dataDir = ''
beforeAll(async () => {
  dataDir = await fixture.stoppedDataDir()
})
afterEach(async () => {
  await fixture.killChildren()
  await killServer(join(dataDir, 'postgres'))
})
afterAll(() => fixture[Symbol.asyncDispose]())

describe('a process number that was handed out again', () => {
  /** Something that lives, is not Postgres, and belongs to the same user as Postgres. */
  const stranger = () => fixture.runChild('hold()', { account: testAccount }).pid
  /** Writes a file as a server would have that ran a minute ago. */
  const leave = (file: string, text: string) => {
    writeFileSync(file, text)
    const aMinuteAgo = Date.now() / 1000 - 60
    utimesSync(file, aMinuteAgo, aMinuteAgo)
  }

  it.each([
    ['in postmaster.pid', ['postgres/postmaster.pid']],
    ['in the lock of the socket', ['run/.s.PGSQL.5432.lock']],
    ['in both', ['postgres/postmaster.pid', 'run/.s.PGSQL.5432.lock']],
  ])('is seen through %s', async (_, files) => {
    const server = await fixture.start(dataDir)
    const texts = files.map((file) => readFileSync(join(dataDir, file), 'utf8'))
    process.kill(server.pid, 'SIGKILL')
    await server.exited
    const pid = stranger()
    for (const [index, file] of files.entries())
      leave(join(dataDir, file), (texts[index] ?? '').replace(/^\d+/, String(pid)))
    await using again = await fixture.start(dataDir)
    expect(again.startedHere).toBe(true)
    expect(await isServed(dataDir)).toBe(true)
    expect(process.kill(pid, 0)).toBe(true)
  })

  it('does not let two starters at once make two servers', async () => {
    const pidFile = join(dataDir, 'postgres/postmaster.pid')
    leave(pidFile, `${stranger()}\n${dataDir}/postgres\n1\n5432\n${dataDir}/run\n\n0 0\nready\n`)
    const start = `
      const server = await startPostgres({ dataDir: '${dataDir}' })
      say('pid ' + server.pid)
      say('here ' + server.startedHere)
      hold()`
    const children = [fixture.runChild(start), fixture.runChild(start)]
    const pids = await Promise.all(children.map((child) => child.read('pid ')))
    expect(pids[0]).toBe(pids[1])
    const here = await Promise.all(children.map((child) => child.read('here ')))
    expect(here.toSorted()).toEqual(['false', 'true'])
  })

  it('is seen through where it is a dead process that nobody collects', async () => {
    const child = fixture.runChild(
      `const { spawn } = await import('node:child_process')
       const shell = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'])
       shell.stdout.on('data', (text) => say('dead ' + String(text).trim()))
       process.on('SIGTERM', () => shell.kill('SIGKILL'))`,
      { account: testAccount },
    )
    const pid = Number(await child.read('dead '))
    leave(join(dataDir, 'postgres/postmaster.pid'), `${pid}\n${dataDir}/postgres\n1\n5432\n`)
    await using server = await fixture.start(dataDir)
    expect(server.startedHere).toBe(true)
    await server.stop()
    expect(process.kill(pid, 0)).toBe(true)
    child.process.kill('SIGTERM')
    await child.gone
  })

  it('does not hide that an empty postmaster.pid is nobody at all', async () => {
    leave(join(dataDir, 'postgres/postmaster.pid'), '')
    await using server = await fixture.start(dataDir)
    expect(server.startedHere).toBe(true)
  })
})
