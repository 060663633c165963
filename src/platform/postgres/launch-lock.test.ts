import { spawnSync } from 'node:child_process'
import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { takeLaunchLock } from './launch-lock.ts'

let folder = ''
let file = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mc-lock-'))
  file = join(folder, 'postgres.starting')
})
beforeEach(() => rm(file, { force: true }))
afterAll(() => rm(folder, { recursive: true }))

async function take() {
  const lock = await takeLaunchLock(file)
  if (lock === 'taken') throw new Error('taken')
  return lock
}

describe('the lock of a start', () => {
  it('goes to one at a time', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => takeLaunchLock(file)))
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(2)
    expect(await takeLaunchLock(file)).toBe('taken')
  })

  it('is free again once released', async () => {
    const lock = await take()
    lock.release()
    lock.release()
    expect(existsSync(file)).toBe(false)
    await take()
  })

  it('does not outlive a program that was killed, nor a recycled process number', async () => {
    const dead = spawnSync(process.execPath, ['-e', '0']).pid
    writeFileSync(file, `${dead}\n`)
    expect(await takeLaunchLock(file)).toBe('taken')
    await take()
    const aMinuteAgo = Date.now() / 1000 - 60
    utimesSync(file, aMinuteAgo, aMinuteAgo)
    expect(await takeLaunchLock(file)).toBe('taken')
    await take()
  })

  it('is left alone while it is being written', async () => {
    writeFileSync(file, '')
    expect(await takeLaunchLock(file)).toBe('taken')
    expect(await takeLaunchLock(file)).toBe('taken')
  })
})
