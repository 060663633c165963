import { setTimeout as sleep } from 'node:timers/promises'
import { type ConstructorOptions, fromKysely, PgBoss, type Job as PgBossJob } from 'pg-boss'
import { Failure } from '../../model/failure.ts'
import { STEP_NAMES, type StepName, type StepOutcome } from '../../model/step.ts'
import type { Db, Tx } from '../database.ts'
import { ANSWER_TIMEOUT_MS, type Connection, poolConfig, silenceLimit } from '../pool.ts'
import { saveStepOutcome } from '../step-outcomes.ts'
import type { DeadJob, Job, JobRequest, Step } from './job.ts'

export type JobQueueOptions = {
  db: Db
  connection: Connection
  applicationName: string
  /** True for the program that works jobs; commands only put them in. */
  works: boolean
  newId: () => string
  onError: (error: Error) => void
  retry?: RetryOptions
  /** How often dead workers and lapsed claims are looked for; 15 s if left out. */
  monitorSeconds?: number
  /** How long jobs in hand may go on when the queue closes; 15 s if left out. */
  stopTimeoutMs?: number
  /** How often jobs whose time has come are looked for; 5 s if left out. */
  lookSeconds?: number
  /** How late an answer may be before its connection is given up; 25 s if left out. */
  answerTimeoutMs?: number
}

export type RetryOptions = { limit: number; delaySeconds: number; maxDelaySeconds: number }

type Payload = { itemId: string; detail: string | null }

const SCHEMA = 'jobs'
const DEAD_JOBS = 'dead-jobs'
const POOL_SIZE = 4
/** A failed try is repeated after 15 s, 30 s, 1 min … and laid aside after the sixth. */
const RETRY: RetryOptions = { limit: 5, delaySeconds: 15, maxDelaySeconds: 3600 }
/** A worker that is silent for so long is taken for dead and its job is given out again. */
const HEARTBEAT_SECONDS = 30
/** No step works longer than this; its signal is aborted and its late writes are refused. */
const EXPIRE_SECONDS = 900
/** How often the supervisor looks for dead workers and lapsed claims. */
const MONITOR_SECONDS = 15
const STOP_TIMEOUT_MS = 15_000
const GOODBYE_TIMEOUT_MS = 3_000
/** New jobs are announced; those whose time has come, and what was missed, are found by looking. */
const LOOK_SECONDS = 5

/**
 * The durable queue of the line's jobs, kept in the same database as what they write.
 *
 * Putting a job in is part of the caller's transaction; ending one is part of the step's. A job
 * is delivered at least once and its effects are written exactly once (see `Job.commit`).
 */
export class JobQueue implements AsyncDisposable {
  readonly #boss: PgBoss
  readonly #options: JobQueueOptions

  private constructor(boss: PgBoss, options: JobQueueOptions) {
    this.#boss = boss
    this.#options = options
  }

  /** Opens the queue, making or upgrading its tables when needed; safe from several processes. */
  static async open(options: JobQueueOptions): Promise<JobQueue> {
    const boss = new PgBoss({
      ...poolConfig(options.connection, POOL_SIZE, options.applicationName),
      ...silenceLimit(options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS),
      query_timeout: options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS,
      schema: SCHEMA,
      supervise: options.works,
      schedule: false,
      useListenNotify: options.works,
      registerInstance: false,
      monitorIntervalSeconds: options.monitorSeconds ?? MONITOR_SECONDS,
      superviseIntervalSeconds: options.monitorSeconds ?? MONITOR_SECONDS,
    } as ConstructorOptions)
    boss.on('error', options.onError)
    await boss.start()
    const queue = new JobQueue(boss, options)
    await queue.#makeQueues()
    return queue
  }

  /**
   * Puts a job in as part of `tx`. One that waits for the same step and item already is enough:
   * then nothing is added.
   */
  async enqueue(tx: Tx, { step, itemId, detail, startAfter }: JobRequest): Promise<void> {
    const after = startAfter === undefined ? {} : { startAfter }
    const singletonKey = detail === undefined ? itemId : `${itemId} ${detail}`
    const payload: Payload = { itemId, detail: detail ?? null }
    await this.#boss.send(step, payload, { singletonKey, ...after, db: fromKysely(tx) })
  }

  /** Starts to work the jobs of one step, at most `concurrency` at a time in this process. */
  async work(name: StepName, step: Step, concurrency: number): Promise<void> {
    for (let worker = 0; worker < concurrency; worker += 1) await this.#addWorker(name, step)
  }

