import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from './choose-place.ts'
import { wasShutDown } from './cluster-files.ts'
import { usefulLines } from './explain-exit.ts'
import type { Binaries } from './find-binaries.ts'
import { findServerState } from './find-server-state.ts'
import type { Postgres, PostgresConnection, PostgresExit } from './postgres.ts'
import { isAlive } from './process-identity.ts'
import { readServerLog, sizeOfServerLog, trimServerLog } from './server-log.ts'
import { stopServer } from './stop-server.ts'

/** How often a server is looked at: one signal-0 call, and every 10 s its identity and its log. */
const lookEveryMs = 500
const lookCloselyEvery = 20

type Facts = {
  place: Place
  binaries: Binaries
  connection: PostgresConnection
  pid: number
  startedHere: boolean
  systemIdentifier: string
}

/** Holds one running server: watches it, keeps its log small, and stops it when told to. */
export class RunningServer implements Postgres {
  readonly connection: PostgresConnection
  readonly pid: number
  readonly startedHere: boolean
  readonly systemIdentifier: string
  readonly exited: Promise<PostgresExit>
  readonly #place: Place
  readonly #binaries: Binaries
  readonly #timer: NodeJS.Timeout
  readonly #gone = Promise.withResolvers<void>()
  readonly #logFrom: number
  #looks = 0
  #stopping: Promise<void> | null = null

  constructor(facts: Facts) {
    this.connection = facts.connection
    this.pid = facts.pid
    this.startedHere = facts.startedHere
    this.systemIdentifier = facts.systemIdentifier
    this.#place = facts.place
    this.#binaries = facts.binaries
    this.#logFrom = sizeOfServerLog(facts.place.logFile)
    this.#timer = setInterval(() => this.#look(), lookEveryMs)
    this.#timer.unref()
    this.exited = this.#gone.promise.then(() => this.#explainExit())
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  release(): void {
    clearInterval(this.#timer)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.startedHere) await this.stop()
    else this.release()
  }

  async #stop(): Promise<void> {
    await stopServer(this.pid, this.#place.clusterDir, this.#binaries)
    this.#end()
    await this.exited
  }

  #look(): void {
    this.#looks += 1
    if (!isAlive(this.pid)) this.#end()
    else if (this.#looks % lookCloselyEvery === 0) this.#lookClosely()
  }

  /** A dead server's pid can be handed out again, or linger where nobody collects dead processes. */
  #lookClosely(): void {
    trimServerLog(this.#place.logFile)
    findServerState(this.#place.clusterDir).then(
      (found) => {
        if (!('pid' in found) || found.pid !== this.pid) this.#end()
      },
      () => {},
    )
  }

  #end(): void {
    this.release()
    this.#gone.resolve()
  }

  async #explainExit(): Promise<PostgresExit> {
    const { clusterDir, logFile } = this.#place
    const isClean = await wasShutDown(clusterDir).catch(() => false)
    if (isClean) return { how: 'stopped', lastLines: [] }
    // Its orphans may be about to write why they went down with it.
    await sleep(50)
    return { how: 'crashed', lastLines: usefulLines(readServerLog(logFile, this.#logFrom)) }
  }
}
