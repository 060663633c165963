import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './find-binaries.ts'
import { identifyProcess, isAlive } from './process-identity.ts'
import { runProgram } from './run-program.ts'

/**
 * The three ways down, each with the time it gets. SIGINT: roll back, write everything, leave.
 * SIGQUIT: leave at once, recover at the next start; Postgres then kills its own children after 5 s.
 * Together they stay below the 20 s in which the product as a whole has to stop.
 */
const ways = [
  { signal: 'SIGINT', mode: 'fast', waitMs: 10_000 },
  { signal: 'SIGQUIT', mode: 'immediate', waitMs: 6_000 },
  { signal: 'SIGKILL', mode: null, waitMs: 2_000 },
] as const

/**
 * Stops the server `pid` of the cluster in `clusterDir` and returns when it is gone. A process that
 * is not that server is left alone.
 */
export async function stopServer(
  pid: number,
  clusterDir: string,
  { pgCtl }: Pick<Binaries, 'pgCtl'>,
): Promise<void> {
  for (const { signal, mode, waitMs } of ways) {
    if ((await identifyProcess(pid, clusterDir)) !== 'our-postgres') return
    // Windows has no signals: pg_ctl speaks to the server through a pipe there.
    if (process.platform === 'win32' && mode !== null)
      await runProgram(pgCtl, ['stop', '-D', clusterDir, '-m', mode, '-W'], { account: null })
    else sendSignal(pid, signal)
    if (await hasGone(pid, clusterDir, waitMs)) return
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It went between the look and the signal.
  }
}

async function hasGone(pid: number, clusterDir: string, waitMs: number): Promise<boolean> {
  const end = Date.now() + waitMs
  for (let looks = 1; Date.now() < end; looks += 1) {
    if (!isAlive(pid)) return true
    // Where nobody collects dead processes, they look alive to all but a closer look.
    if (looks % 50 === 0 && (await identifyProcess(pid, clusterDir)) !== 'our-postgres') return true
    await sleep(10)
  }
  return false
}
