import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../platform/log.ts'
import type { Postgres } from '../platform/postgres/postgres.ts'
import { startPostgres } from '../platform/postgres/start-postgres.ts'
import { migrate } from './migrate.ts'
import type { Connection } from './pool.ts'
import { Presence } from './presence.ts'

export type OpenDatabaseOptions = {
  dataDir: string
  /** An owner's server in place of the built-in one. */
  url: string | null
  as: 'serve' | 'command'
  log: Log
  /** Restores bring the schema along: they open the database as it is. */
  migrates?: boolean
}

/** A database that answers and has this program's schema. */
export type OpenDatabase = AsyncDisposable & {
  connection: Connection
  /** Who else uses the built-in database; empty for an owner's server. */
  listOthers: () => Promise<string[]>
}

/**
 * Opens the owner's server, or the built-in one in the data folder: started if nobody has, joined
 * if somebody has, and stopped by the last to leave. Throws `already-serving` for a second `serve`
 * on one data folder, and what `startPostgres` and `migrate` throw.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  if (options.url === null) return BuiltInDatabase.open(options)
  const connection = { url: options.url }
  if (options.migrates !== false) await migrate(connection)
  return { connection, listOthers: async () => [], async [Symbol.asyncDispose]() {} }
}

/** The server may be on its way out as we come in: then it is started anew. */
const JOIN_ATTEMPTS = 5
const REJOIN_DELAY_MS = 500
const LONGEST_DELAY_MS = 15_000

class BuiltInDatabase implements OpenDatabase {
  readonly #options: OpenDatabaseOptions
  readonly #leaving = new AbortController()
  #postgres: Postgres
  #presence: Presence
  #rejoining: Promise<void> = Promise.resolve()

  private constructor(options: OpenDatabaseOptions, postgres: Postgres, presence: Presence) {
    this.#options = options
    this.#postgres = postgres
    this.#presence = presence
  }

  static async open(options: OpenDatabaseOptions): Promise<BuiltInDatabase> {
    const lost = Promise.withResolvers<void>()
    const joined = await startAndJoin(options, lost.resolve)
    const database = new BuiltInDatabase(options, joined.postgres, joined.presence)
    void lost.promise.then(() => database.#rejoin())
    if (options.migrates === false) return database
    try {
      await migrate(database.connection)
      return database
    } catch (error) {
      await database[Symbol.asyncDispose]()
      throw error
    }
  }

  get connection(): Connection {
    return this.#postgres.connection
  }

  listOthers(): Promise<string[]> {
    return this.#presence.listOthers()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leaving.abort()
    await this.#rejoining
    const isLast = await this.#presence.isLast().catch(() => false)
    if (isLast) await this.#postgres.stop()
    else this.#postgres.release()
    await this.#presence[Symbol.asyncDispose]()
  }

  /** Brings the server back after it crashed or was restarted, however long that takes. */
  #rejoin(): void {
    if (this.#leaving.signal.aborted) return
    this.#options.log.warn({}, 'The connection to the database was lost; it is being restored.')
    this.#rejoining = this.#rejoinUntilDone()
  }

  async #rejoinUntilDone(): Promise<void> {
    const { log } = this.#options
    let delayMs = REJOIN_DELAY_MS
    while (!this.#leaving.signal.aborted) {
      try {
        const { postgres, presence } = await startAndJoin(this.#options, () => this.#rejoin())
        this.#postgres.release()
        this.#postgres = postgres
        this.#presence = presence
        log.info({}, 'The database is back.')
        return
      } catch (error) {
        log.error({ err: error }, 'The database could not be brought back; it is tried again.')
        await sleep(delayMs, undefined, { signal: this.#leaving.signal }).catch(() => {})
        delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)
      }
    }
  }
}

async function startAndJoin(
  options: OpenDatabaseOptions,
  onLost: () => void,
): Promise<{ postgres: Postgres; presence: Presence }> {
  for (let attempt = 1; ; attempt += 1) {
    const postgres = await startPostgres({
      dataDir: options.dataDir,
      log: {
        info: (message) => options.log.info({}, message),
        warn: (message) => options.log.warn({}, message),
      },
    })
    try {
      const { connection } = postgres
      return {
        postgres,
        presence: await Presence.join({ connection, as: options.as, pid: process.pid, onLost }),
      }
    } catch (error) {
      postgres.release()
      if (attempt === JOIN_ATTEMPTS || !isServerGone(error)) throw error
      await sleep(REJOIN_DELAY_MS)
    }
  }
}

/** 57P01 … 57P03: shutting down or starting; the others: nobody listens any more. */
function isServerGone(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return ['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT'].includes(String(code))
}
