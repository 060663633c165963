import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../model/failure.ts'
import { type Address, acceptsConnections } from './accepts-connections.ts'
import { errnoOf } from './explain-io-error.ts'
import { type PostmasterPid, parsePostmasterPid } from './postmaster-pid.ts'
import { identifyProcess } from './process-identity.ts'

/** What `postmaster.pid` and the process it names say about a cluster. */
export type ServerState =
  | { state: 'down' }
  /** The file names a live process that is not this cluster's server, or no process at all. */
  | { state: 'stale'; text: string }
  /** `address` is null until the server has written where it will listen. */
  | { state: 'starting' | 'ready' | 'stopping'; pid: number; address: Address | null }

/** The file in a data directory by which Postgres keeps other servers out. */
export function pidFileOf(clusterDir: string): string {
  return join(clusterDir, 'postmaster.pid')
}

/**
 * Looks once at the cluster in `clusterDir`. Throws `database-held-elsewhere` when a server that is
 * not on this machine's list of processes answers on its address, as when two containers share a
 * volume: a second server there would destroy the data.
 */
export async function findServerState(clusterDir: string): Promise<ServerState> {
  const text = await readPidFile(clusterDir)
  if (text === null) return { state: 'down' }
  const written = parsePostmasterPid(text)
  if (written === 'unreadable') return { state: 'stale', text }
  const address = addressOf(written)
  const identity = await identifyProcess(written.pid, clusterDir)
  if (identity === 'our-postgres') return { state: written.status, pid: written.pid, address }
  if (address?.host.startsWith('/') && (await acceptsConnections(address))) {
    if ((await readPidFile(clusterDir)) === text) throw heldElsewhere(clusterDir, written.pid)
    return findServerState(clusterDir)
  }
  return identity === 'gone' ? { state: 'down' } : { state: 'stale', text }
}

async function readPidFile(clusterDir: string): Promise<string | null> {
  try {
    return await readFile(pidFileOf(clusterDir), 'utf8')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}

/** The socket folder wins over TCP: it is the address that only we can open. */
function addressOf({ socketDir, listenAddress, port }: PostmasterPid): Address | null {
  const host = socketDir ?? listenAddress
  return host === null || port === null ? null : { host, port }
}

function heldElsewhere(clusterDir: string, pid: number): Failure {
  return new Failure(
    'database-held-elsewhere',
    'caller',
    `The database in ${clusterDir} is being served by another container or machine (there it is ` +
      `process ${pid}). Stop murmurcast there first, or give this one its own MURMURCAST_DATA.`,
  )
}
