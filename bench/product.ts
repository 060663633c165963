import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const LAUNCHER = join(import.meta.dirname, '../bin/launch.mjs')

/** Starts `murmurcast` in a process of its own, with these settings and none of the machine's. */
export function startProduct(
  args: readonly string[],
  settings: Record<string, string> = {},
): ChildProcess {
  const { PATH = '', HOME = tmpdir() } = process.env
  return spawn(process.execPath, [LAUNCHER, ...args], {
    cwd: tmpdir(),
    env: { PATH, HOME, MURMURCAST_LOG_LEVEL: 'silent', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** Milliseconds from the start of a command to its end. Throws when it fails. */
export async function timeCommand(
  args: readonly string[],
  settings: Record<string, string> = {},
): Promise<number> {
  const startedAt = performance.now()
  const child = startProduct(args, settings)
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`murmurcast ${args.join(' ')} failed: ${errors}`)
  return performance.now() - startedAt
}

/** A new folder that other accounts may enter, as the built-in Postgres needs when we are root. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'mc-bench-'))

export async function findFreePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Milliseconds until `url` answers with 200, looked for every few milliseconds. */
export async function waitForPage(url: string, startedAt: number): Promise<number> {
  while (performance.now() - startedAt < 60_000) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    )
    if (status === 200) return performance.now() - startedAt
    await sleep(5)
  }
  throw new Error(`${url} did not answer within a minute.`)
}

/** The process of the built-in Postgres, which is nobody's child so that it outlives a crash. */
export function findPostgres(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n', 1)[0])
}

/**
 * Proportional set size of these processes and of all that descend from them, in bytes: shared
 * pages are counted once in all. Linux alone tells it.
 */
export function measurePss(roots: readonly number[]): { bytes: number; processes: number } {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = /^PPid:\s+(\d+)/m.exec(readProc(Number(name), 'status'))?.[1]
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const isOurs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined; at = parents.get(at)) {
      if (roots.includes(at)) return true
    }
    return false
  }
  const pids = [...parents.keys()].filter(isOurs)
  const sizes = pids.map((pid) =>
    Number(/^Pss:\s+(\d+) kB/m.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0),
  )
  return { bytes: sizes.reduce((sum, size) => sum + size, 0) * 1024, processes: pids.length }
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    // It has ended meanwhile.
    return ''
  }
}
