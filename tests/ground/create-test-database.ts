import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { newId } from '../../src/platform/ids.ts'
import type { Db } from '../../src/store/database.ts'
import { JobQueue, type JobQueueOptions } from '../../src/store/jobs/job-queue.ts'
import { openStore } from '../../src/store/open-store.ts'
import { type Connection, clientConfig } from '../../src/store/pool.ts'
import { connectionTo, TEMPLATE } from './global-setup.ts'

/** A migrated database of a test file's own, gone when it is disposed of. */
export type TestDatabase = AsyncDisposable & { connection: Connection; db: Db }

export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(`template ${TEMPLATE}`)
}

/** A database with nothing in it, for tests of migrations and restores. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template template0')
}

async function createDatabase(from: string): Promise<TestDatabase> {
  const cluster = inject('postgres')
  const name = `test_${randomBytes(8).toString('hex')}`
  await run(cluster, `create database ${name} ${from}`)
  const connection = connectionTo(cluster, name)
  const store = openStore({
    connection,
    applicationName: 'murmurcast tests',
    onConnectionError: () => {},
  })
  return {
    connection,
    db: store.db,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      await run(cluster, `drop database ${name} with (force)`)
    },
  }
}

/** A queue on a test's database that tries again at once. */
export function openTestQueue(
  { connection, db }: TestDatabase,
  options: Partial<JobQueueOptions> = {},
): Promise<JobQueue> {
  return JobQueue.open({
    db,
    connection,
    applicationName: 'murmurcast tests',
    works: true,
    newId,
    onError: () => {},
    ...options,
  })
}

async function run(connection: Connection, statement: string): Promise<void> {
  const client = new pg.Client(clientConfig(connection, 'murmurcast tests'))
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
