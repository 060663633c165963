import { setTimeout as sleep } from 'node:timers/promises'
import { type Failure, isFailure } from '../model/failure.ts'
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
  /**
   * Told when another `serve` has taken our place after a crash of the server, and holds it. This
   * program should end then.
   */
  onTakenOver?: (failure: Failure) => void
  /** How long that other `serve` must have held our place; 30 s if left out. */
  takeoverMs?: number
}

/** A database that answers and has this program's schema. */
export type OpenDatabase = AsyncDisposable & {
  connection: Connection
  /** Who else uses the built-in database; empty for an owner's server. */
  listOthers: () => Promise<string[]>
  /**
   * True when nobody else uses the built-in database, and then nobody can before this is closed: a
   * backup may be put in. Always true for an owner's server, where `restoreBackup` looks for itself.
   */
  claimAlone: () => Promise<boolean>
}

/**
 * Opens the owner's server, or the built-in one in the data folder: started if nobody has, joined
 * if somebody has, and stopped by the last to leave. Throws `already-serving` for a second `serve`
 * on one data folder, `database-busy` while somebody has it to themselves, and what `startPostgres`
 * and `migrate` throw.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  if (options.url === null) return BuiltInDatabase.open(options)
  const connection = { url: options.url }
  if (options.migrates !== false) await migrate(connection)
  return {
    connection,
    listOthers: async () => [],
    claimAlone: async () => true,
    async [Symbol.asyncDispose]() {},
  }
}

/** A server on its way out or recovering is waited for that long before we give up. */
const JOIN_PATIENCE_MS = 60_000
const RETRY_DELAY_MS = 500
const LONGEST_DELAY_MS = 5_000
const TAKEOVER_MS = 30_000

type Joined = { postgres: Postgres; presence: Presence }

class BuiltInDatabase implements OpenDatabase {
  readonly #options: OpenDatabaseOptions
  readonly #leaving = new AbortController()
  #postgres: Postgres
  #presence: Presence
  /** The way back after a loss; null while all is well. */
  #rejoining: Promise<void> | null = null
  #left: Promise<void> | null = null
  #isTakenOver = false

  private constructor(options: OpenDatabaseOptions, joined: Joined) {
    this.#options = options
    this.#postgres = joined.postgres
    this.#presence = joined.presence
  }

  static async open(options: OpenDatabaseOptions): Promise<BuiltInDatabase> {
    let onLost = (): void => {}
    const joined = await startAndJoin(options, { onLost: () => onLost() })
    const database = new BuiltInDatabase(options, joined)
    onLost = () => database.#rejoin()
    if (joined.presence.isLost) onLost()
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

  claimAlone(): Promise<boolean> {
    return this.#presence.claimAlone()
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#left ??= this.#leave()
    return this.#left
  }

  async #leave(): Promise<void> {
    this.#leaving.abort()
    await this.#rejoining
    await using presence = await this.#presenceToLeave()
    const isLast = (await presence?.isLast().catch(() => false)) ?? false
    if (isLast) await this.#postgres.stop()
    else this.#postgres.release()
  }

  /** Who lost the connection can only tell by a new one whether anybody is left. */
  async #presenceToLeave(): Promise<Presence | null> {
    if (!this.#presence.isLost) return this.#presence
    const { connection } = this
    const options = { connection, as: 'command', pid: process.pid, onLost: () => {} } as const
    return Presence.join(options).catch(() => null)
  }

  /** Brings the server back after it crashed or was restarted, however long that takes. */
  #rejoin(): void {
    if (this.#leaving.signal.aborted || this.#rejoining !== null) return
    this.#options.log.warn({}, 'The connection to the database was lost; it is being restored.')
    this.#rejoining = this.#rejoinUntilDone().finally(() => {
      this.#rejoining = null
      // It was lost again before the way back had ended.
      if (this.#presence.isLost && !this.#isTakenOver) this.#rejoin()
    })
  }

  async #rejoinUntilDone(): Promise<void> {
    const { log, takeoverMs = TAKEOVER_MS } = this.#options
    const lostAt = performance.now()
    for (let delayMs = RETRY_DELAY_MS; !this.#leaving.signal.aborted; delayMs *= 2) {
      try {
        await this.#joinAgain()
        log.info({}, 'The database is back.')
        return
      } catch (error) {
        if (this.#leaving.signal.aborted) return
        const isTaken = isFailure(error, 'already-serving')
        if (isTaken && performance.now() - lostAt > takeoverMs) return this.#giveWay(error)
        log.error({ err: error }, 'The database could not be brought back; it is tried again.')
        const { signal } = this.#leaving
        const pause = Math.min(delayMs, LONGEST_DELAY_MS, takeoverMs)
        await sleep(pause, undefined, { signal }).catch(() => {})
      }
    }
  }

  async #joinAgain(): Promise<void> {
    const joined = await startAndJoin(this.#options, {
      onLost: () => this.#rejoin(),
      signal: this.#leaving.signal,
      previous: this.#postgres,
    })
    this.#postgres.release()
    this.#postgres = joined.postgres
    this.#presence = joined.presence
  }

  #giveWay(failure: Failure): void {
    this.#isTakenOver = true
    this.#options.log.error({ err: failure }, 'Another process has taken over this data folder.')
    this.#options.onTakenOver?.(failure)
  }
}

async function startAndJoin(
  options: OpenDatabaseOptions,
  { onLost, signal, previous }: { onLost: () => void; signal?: AbortSignal; previous?: Postgres },
): Promise<Joined> {
  const end = performance.now() + JOIN_PATIENCE_MS
  for (;;) {
    const postgres = await startServer(options, signal, previous)
    try {
      const { connection } = postgres
      const presence = await Presence.join({
        connection,
        as: options.as,
        pid: process.pid,
        onLost,
      })
      return { postgres, presence }
    } catch (error) {
      postgres.release()
      if (performance.now() > end || signal?.aborted || !mayComeBack(error)) throw error
      await sleep(RETRY_DELAY_MS)
    }
  }
}

function startServer(
  { dataDir, log }: OpenDatabaseOptions,
  signal?: AbortSignal,
  previous?: Postgres,
): Promise<Postgres> {
  // Where there are no sockets, pools that are open already know the server by its port.
  const isTcp = previous !== undefined && !previous.connection.host.startsWith('/')
  return startPostgres({
    dataDir,
    log: {
      info: (message) => log.info({}, message),
      warn: (message) => log.warn({}, message),
    },
    ...(signal && { signal }),
    ...(isTcp && { tcpPort: previous.connection.port }),
  })
}

/**
 * Shutting down, starting, crashed (57P…), too many connections (53300), or nobody listens any
 * more, which comes without one of Postgres's codes.
 */
function mayComeBack(error: unknown): boolean {
  if (isFailure(error)) return false
  const { code } = error as { code?: unknown }
  const isOfServer = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && code !== 'EPIPE'
  return !isOfServer || code.startsWith('57P') || code === '53300'
}
