import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { socketFile } from './accepts-connections.ts'
import type { Place } from './choose-place.ts'
import { type ExitReason, explainExit } from './explain-exit.ts'
import type { Binaries } from './find-binaries.ts'
import { parsePostmasterPid } from './postmaster-pid.ts'
import { identifyProcess } from './process-identity.ts'
import { replaceStalePidFile } from './replace-stale-pid-file.ts'
import { bareEnvironment, cannotRun, runProgram } from './run-program.ts'
import { openServerLog, readServerLog } from './server-log.ts'
import { type Listen, settingArguments } from './server-settings.ts'
import { makeSocketFolder } from './socket-folder.ts'

/** A server that was told to start; whether it serves is for `findServerState` to say. */
export type LaunchedServer = {
  /** Of the server itself; null where it was started through another program (Windows). */
  pid: number | null
  hasExited: () => boolean
  /** Why it has exited, from what it wrote to its log. */
  explainExit: () => ExitReason
  /** Makes it stop wherever it is in its start, and waits for that for 10 s at most. */
  callOff: () => Promise<void>
}

/**
 * Starts a server on the cluster of `place`, in a process group of its own: Ctrl-C in a terminal
 * must reach this program, which drains, and not its database. It writes to the log file directly,
 * so it outlives this process in good health when that is killed.
 */
export async function launchServer(
  place: Place,
  binaries: Binaries,
  options: { listen: Listen; settings: Record<string, string> },
): Promise<LaunchedServer> {
  const { socketDir, port } = options.listen
  if (socketDir !== null) {
    await makeSocketFolder(socketDir, place.account)
    await clearSocketLock(`${socketFile({ host: socketDir, port })}.lock`, place)
  }
  const args = settingArguments(options.listen, options.settings)
  const log = await openServerLog(place.logFile)
  try {
    const started =
      process.platform === 'win32'
        ? await startThroughPgCtl(place, binaries, args)
        : await startDirectly(place, binaries, { args, fd: log.fd })
    const lines = () => readServerLog(place.logFile, log.from)
    return { ...started, explainExit: () => explainExit(lines(), place.clusterDir) }
  } finally {
    closeSync(log.fd)
  }
}

type Started = Omit<LaunchedServer, 'explainExit'>

async function startDirectly(
  { clusterDir, account }: Place,
  { postgres }: Binaries,
  { args, fd }: { args: string[]; fd: number },
): Promise<Started> {
  const child = spawn(postgres, ['-D', clusterDir, ...args], {
    ...(account ?? {}),
    cwd: '/',
    env: bareEnvironment,
    detached: true,
    stdio: ['ignore', fd, fd],
  })
  await once(child, 'spawn').catch((error: Error) => Promise.reject(cannotRun(postgres, error)))
  // Holding the child would keep this process from ending after its own work is done.
  child.unref()
  const hasExited = () => child.exitCode !== null || child.signalCode !== null
  const callOff = async () => {
    child.kill('SIGINT')
    for (let waits = 0; waits < 200 && !hasExited(); waits += 1) await sleep(50)
  }
  return { pid: child.pid ?? null, hasExited, callOff }
}

/** On Windows an administrator may not run Postgres either; pg_ctl takes the rights away first. */
async function startThroughPgCtl(
  { clusterDir, logFile }: Place,
  { pgCtl }: Binaries,
  args: string[],
): Promise<Started> {
  const options = args.map((arg) => (arg === '-c' ? arg : `"${arg}"`)).join(' ')
  const command = ['start', '-D', clusterDir, '-l', logFile, '-W', '-o', options]
  const result = await runProgram(pgCtl, command, { account: null })
  const callOff = async () => {
    await runProgram(pgCtl, ['stop', '-D', clusterDir, '-m', 'fast'], { account: null })
  }
  return { pid: null, hasExited: () => result.code !== 0, callOff }
}

/** The lock beside the socket can name a recycled pid just as `postmaster.pid` can. */
async function clearSocketLock(lockFile: string, { clusterDir, account }: Place): Promise<void> {
  if (!existsSync(lockFile)) return
  const text = readFileSync(lockFile, 'utf8')
  const written = parsePostmasterPid(text)
  const identity =
    written === 'unreadable' ? 'something-else' : await identifyProcess(written.pid, clusterDir)
  if (identity === 'something-else') await replaceStalePidFile(lockFile, text, account)
}
