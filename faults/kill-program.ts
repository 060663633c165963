import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** What takes longer than this has come to a stop. */
const PATIENCE_MS = 60_000

/** A program in a process of its own, made to be killed. */
export type Program = {
  process: ChildProcess
  pid: number
  /** Lines of its standard output so far; a line that was cut off is not among them. */
  lines: readonly string[]
  /** Waits for so many lines that begin with `start`; rejects when the program ends before, or after a minute. */
  read: (start: string, count?: number) => Promise<void>
  /** SIGKILL to the program, and to nobody else; returns when it is gone. */
  kill: () => Promise<void>
}

/** Starts a module of this folder, in a Node of its own, with arguments of its own. */
export function startProgram(module: string, args: readonly string[]): Program {
  const path = new URL(module, import.meta.url).pathname
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const changed = new EventTarget()
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    changed.dispatchEvent(new Event('line'))
  })
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const read = (start: string, count = 1): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (lines.filter((line) => line.startsWith(start)).length < count) return
        changed.removeEventListener('line', look)
        resolve()
      }
      changed.addEventListener('line', look)
      look()
      const giveUp = (how: string) => () => {
        reject(new Error(`${module} ${how} before “${start}”: ${errors}`))
      }
      void gone.then(giveUp('ended'))
      setTimeout(giveUp('took a minute'), PATIENCE_MS).unref()
    })
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await gone
  }
  return { process: child, pid: child.pid ?? 0, lines, read, kill }
}
