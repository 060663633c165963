import pg from 'pg'

// A calendar date has no zone: keep `YYYY-MM-DD` as it stands instead of making it a local Date.
const DATE_OID = 1082
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === DATE_OID
      ? (text: string) => text
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

/** Where a Postgres is: the parts of a socket or an address, or a URL of the owner's. */
export type Connection =
  | { host: string; port: number; user: string; password: string; database: string }
  | { url: string }

/** How long the server may work on one statement of a page or a step. */
const STATEMENT_TIMEOUT_MS = 20_000
/** When an answer is this late the connection is dead, however alive its socket looks. */
export const ANSWER_TIMEOUT_MS = 25_000
const CONNECT_TIMEOUT_MS = 10_000
const KEEP_ALIVE_DELAY_MS = 10_000
const GOODBYE_TIMEOUT_MS = 2_000

/**
 * Settings for a pool of `max` connections that notices a server which no longer answers, and whose
 * server notices us when we are gone without a word: what a lost connection has locked in an open
 * transaction would else stay locked for the hours that TCP waits.
 */
export function poolConfig(
  connection: Connection,
  max: number,
  applicationName: string,
): pg.PoolConfig {
  return {
    ...clientConfig(connection, applicationName),
    types,
    max,
    Client: SteadyClient,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    ...silenceLimit(ANSWER_TIMEOUT_MS),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  }
}

/** How long our server waits for us in an open transaction. */
export const silenceLimit = (ms: number): pg.ClientConfig => ({
  idle_in_transaction_session_timeout: ms,
})

/** Settings for one connection without time limits: migrations, backups, session locks. */
export function clientConfig(connection: Connection, applicationName: string): pg.ClientConfig {
  const where =
    'url' in connection
      ? { connectionString: connection.url }
      : {
          host: connection.host,
          port: connection.port,
          user: connection.user,
          password: connection.password,
          database: connection.database,
        }
  return {
    ...where,
    types,
    application_name: applicationName,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  }
}

/**
 * Opens a pool for Kysely that drops a connection on which no answer comes in time.
 *
 * Kysely hands a connection back as healthy even when its last answer never came, and the pool
 * would lend the dead one out again and again.
 */
export function openPool(
  config: pg.PoolConfig,
  onError: (error: Error) => void,
  answerTimeoutMs = ANSWER_TIMEOUT_MS,
): pg.Pool {
  const Client = watchedClient(answerTimeoutMs)
  const pool = new pg.Pool({ ...config, ...silenceLimit(answerTimeoutMs), Client })
  // An idle connection that breaks (a restart of the server) must not end the process.
  pool.on('error', onError)
  return pool
}

/**
 * One connection for work of any length: migrations and restores. When it breaks, the query under
 * way says so.
 */
export function openSlowPool(connection: Connection, applicationName: string): pg.Pool {
  const config = { ...clientConfig(connection, applicationName), max: 1, Client: SteadyClient }
  const pool = new pg.Pool(config)
  pool.on('error', () => {})
  return pool
}

/**
 * The pool stops listening for errors on a connection while it is lent out, and an error that
 * nobody listens for ends the process: a restart of the server would take the whole program along.
 * The query under way, or the next one, reports the loss.
 */
class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.on('error', () => {})
  }

  /** The other side must answer a goodbye too; one that is silent is not waited for. */
  override end(told?: (error: Error) => void): never {
    const leave = super.end as (told?: unknown) => unknown
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection
    const timer = setTimeout(() => stream.destroy(), GOODBYE_TIMEOUT_MS)
    this.once('end', () => clearTimeout(timer))
    return leave.call(this, told) as never
  }
}

type Socket = { destroy: (error?: Error) => void }

/** The pool makes its connections itself, so it is given a class that knows the time limit. */
function watchedClient(answerTimeoutMs: number): typeof pg.Client {
  return class WatchedClient extends SteadyClient {
    // The overloads of `query` are for callers; what comes in here is passed on as it is.
    override query(text: unknown, values?: unknown, ...rest: unknown[]): never {
      const storable = Array.isArray(values) ? values.map(withoutNul) : values
      const run = super.query as (...args: unknown[]) => unknown
      const answer = run.call(this, text, storable, ...rest)
      if (answer instanceof Promise) this.#watch(answer)
      return answer as never
    }

    #watch(answer: Promise<unknown>): void {
      const timer = setTimeout(() => {
        const { stream } = (this as unknown as { connection: { stream: Socket } }).connection
        stream.destroy(new Error(`the database gave no answer within ${answerTimeoutMs} ms`))
      }, answerTimeoutMs)
      const stop = (): void => clearTimeout(timer)
      answer.then(stop, stop)
    }
  }
}

/** Postgres has no NUL in texts, and one in a feed's title must not stop its whole source. */
function withoutNul(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '') : value
}
