import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Failure } from '../../model/failure.ts'
import { choosePlace, type Place, savePointer } from './choose-place.ts'
import {
  checkCluster,
  hasCluster,
  passwordFileName,
  readSystemIdentifier,
} from './cluster-files.ts'
import { explained } from './explain-io-error.ts'
import { type Binaries, findPackage, prepareBinaries } from './find-binaries.ts'
import { databaseName, initCluster, removeDeadAttempts, roleName } from './init-cluster.ts'
import type { Postgres } from './postgres.ts'
import { RunningServer } from './running-server.ts'
import type { Listen } from './server-settings.ts'
import { socketPort } from './socket-folder.ts'
import { type PostgresLog, waitForServer } from './wait-for-server.ts'

export type StartPostgresOptions = {
  /** The product's data folder; made where it is missing. The cluster goes into `postgres/` there. */
  dataDir: string
  /** Told about anything that takes long or is out of the ordinary. */
  log?: PostgresLog
  /** Settings of the server on top of ours. */
  settings?: Record<string, string>
  /**
   * Also listen on this port of 127.0.0.1 (0: any free one), and give that as the connection; for a
   * server that is started here, not for one that is joined.
   */
  tcpPort?: number
  /** How long to wait for a server that is alive but not ready yet; 30 minutes if left out. */
  waitMs?: number
  /** Gives up waiting, and stops a server that was started here and is not ready yet. */
  signal?: AbortSignal
  /** As root: the folder for what cannot lie in a closed home. `/var/lib/murmurcast` if left out. */
  systemDir?: string
  /** The package with Postgres's programs; the installed one if left out. */
  packageDir?: string
}

const defaultSystemDir =
  process.platform === 'darwin' ? '/Library/Application Support/murmurcast' : '/var/lib/murmurcast'

/**
 * Returns when the cluster below `options.dataDir` accepts connections: makes it if there is none,
 * joins a server that runs on it already, waits for one that is starting, recovering or stopping,
 * and else starts one. There is never a second server on a cluster, and never a new cluster over
 * data that cannot be used.
 *
 * Throws Failures, all with the way out in words: `data-from-another-major`, `database-damaged`,
 * `database-held-elsewhere`, `database-folder-missing`, `database-out-of-reach`,
 * `data-folder-of-another-user`, `data-folder-read-only`, `data-folder-not-writable`, `disk-full`,
 * `disk-error`, `out-of-memory`, `postgres-binaries-missing`, `postgres-cannot-run`,
 * `socket-folder-unsafe`, `system-folder-unsafe`, `database-slow`, `database-start-aborted`,
 * `database-start-failed`.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<Postgres> {
  const systemDir = options.systemDir ?? defaultSystemDir
  return explained(`open the database in ${options.dataDir}`, async () => {
    const place = await choosePlace(options.dataDir, systemDir)
    const binaries = await prepareBinaries(
      options.packageDir ?? findPackage(),
      join(place.account ? systemDir : place.dataDir, 'postgres-bin'),
      place.account,
    )
    await ensureCluster(place, binaries, options.log)
    const server = await waitForServer(place, binaries, {
      listen: await chooseListen(place, options.tcpPort),
      settings: options.settings ?? {},
      log: options.log ?? null,
      waitMs: options.waitMs ?? 30 * 60_000,
      signal: options.signal ?? null,
    })
    const password = readFileSync(join(place.clusterDir, passwordFileName), 'utf8').trim()
    return new RunningServer({
      ...{ place, binaries, pid: server.pid, startedHere: server.startedHere },
      systemIdentifier: await readSystemIdentifier(place.clusterDir),
      connection: { ...server.address, user: roleName, password, database: databaseName },
    })
  })
}

async function ensureCluster(place: Place, binaries: Binaries, log?: PostgresLog): Promise<void> {
  const { clusterDir, homeDir, account } = place
  // In this order: another process may be making the cluster, and then its log, at this moment.
  const hadServer = existsSync(place.logFile)
  if (!hasCluster(clusterDir)) {
    if (hadServer) throw clusterGone(place)
    log?.info(`Making a new database in ${clusterDir}.`)
    await initCluster(place, binaries)
  }
  await checkCluster(clusterDir, binaries.major, account)
  await removeDeadAttempts(homeDir)
  await savePointer(place)
}

function clusterGone({ clusterDir, logFile }: Place): Failure {
  return new Failure(
    'database-folder-missing',
    'caller',
    `There was a database in ${clusterDir}, as ${logFile} tells, but it is gone. Bring that folder ` +
      'back; or set MURMURCAST_DATA to a new empty folder and run `murmurcast restore FILE`; or ' +
      'delete that log to begin anew with nothing.',
  )
}

/** Windows has no Unix sockets that Postgres's clients can use; there it is the loopback alone. */
async function chooseListen({ socketDir }: Place, tcpPort?: number): Promise<Listen> {
  if (process.platform === 'win32')
    return { socketDir: null, port: tcpPort || (await findFreePort()), tcp: true }
  if (tcpPort === undefined) return { socketDir, port: socketPort, tcp: false }
  return { socketDir, port: tcpPort || (await findFreePort()), tcp: true }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
