import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createTestDatabase,
  openTestQueue,
  type TestDatabase,
} from '../../tests/ground/create-test-database.ts'
import { Failure } from '../model/failure.ts'
import { done, type StepOutcome } from '../model/step.ts'
import { newId } from '../platform/ids.ts'
import { createLog } from '../platform/log.ts'
import { findEpisode } from '../store/episodes.ts'
import { saveExampleEpisode, saveExampleSource } from '../store/example-rows.ts'
import type { Job, Step } from '../store/jobs/job.ts'
import { JobQueue } from '../store/jobs/job-queue.ts'
import { listStepOutcomes } from '../store/step-outcomes.ts'
import { runLine } from './run-line.ts'

const STEP = 'fetch-content'

let database: TestDatabase
let episodeId: string
beforeEach(async () => {
  database = await createTestDatabase()
  const source = await saveExampleSource(database.db)
  episodeId = await saveExampleEpisode(database.db, source)
})
afterEach(() => database[Symbol.asyncDispose]())

type Line = { step?: string; outcome?: string; reason?: string; attempt?: number }

/** Works the one step and puts one job in; returns what is logged meanwhile. */
async function work(step: Step, during: (logged: Line[]) => Promise<void>): Promise<void> {
  const logged: Line[] = []
  const log = createLog('info', { write: (line: string) => logged.push(JSON.parse(line)) })
  // The copied queues keep their own settings: these are for trying again at once.
  await sql`update jobs.queue set retry_delay = 1, retry_backoff = false`.execute(database.db)
  await using queue = await openTestQueue(database, { lookSeconds: 0.5, stopTimeoutMs: 500 })
  const steps = [{ name: STEP, step, concurrency: 1 } as const]
  await runLine(steps, { db: database.db, queue, log, newId })
  await database.db
    .transaction()
    .execute((tx) => queue.enqueue(tx, { step: STEP, itemId: episodeId }))
  await during(logged)
}

const reasonOf = async () => (await findEpisode(database.db, episodeId))?.stageReason

describe('runLine', () => {
  it('logs one line about a step and keeps how it ended', async () => {
    await work(
      async () => done,
      async (logged) => {
        await vi.waitFor(() => expect(logged).toHaveLength(1), 10_000)
        expect(logged).toMatchObject([
          { step: STEP, itemId: episodeId, outcome: 'done', attempt: 0 },
        ])
        await vi.waitFor(async () => {
          expect(await listStepOutcomes(database.db, episodeId, 9)).toMatchObject([
            { outcome: 'done' },
          ])
        }, 10_000)
      },
    )
  })

  it('keeps why a step failed, for people and for whoever mends it, and tries again', async () => {
    const failure = new Failure('asleep', 'outside', 'The publisher is asleep. It is tried again.')
    const ends: (() => StepOutcome)[] = [
      () => {
        throw failure
      },
      () => done,
    ]
    const step: Step = async () => (ends.shift() ?? (() => done))()
    await work(step, async (logged) => {
      await vi.waitFor(() => expect(logged).toHaveLength(1), 10_000)
      await vi.waitFor(async () => expect(await reasonOf()).toBe(failure.message), 10_000)
      expect(logged[0]).toMatchObject({ outcome: 'failed', reason: failure.message })
      await vi.waitFor(() => expect(logged).toHaveLength(2), 30_000)
      expect(logged[1]).toMatchObject({ outcome: 'done', attempt: 1 })
      await vi.waitFor(async () => {
        const kept = await listStepOutcomes(database.db, episodeId, 9)
        expect(kept.map(({ outcome }) => outcome)).toEqual(['done', 'failed'])
      }, 10_000)
    })
  }, 60_000)

  it('shows people nothing of what nobody foresaw', async () => {
    await work(
      () => Promise.reject(new Error('password=hunter2')),
      async () => {
        await vi.waitFor(async () => expect(await reasonOf()).toMatch(/inside murmurcast/), 10_000)
      },
    )
  })
})

describe('a job that is no longer ours', () => {
  /** Runs one job by hand through what `runLine` hands to the queue. */
  async function runTaken(change: Partial<Job>, error: Error): Promise<void> {
    let run: Step | undefined
    const work = async (_name: string, step: Step) => {
      run = step
    }
    const queue = Object.assign(Object.create(JobQueue.prototype) as JobQueue, { work })
    const log = createLog('silent', { write: () => {} })
    const steps = [{ name: STEP, step: () => Promise.reject(error), concurrency: 1 } as const]
    await runLine(steps, { db: database.db, queue, log, newId })
    const job: Job = {
      ...{ id: 'j', step: STEP, itemId: episodeId, detail: null, attempt: 0 },
      signal: new AbortController().signal,
      commit: async (outcome) => outcome,
      ...change,
    }
    await expect(run?.(job)).rejects.toBe(error)
  }

  it.each([
    ['because another has it', {}, new Failure('job-taken-away', 'us', 'Taken away.')],
    ['because it was stopped', { signal: AbortSignal.abort() }, new Error('aborted')],
  ])('writes nothing, %s', async (_why, change, error) => {
    await runTaken(change, error)
    expect(await reasonOf()).toBeNull()
    expect(await listStepOutcomes(database.db, episodeId, 9)).toEqual([])
  })

  it('that is ours writes the reason', async () => {
    await runTaken({}, new Failure('asleep', 'outside', 'It is asleep.'))
    expect(await reasonOf()).toBe('It is asleep.')
  })
})
