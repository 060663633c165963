import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../../model/failure.ts'
import { type Address, acceptsConnections } from './accepts-connections.ts'
import type { Place } from './choose-place.ts'
import { endOrphans } from './end-orphans.ts'
import type { Binaries } from './find-binaries.ts'
import { findServerState, pidFileOf, type ServerState } from './find-server-state.ts'
import { type LaunchLock, takeLaunchLock } from './launch-lock.ts'
import { type LaunchedServer, launchServer } from './launch-server.ts'
import { replaceStalePidFile } from './replace-stale-pid-file.ts'
import { addressFor, type Listen } from './server-settings.ts'

/** Where the supervision of the database reports; a pino logger fits. */
export type PostgresLog = { info(message: string): void; warn(message: string): void }

export type WaitOptions = {
  listen: Listen
  settings: Record<string, string>
  log: PostgresLog | null
  waitMs: number
  signal: AbortSignal | null
}

export type ServerFound = { pid: number; address: Address; startedHere: boolean }

/** Nothing to do but look again: why, and after how long if not the usual pause. */
type Wait = { why: string; pauseMs?: number }

type Attempt = {
  place: Place
  binaries: Binaries
  options: WaitOptions
  startedAt: number
  nextReportMs: number
  nextRetryMs: number
  launched: LaunchedServer | null
  lock: LaunchLock | null
}

/** How soon a wait is reported, and how often from then on. */
const firstReportMs = 3_000
const reportEveryMs = 10_000

/** A server that is alive but that nobody can connect to is given this long to mend itself. */
const unreachableMs = 30_000

/** The pause before another server is started where one gave way: doubled each time, to a limit. */
const firstRetryMs = 25
const maxRetryMs = 500

/**
 * Brings the cluster of `place` to a server that accepts connections, by joining, waiting or
 * starting, and looks again after every change. Throws `database-slow` after `waitMs`, without harm
 * to the server, and `database-start-aborted` on the signal.
 */
export async function waitForServer(
  place: Place,
  binaries: Binaries,
  options: WaitOptions,
): Promise<ServerFound> {
  const times = { nextReportMs: firstReportMs, nextRetryMs: firstRetryMs }
  const startedAt = performance.now()
  const nothing = { launched: null, lock: null }
  const attempt: Attempt = { place, binaries, options, startedAt, ...times, ...nothing }
  try {
    for (;;) {
      if (options.signal?.aborted) await abort(attempt)
      const next = await act(attempt, await findServerState(place.clusterDir))
      if ('address' in next) return next
      await pause(attempt, next)
    }
  } finally {
    releaseLock(attempt)
  }
}

async function act(attempt: Attempt, found: ServerState): Promise<ServerFound | Wait> {
  if (found.state === 'down' || found.state === 'stale') return bringUp(attempt)
  releaseLock(attempt)
  if (found.state === 'stopping') return { why: 'the server on it is still shutting down' }
  if (found.state === 'starting' || found.address === null)
    return { why: 'it is starting, or recovering what was under way when it last stopped' }
  const { pid, address } = found
  if (!(await acceptsConnections(address))) return waitForAnswer(attempt, pid, address)
  const startedHere = hasLaunched(attempt, pid)
  return { pid, startedHere, address: startedHere ? addressFor(attempt.options.listen) : address }
}

/** Through pg_ctl the pid is not known, so there any server counts that came after our start. */
function hasLaunched({ launched }: Attempt, pid: number): boolean {
  return launched !== null && (launched.pid ?? pid) === pid
}

/** Starts a server, or tells why the one that was started is not there; never two at once. */
async function bringUp(attempt: Attempt): Promise<Wait> {
  if (attempt.launched !== null) return watchLaunched(attempt, attempt.launched)
  const lock = await takeLaunchLock(join(attempt.place.homeDir, 'postgres.starting'))
  if (lock === 'taken') return { why: 'another program is just starting it' }
  attempt.lock = lock
  // Somebody may have brought it up between our look and our lock.
  const found = await findServerState(attempt.place.clusterDir)
  if (found.state === 'stale' && !(await clear(attempt, found.text))) {
    releaseLock(attempt)
    return { why: 'a file left by a server that is gone is being cleared away' }
  }
  if (found.state === 'down' || found.state === 'stale')
    attempt.launched = await launchServer(attempt.place, attempt.binaries, attempt.options)
  return { why: 'it is being started' }
}

async function watchLaunched(attempt: Attempt, launched: LaunchedServer): Promise<Wait> {
  if (!launched.hasExited()) return { why: 'it is being started' }
  attempt.launched = null
  releaseLock(attempt)
  const exit = launched.explainExit()
  if (exit.reason === 'failure') throw exit.failure
  const pauseMs = attempt.nextRetryMs
  attempt.nextRetryMs = Math.min(2 * pauseMs, maxRetryMs)
  if (exit.reason === 'rival')
    return { why: 'another server was started on it at the same time', pauseMs }
  await endOrphans(attempt.place.clusterDir)
  return { why: 'queries of a server that was killed are still being ended', pauseMs }
}

/** Returns false while the file is too young to tell. */
async function clear({ place, options }: Attempt, text: string): Promise<boolean> {
  const { clusterDir, account } = place
  if (!(await replaceStalePidFile(pidFileOf(clusterDir), text, account))) return false
  options.log?.warn(
    `The database in ${clusterDir} was not shut down, and the process number that it left behind ` +
      'belongs to another program now. Starting it again.',
  )
  return true
}

function releaseLock(attempt: Attempt): void {
  attempt.lock?.release()
  attempt.lock = null
}

function waitForAnswer(attempt: Attempt, pid: number, address: Address): Wait {
  if (elapsedMs(attempt) < unreachableMs)
    return { why: `process ${pid} does not accept connections at ${address.host}` }
  throw new Failure(
    'database-unreachable',
    'outside',
    `The database in ${attempt.place.clusterDir} is running as process ${pid}, but nothing answers ` +
      `at ${address.host}, port ${address.port}. Its socket may have been deleted. Run ` +
      `\`kill -INT ${pid}\`, then start again.`,
  )
}

async function pause(attempt: Attempt, { why, pauseMs }: Wait): Promise<void> {
  const { waitMs, log, signal } = attempt.options
  const ms = elapsedMs(attempt)
  if (ms > waitMs) throw tooSlow(attempt, why)
  if (ms > attempt.nextReportMs) {
    attempt.nextReportMs = ms + reportEveryMs
    log?.info(`Waiting for the database for ${Math.round(ms / 1000)} s: ${why}.`)
  }
  const usualMs = ms < 1_000 ? 10 : ms < 10_000 ? 50 : 250
  // An abort ends the pause; the loop then finds the signal.
  await sleep(pauseMs ?? usualMs, undefined, signal ? { signal } : {}).catch(() => {})
}

function elapsedMs({ startedAt }: Attempt): number {
  return performance.now() - startedAt
}

function tooSlow({ place, options }: Attempt, why: string): Failure {
  return new Failure(
    'database-slow',
    'outside',
    `The database in ${place.clusterDir} is not ready after ${Math.round(options.waitMs / 1000)} s: ` +
      `${why}. It was left to go on; its log is ${place.logFile}. Start again to go on waiting.`,
  )
}

async function abort({ place, launched }: Attempt): Promise<never> {
  await launched?.callOff()
  throw new Failure(
    'database-start-aborted',
    'caller',
    `The start of the database in ${place.clusterDir} was called off.`,
  )
}
