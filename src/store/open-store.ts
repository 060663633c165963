import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type { Database, Db } from './database.ts'
import { type Connection, openPool, poolConfig } from './pool.ts'

/** Connections that pages and steps share. */
const POOL_SIZE = 8

export type StoreOptions = {
  connection: Connection
  /** Shown by Postgres for each of our connections, such as `murmurcast serve`. */
  applicationName: string
  /** Told about connections that broke while idle; the next query opens a new one. */
  onConnectionError: (error: Error) => void
  /** How late an answer may be before its connection is given up; 25 s if left out. */
  answerTimeoutMs?: number
}

/** An open database. Closing it ends its connections. */
export type Store = AsyncDisposable & { db: Db }

/** Opens a pool on a migrated database. No connection is made before the first query. */
export function openStore(options: StoreOptions): Store {
  const pool = openPool(
    poolConfig(options.connection, POOL_SIZE, options.applicationName),
    options.onConnectionError,
    options.answerTimeoutMs,
  )
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  return { db, [Symbol.asyncDispose]: () => db.destroy() }
}

/** True when the database answers within two seconds. */
export async function isDatabaseAnswering(db: Db): Promise<boolean> {
  const late = sleep(PATIENCE_MS, false, { ref: false })
  const answers = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
  return Promise.race([answers, late])
}

const PATIENCE_MS = 2000
