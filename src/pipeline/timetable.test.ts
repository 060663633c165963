import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { createLog, silentLog } from '../platform/log.ts'
import { startTimetable } from './timetable.ts'

it('runs each entry at once and again and again, whatever another does', async () => {
  const logged: { timetable?: string }[] = []
  const log = createLog('warn', { write: (line: string) => logged.push(JSON.parse(line)) })
  const runs = { well: 0, failing: 0 }
  const well = async () => {
    runs.well += 1
  }
  const failing = async () => {
    runs.failing += 1
    throw new Error('the database is away')
  }
  const timetable = startTimetable(
    [
      { name: 'failing', everyMs: 5, run: failing },
      { name: 'well', everyMs: 5, run: well },
    ],
    log,
  )
  await vi.waitFor(() => expect(Math.min(runs.well, runs.failing)).toBeGreaterThan(2))
  await timetable[Symbol.asyncDispose]()
  expect(logged[0]).toMatchObject({ timetable: 'failing', msg: 'will be tried again' })
  const after = { ...runs }
  await sleep(30)
  expect(runs).toEqual(after)
})

it('ends when its run in hand has ended, without waiting for the next', async () => {
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  let ended = false
  const run = async () => {
    await mayEnd
    ended = true
  }
  const timetable = startTimetable([{ name: 'slow', everyMs: 3_600_000, run }], silentLog)
  const disposed = timetable[Symbol.asyncDispose]().then(() => expect(ended).toBe(true))
  end()
  await disposed
})

it('never runs an entry beside itself', async () => {
  let running = 0
  let runs = 0
  const run = async () => {
    expect(++running).toBe(1)
    await sleep(10)
    running -= 1
    runs += 1
  }
  await using _timetable = startTimetable([{ name: 'slow', everyMs: 1, run }], silentLog)
  await vi.waitFor(() => expect(runs).toBeGreaterThan(2))
})