  async #addWorker(name: StepName, step: Step): Promise<void> {
    const seconds = this.#options.lookSeconds ?? LOOK_SECONDS
    const options = { notifyPollingIntervalSeconds: seconds, pollingIntervalSeconds: seconds }
    let worker: string | undefined
    worker = await this.#boss.work<Payload>(name, options, async ([taken]) => {
      if (taken === undefined) return
      // Where one job was, there may be more: look again at once when this one is done.
      if (worker !== undefined) this.#boss.notifyWorker(worker)
      await this.#runStep(name, step, taken)
    })
  }

  async #runStep(name: StepName, step: Step, taken: PgBossJob<Payload>): Promise<void> {
    const startedAt = performance.now()
    let ended = false
    const job: Job = {
      id: taken.id,
      step: name,
      itemId: taken.data.itemId,
      detail: taken.data.detail,
      attempt: taken.retryCount,
      signal: taken.signal,
      commit: async (outcome, write) => {
        const ms = Math.round(performance.now() - startedAt)
        await this.#end(job, { outcome, ms }, write)
        ended = true
        return outcome
      },
    }
    const outcome = await step(job)
    if (!ended) await job.commit(outcome)
  }

  /** Jobs that failed at every try, oldest first. */
  async listDeadJobs(): Promise<DeadJob[]> {
    const jobs = await this.#boss.findJobs<Payload>(DEAD_JOBS, { queued: true })
    return jobs.map((job) => ({
      id: job.id,
      step: job.sourceName ?? 'unknown',
      itemId: job.data.itemId,
      failedAt: job.createdOn,
      reason: reasonOf(job.sourceOutput),
    }))
  }

  /** Puts dead jobs back into their queues, all of them or those named; returns how many. */
  async retryDeadJobs(ids?: readonly string[]): Promise<number> {
    return this.#boss.redrive(DEAD_JOBS, ids === undefined ? {} : { ids: [...ids] })
  }

  /**
   * Stops taking jobs and waits for those in hand, up to the stop timeout; what is still running
   * then has its signal aborted and is given out again at the next start.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    const timeout = this.#options.stopTimeoutMs ?? STOP_TIMEOUT_MS
    const stopped = this.#boss.stop({ graceful: true, timeout })
    // Its goodbye to a server that is silent would be waited for without end.
    await Promise.race([stopped, sleep(timeout + GOODBYE_TIMEOUT_MS, undefined, { ref: false })])
  }

  async #end(
    job: Job,
    { outcome, ms }: { outcome: StepOutcome; ms: number },
    write?: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const { db, newId } = this.#options
    await db.transaction().execute(async (tx) => {
      const attempt = { id: job.id, retryCount: job.attempt }
      const ended = await this.#boss.complete(job.step, attempt, null, { db: fromKysely(tx) })
      // Not in the library's types, but in its documentation: how many jobs the call has changed.
      if ((ended as { affected: number }).affected !== 1) throw takenAway(job)
      if (outcome.outcome === 'wait') {
        const { step, itemId, detail } = job
        const request = { step, itemId, startAfter: outcome.retryAt }
        await this.enqueue(tx, detail === null ? request : { ...request, detail })
      }
      await write?.(tx)
      await saveStepOutcome(tx, { id: newId(), step: job.step, itemId: job.itemId, outcome, ms })
    })
  }

  async #makeQueues(): Promise<void> {
    const retry = this.#options.retry ?? RETRY
    const known = new Set((await this.#boss.getQueues()).map((queue) => queue.name))
    if (!known.has(DEAD_JOBS)) await this.#boss.createQueue(DEAD_JOBS, DEAD_JOBS_KEPT)
    for (const name of STEP_NAMES) {
      if (known.has(name)) continue
      await this.#boss.createQueue(name, {
        // At most one job waits per item; one that runs may be followed by another.
        policy: 'short',
        notify: true,
        deadLetter: DEAD_JOBS,
        retryLimit: retry.limit,
        retryDelay: retry.delaySeconds,
        retryDelayMax: retry.maxDelaySeconds,
        retryBackoff: true,
        heartbeatSeconds: HEARTBEAT_SECONDS,
        expireInSeconds: EXPIRE_SECONDS,
        deleteAfterSeconds: 3600,
      })
    }
  }
}

/** Dead jobs lie for a year: somebody should have looked by then. */
const DEAD_JOBS_KEPT = { retentionSeconds: 365 * 86_400 }

function takenAway(job: Job): Failure {
  return new Failure(
    'job-taken-away',
    'us',
    `The step ${job.step} of ${job.itemId} took too long and was given to another worker. ` +
      'Nothing was written here; the other one goes on.',
  )
}

function reasonOf(output: unknown): string {
  const message = (output as { message?: unknown } | null)?.message
  return typeof message === 'string' ? message : 'It ended without a word, as a crash does.'
}
