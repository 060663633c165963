/** How a client reaches the database. */
export type PostgresConnection = {
  /** The folder of the Unix socket, or 127.0.0.1. */
  host: string
  port: number
  user: string
  password: string
  database: string
}

/** How a server ended: shut down in good order, or not, and then the last lines of its log. */
export type PostgresExit = { how: 'stopped' | 'crashed'; lastLines: string[] }

/** A running database server, started here or joined. */
export interface Postgres extends AsyncDisposable {
  readonly connection: PostgresConnection
  /** Of the server's main process. */
  readonly pid: number
  /** False when it ran already: another process uses it, or it was left by one that was killed. */
  readonly startedHere: boolean
  /** The number of the cluster, as in `select system_identifier from pg_control_system()`. */
  readonly systemIdentifier: string
  /** Resolves when the server is gone, for whatever reason, unless let go before; never rejects. */
  readonly exited: Promise<PostgresExit>
  /**
   * Shuts the server down, whoever started it, and returns when it is gone: open transactions are
   * rolled back, everything committed stays. Takes 18 s at most: a server that does not end in 10 s
   * is stopped at once and recovers at its next start. Safe to call again.
   */
  stop(): Promise<void>
  /** Lets go of the server and leaves it running. */
  release(): void
  /** `stop()` if it was started here, and `release()` if not. */
  [Symbol.asyncDispose](): Promise<void>
}
