import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const LAUNCHER = join(import.meta.dirname, '../../bin/launch.mjs')
const LIMIT_MS = 60_000

export type CommandResult = { code: number | null; out: string; err: string; ms: number }

/** Starts `murmurcast` as a person's shell does, with these settings and none of the machine's. */
export function startCommand(args: readonly string[], settings: Record<string, string> = {}) {
  const { PATH = '', HOME = tmpdir() } = process.env
  return spawn(process.execPath, [LAUNCHER, ...args], {
    cwd: tmpdir(),
    env: { PATH, HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  })
}

/** Runs one command to its end. */
export async function runCommand(
  args: readonly string[],
  settings: Record<string, string> = {},
): Promise<CommandResult> {
  const startedAt = performance.now()
  const child = startCommand(args, settings)
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [code, out, err] = await Promise.all([gone, text(child.stdout), text(child.stderr)])
  return { code, out, err, ms: performance.now() - startedAt }
}
