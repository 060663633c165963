import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createTestDatabase,
  openTestQueue,
  type TestDatabase,
} from '../../../tests/ground/create-test-database.ts'
import { Failure } from '../../model/failure.ts'
import { done, gaveUp, wait } from '../../model/step.ts'
import { newId } from '../../platform/ids.ts'
import { exampleSource } from '../example-rows.ts'
import { findSource, saveSourceOnce } from '../sources.ts'
import { listStepOutcomes } from '../step-outcomes.ts'
import type { Job, Step } from './job.ts'
import type { JobQueue } from './job-queue.ts'

const STEP = 'fetch-content'

let database: TestDatabase
let queue: JobQueue
beforeEach(async () => {
  database = await createTestDatabase()
  // The copied queues keep their own settings: these are for trying again at once.
  await sql`update jobs.queue set retry_limit = 1, retry_delay = 1, retry_backoff = false`.execute(
    database.db,
  )
  queue = await openTestQueue(database, {
    monitorSeconds: 1,
    lookSeconds: 0.5,
    stopTimeoutMs: 2000,
  })
})
afterEach(async () => {
  await queue[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const enqueue = (itemId: string, detail?: string) =>
  database.db
    .transaction()
    .execute((tx) => queue.enqueue(tx, { step: STEP, itemId, ...(detail && { detail }) }))

const remember =
  (seen: string[], what: (job: Job) => string = (job) => job.itemId): Step =>
  async (job) => {
    seen.push(what(job))
    return done
  }

describe('JobQueue', () => {
  it('runs a job once and writes its result and outcome together', async () => {
    const source = exampleSource({})
    const seen: Job[] = []
    await queue.work(
      STEP,
      (job) => {
        seen.push(job)
        return job.commit(done, async (tx) => void (await saveSourceOnce(tx, source)))
      },
      2,
    )
    await enqueue(source.id, '2026-11-23')
    await vi.waitFor(async () => {
      expect(await listStepOutcomes(database.db, source.id, 5)).toMatchObject([{ outcome: 'done' }])
    }, 5000)
    expect(await findSource(database.db, source.id)).toMatchObject({ url: source.url })
    expect(seen).toMatchObject([{ itemId: source.id, detail: '2026-11-23', attempt: 0 }])
  })

  it('puts nothing in when the transaction around it is rolled back', async () => {
    const seen: string[] = []
    await queue.work(STEP, remember(seen), 1)
    const lost = database.db.transaction().execute(async (tx) => {
      await queue.enqueue(tx, { step: STEP, itemId: 'rolled back' })
      throw new Error('rolled back')
    })
    await expect(lost).rejects.toThrow('rolled back')
    await enqueue('kept')
    await vi.waitFor(() => expect(seen).toEqual(['kept']), 5000)
  })

  it('keeps one waiting job per item and detail', async () => {
    const seen: string[] = []
    const itemId = newId()
    for (const detail of ['monday', 'monday', 'tuesday', 'monday']) await enqueue(itemId, detail)
    await queue.work(
      STEP,
      remember(seen, (job) => job.detail ?? ''),
      1,
    )
    await vi.waitFor(() => expect(seen.toSorted()).toEqual(['monday', 'tuesday']), 8000)
    await sleep(300)
    expect(seen).toHaveLength(2)
  })

  it('waits until the time that a step asks for', async () => {
    const itemId = newId()
    const runs: number[] = []
    await queue.work(
      STEP,
      async () => {
        runs.push(Date.now())
        if (runs.length > 1) return gaveUp('Twice is enough.')
        return wait('Not there yet.', new Date(Date.now() + 1500))
      },
      1,
    )
    await enqueue(itemId)
    await vi.waitFor(() => expect(runs).toHaveLength(2), 15_000)
    expect((runs[1] ?? 0) - (runs[0] ?? 0)).toBeGreaterThanOrEqual(1500)
    const outcomes = await listStepOutcomes(database.db, itemId, 5)
    expect(outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['gave-up', 'Twice is enough.'],
      ['wait', 'Not there yet.'],
    ])
  })

  it('tries a failed job again, lays it aside in the end, and takes it up when asked', async () => {
    let isBroken = true
    const runs: string[] = []
    await queue.work(
      STEP,
      async (job) => {
        runs.push(job.itemId)
        if (isBroken) throw new Failure('broken', 'outside', 'The publisher is asleep.')
        return done
      },
      1,
    )
    const itemId = newId()
    await enqueue(itemId)
    await vi.waitFor(async () => expect(await queue.listDeadJobs()).toHaveLength(1), 15_000)
    expect(runs).toEqual([itemId, itemId])
    expect(await queue.listDeadJobs()).toMatchObject([
      { step: STEP, itemId, reason: 'The publisher is asleep.' },
    ])
    isBroken = false
    expect(await queue.retryDeadJobs()).toBe(1)
    await vi.waitFor(() => expect(runs).toHaveLength(3), 15_000)
    expect(await queue.listDeadJobs()).toEqual([])
  })

  it('refuses the late write of a job that was given to another (row 101)', async () => {
    const source = exampleSource({})
    const errors: unknown[] = []
    let runs = 0
    await queue.work(
      STEP,
      async (job) => {
        runs += 1
        if (runs > 1) return done
        // What the supervisor does with a claim that has lapsed.
        await sql`update jobs.job set state = 'retry', start_after = now() where id = ${job.id}`.execute(
          database.db,
        )
        try {
          return await job.commit(done, async (tx) => void (await saveSourceOnce(tx, source)))
        } catch (error) {
          errors.push(error)
          throw error
        }
      },
      1,
    )
    await enqueue(source.id)
    await vi.waitFor(() => expect(runs).toBe(2), 15_000)
    expect(errors).toMatchObject([{ code: 'job-taken-away' }])
    expect(await findSource(database.db, source.id)).toBeUndefined()
  })

  it('lays a job aside whose worker dies each time, and others run (row 100)', async () => {
    const poison = newId()
    await enqueue(poison)
    await using other = await openTestQueue(database, { works: false })
    // A worker that takes the job and is never heard of again, as often as it may be tried.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await vi.waitFor(async () => {
        const { numAffectedRows } = await sql`update jobs.job
          set state = 'active', started_on = now(), retry_count = ${attempt},
            heartbeat_on = now() - interval '1 hour', heartbeat_seconds = 30
          where name = ${STEP} and state in ('created', 'retry')`.execute(database.db)
        expect(numAffectedRows).toBe(1n)
      }, 15_000)
    }
    await vi.waitFor(async () => expect(await other.listDeadJobs()).toHaveLength(1), 15_000)
    const seen: string[] = []
    await queue.work(STEP, remember(seen), 1)
    await enqueue('another')
    await vi.waitFor(() => expect(seen).toEqual(['another']), 5000)
  }, 60_000)

  it('ends within its time while a job hangs, and the job is told to stop (row 114)', async () => {
    const told: boolean[] = []
    await queue.work(
      STEP,
      async (job) => {
        await sleep(60_000, undefined, { signal: job.signal }).catch(() => {})
        told.push(job.signal.aborted)
        return done
      },
      1,
    )
    await enqueue(newId())
    await sleep(1500)
    const startedAt = Date.now()
    await queue[Symbol.asyncDispose]()
    expect(Date.now() - startedAt).toBeLessThan(8000)
    await vi.waitFor(() => expect(told).toEqual([true]), 2000)
  }, 40_000)
})
