import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { newId } from '../../src/platform/ids.ts'
import { startPostgres } from '../../src/platform/postgres/start-postgres.ts'
import { JobQueue } from '../../src/store/jobs/job-queue.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open-store.ts'
import { type Connection, clientConfig } from '../../src/store/pool.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The cluster's maintenance database, or a reason why there is none. */
    postgres: Connection
  }
}

/** A migrated database that every test file's own one is copied from. */
export const TEMPLATE = 'murmurcast_template'

/**
 * Starts one Postgres for the whole run. The project `server` reaches it as an owner's server is
 * reached, by a URL over TCP; all others by its socket.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mc-test-'))
  const overTcp = project.name === 'server'
  const postgres = await startPostgres({
    dataDir,
    // Nothing here has to survive a power cut.
    settings: {
      fsync: 'off',
      // Its workers belong to the superuser: a database with one in it cannot be dropped by us.
      autovacuum: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
    },
    ...(overTcp && { tcpPort: 0 }),
  })
  const end = async (): Promise<void> => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const { host, port, user, password, database } = postgres.connection
  const connection: Connection = overTcp
    ? { url: `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}` }
    : postgres.connection
  try {
    await makeTemplate(connection)
  } catch (error) {
    await end()
    throw error
  }
  project.provide('postgres', connection)
  return end
}

async function makeTemplate(connection: Connection): Promise<void> {
  const client = new pg.Client(clientConfig(connection, 'murmurcast tests'))
  await client.connect()
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
  const template = connectionTo(connection, TEMPLATE)
  await migrate(template)
  const ignore = (): void => {}
  await using store = openStore({
    connection: template,
    applicationName: 'murmurcast tests',
    onConnectionError: ignore,
  })
  await using _queue = await JobQueue.open({
    db: store.db,
    connection: template,
    applicationName: 'murmurcast tests',
    works: false,
    newId,
    onError: ignore,
  })
}

/** The same server, another database. */
export function connectionTo(connection: Connection, database: string): Connection {
  if (!('url' in connection)) return { ...connection, database }
  const url = new URL(connection.url)
  url.pathname = `/${database}`
  return { url: url.href }
}
