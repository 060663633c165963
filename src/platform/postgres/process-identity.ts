import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { errnoOf } from './explain-io-error.ts'

/**
 * What the process with a given pid is to a given cluster. `something-else` includes a dead process
 * that nobody has collected, as happens in containers: it keeps its number.
 */
export type ProcessIdentity = 'gone' | 'our-postgres' | 'something-else'

const run = promisify(execFile)

/**
 * Tells whether `pid` is alive and a Postgres of exactly the cluster in `clusterDir`: a pid alone
 * proves nothing, since the system hands numbers out again after a crash or in a new container.
 */
export async function identifyProcess(pid: number, clusterDir: string): Promise<ProcessIdentity> {
  if (!isAlive(pid)) return 'gone'
  if (process.platform === 'linux') return identifyByProc(pid, clusterDir)
  if (process.platform === 'win32') return identifyByTaskList(pid)
  return identifyByPs(pid, clusterDir)
}

/** True when a process with this pid exists, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}

/**
 * Postgres changes into its data directory, so its working directory is the proof; compared by
 * device and inode, because the path may differ through a bind mount.
 */
async function identifyByProc(pid: number, clusterDir: string): Promise<ProcessIdentity> {
  try {
    const name = (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()
    if (name !== 'postgres') return 'something-else'
    const [cwd, cluster] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(clusterDir)])
    return cwd.dev === cluster.dev && cwd.ino === cluster.ino ? 'our-postgres' : 'something-else'
  } catch (error) {
    if (errnoOf(error) === 'EACCES') return identifyByCommandLine(pid, clusterDir)
    // A dead process has a name but no working directory any more.
    return isAlive(pid) ? 'something-else' : 'gone'
  }
}

/** For a process whose working directory we may not look at: its command line is open to all. */
async function identifyByCommandLine(pid: number, clusterDir: string): Promise<ProcessIdentity> {
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  return words.includes(clusterDir) ? 'our-postgres' : 'something-else'
}

async function identifyByPs(pid: number, clusterDir: string): Promise<ProcessIdentity> {
  const answer = await run('/bin/ps', ['-ww', '-o', 'stat=,command=', '-p', String(pid)]).catch(
    () => ({ stdout: '' }),
  )
  const line = answer.stdout.trim()
  if (line === '') return 'gone'
  return !line.startsWith('Z') && /postgres/.test(line) && line.includes(clusterDir)
    ? 'our-postgres'
    : 'something-else'
}

/** Windows tells the program's name cheaply but not its arguments; the caller tries the port too. */
async function identifyByTaskList(pid: number): Promise<ProcessIdentity> {
  const { stdout } = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'])
  return stdout.includes('"postgres.exe"') ? 'our-postgres' : 'something-else'
}
