import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export type ServeChild = AsyncDisposable & {
  pid: number
  /** Resolves when it serves; rejects when it ends before that. */
  serving: Promise<void>
  /** What it wrote on its standard error. */
  errors: () => string
  /** SIGKILL to this process and to nothing that it started. */
  kill: () => Promise<void>
  /** SIGTERM, and the code with which it ends. */
  stop: () => Promise<number | null>
}

/** Starts the script of `serve-child.ts`; killed at the end if it is still there. */
export function runChild(
  script: string,
  {
    settings,
    clockStart,
    assetsDir,
  }: { settings: Record<string, string>; clockStart: Date; assetsDir: string },
): ServeChild {
  const args = [script, String(clockStart.getTime()), assetsDir]
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    return gone
  }
  const serving = waitForWord(child, () => errors)
  // Who kills it early does not wait for it to serve.
  serving.catch(() => {})
  return {
    pid: child.pid ?? 0,
    serving,
    errors: () => errors,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  }
}

async function waitForWord(child: ChildProcess, errors: () => string): Promise<void> {
  const word = child.stdout === null ? undefined : once(child.stdout, 'data')
  const [result] = await Promise.race([word, once(child, 'exit')]).then((value) => value ?? [])
  if (!Buffer.isBuffer(result)) throw new Error(`The product ended before it served. ${errors()}`)
}
