import { spawn } from 'node:child_process'
import { Failure } from '../../model/failure.ts'
import type { Account } from './account.ts'

export type ProgramResult = { code: number | null; stdout: string; stderr: string }

const maxCapturedBytes = 256 * 1024

/** The whole environment of Postgres's programs: nothing of the user's own may change them. */
export const bareEnvironment: NodeJS.ProcessEnv =
  // Node adds on Windows what no program there can do without.
  process.platform === 'win32' ? { LC_ALL: 'C' } : { LC_ALL: 'C', PATH: '/usr/bin:/bin' }

/**
 * Runs a program to its end, as `account` if one is given, with `input` on its standard input.
 * Resolves with whatever it answered; throws `postgres-cannot-run` when it cannot be started. Ends
 * it after `timeoutMs`.
 */
export async function runProgram(
  file: string,
  args: string[],
  options: { account: Account | null; input?: string; timeoutMs?: number },
): Promise<ProgramResult> {
  const child = spawn(file, args, {
    ...(options.account ?? {}),
    // A folder that every account may enter.
    cwd: process.platform === 'win32' ? undefined : '/',
    env: bareEnvironment,
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: options.timeoutMs ?? 10 * 60_000,
    windowsHide: true,
  })
  const captured = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      captured[name] = (captured[name] + text).slice(-maxCapturedBytes)
    })
  // A program that ends early leaves its input unread; its exit code tells the story.
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => reject(cannotRun(file, error)))
    child.once('close', resolve)
  })
  return { code, ...captured }
}

/** The Failure for a program that the operating system does not start. */
export function cannotRun(file: string, cause: Error): Failure {
  return new Failure(
    'postgres-cannot-run',
    'outside',
    `The built-in Postgres (${file}) does not run on this system: ${cause.message}. It needs glibc ` +
      'on Linux (so not Alpine) and a disk that is not mounted noexec. Set DATABASE_URL to a Postgres ' +
      'server instead.',
    { cause },
  )
}
