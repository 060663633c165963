import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Account, isRoot, nobody } from './account.ts'
import { findServerState, pidFileOf } from './find-server-state.ts'
import { parsePostmasterPid } from './postmaster-pid.ts'
import { identifyProcess, isAlive } from './process-identity.ts'
import { type StartPostgresOptions, startPostgres } from './start-postgres.ts'

/** A program in a process of its own, to be killed as a real one would be. */
export type Child = {
  process: ChildProcess
  pid: number
  /** Lines of its standard output so far. */
  lines: string[]
  /** Everything on its standard error so far. */
  errors: () => string
  /** Waits for the first line that starts so and returns the rest of it. */
  read: (start: string) => Promise<string>
  /** Waits until it is gone. */
  gone: Promise<void>
}

/** The room that tests of this folder work in: folders, clusters and programs, all gone at the end. */
export class ClusterFixture implements AsyncDisposable {
  readonly #children: Child[] = []
  #root: string | null = null

  /** The folder around everything; made when it is first needed, as tests may all be skipped. */
  get root(): string {
    if (this.#root === null) {
      this.#root = mkdtempSync(join(tmpdir(), 'mc-pg-'))
      chmodSync(this.#root, 0o755)
    }
    return this.#root
  }

  /** A path for a new data folder. */
  newDataDir(name = 'data'): string {
    return join(this.root, `${name}-${Math.random().toString(36).slice(2, 8)}`)
  }

  /** Starts Postgres with no more than a minute of patience. */
  start(dataDir: string, more: Partial<StartPostgresOptions> = {}) {
    const systemDir = join(this.root, 'system')
    return startPostgres({ dataDir, systemDir, waitMs: 60_000, ...more })
  }

  /** A data folder with a new cluster that was shut down. */
  async stoppedDataDir(): Promise<string> {
    const dataDir = this.newDataDir()
    const server = await this.start(dataDir)
    await server.stop()
    return dataDir
  }

  /**
   * Runs a module's text in a fresh Node. In it, `startPostgres` and `pg` are at hand, and `say`
   * prints a line.
   */
  runChild(body: string, options: { account?: Account | null; detached?: boolean } = {}): Child {
    const entry = new URL('./start-postgres.ts', import.meta.url).href
    const driver = import.meta.resolve('pg')
    const text = `import { startPostgres } from '${entry}'
      import pg from '${driver}'
      const say = (line) => process.stdout.write(line + '\\n')
      const hold = () => setInterval(() => {}, 1000)
      ${body}`
    const child = spawn(process.execPath, ['--input-type=module', '-e', text], {
      ...(options.account ?? {}),
      cwd: '/',
      detached: options.detached ?? false,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const made = watchChild(child)
    this.#children.push(made)
    return made
  }

  async killChildren(): Promise<void> {
    for (const child of this.#children) child.process.kill('SIGKILL')
    await Promise.all(this.#children.map((child) => child.gone))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.killChildren()
    if (this.#root === null) return
    for (const dir of findClusterDirs(this.root)) await killServer(dir)
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

function watchChild(child: ChildProcess): Child {
  const lines: string[] = []
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const read = async (start: string) => {
    for (const end = Date.now() + 60_000; Date.now() < end; await sleep(5)) {
      const found = lines.find((line) => line.startsWith(start))
      if (found !== undefined) return found.slice(start.length)
      if (child.exitCode !== null || child.signalCode !== null) break
    }
    throw new Error(`the child never said "${start}", but: ${lines.join(' / ')} ${errors}`)
  }
  return { process: child, pid: child.pid ?? 0, lines, errors: () => errors, read, gone }
}

/** The account of Postgres in tests: nobody when they run as root, else nobody special. */
export const testAccount: Account | null = isRoot() ? nobody : null

/** Kills whatever serves the cluster, children first, and waits until it is gone. */
export async function killServer(clusterDir: string): Promise<void> {
  if (!existsSync(pidFileOf(clusterDir))) return
  const written = parsePostmasterPid(readFileSync(pidFileOf(clusterDir), 'utf8'))
  if (written === 'unreadable') return
  const { pid } = written
  if ((await identifyProcess(pid, clusterDir)) !== 'our-postgres') return
  process.kill(pid, 'SIGQUIT')
  for (let waits = 0; waits < 700 && isAlive(pid); waits += 1) await sleep(10)
}

/** True when a server runs on the cluster of this data folder. */
export async function isServed(dataDir: string): Promise<boolean> {
  const found = await findServerState(join(dataDir, 'postgres'))
  return found.state !== 'down' && found.state !== 'stale'
}

/** All processes below `pid`, deepest last. Linux only. */
export function descendantsOf(pid: number): number[] {
  const found = [pid]
  for (const parent of found) {
    const tasks = `/proc/${parent}/task/${parent}/children`
    if (existsSync(tasks))
      found.push(...readFileSync(tasks, 'utf8').split(' ').filter(Boolean).map(Number))
  }
  return found
}

function findClusterDirs(root: string): string[] {
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((item) => item.name === 'postmaster.pid')
    .map((item) => item.parentPath)
}
