import { readdir, readFile } from 'node:fs/promises'
import { identifyProcess } from './process-identity.ts'

/**
 * Ends what is left of a server whose main process was killed: a query that is computing does not
 * notice that for as long as it runs, and no new server may start beside it. SIGQUIT makes it leave
 * at once; its unfinished work is what recovery rolls back anyway. Only on Linux, where a process
 * can be told by its working directory; elsewhere there is nothing but to wait.
 *
 * To be called only when Postgres itself has found that its main process is gone.
 */
export async function endOrphans(clusterDir: string): Promise<void> {
  if (process.platform !== 'linux') return
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  for (const pid of pids) if (await isOrphan(pid, clusterDir)) endProcess(pid)
}

/**
 * A server's main process keeps its arguments as its title; what it forked is `postgres: …`. With
 * its parent alive it is no orphan but part of a server that has just come up.
 */
async function isOrphan(pid: number, clusterDir: string): Promise<boolean> {
  if ((await identifyProcess(pid, clusterDir)) !== 'our-postgres') return false
  const [title, status] = await Promise.all([readProc(pid, 'cmdline'), readProc(pid, 'status')])
  const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1])
  return (
    title.startsWith('postgres: ') && (await identifyProcess(parent, clusterDir)) !== 'our-postgres'
  )
}

async function readProc(pid: number, name: string): Promise<string> {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // It has ended by itself.
  }
}
