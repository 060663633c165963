import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../platform/log.ts'

/** Something that is looked at again and again. */
export type TimetableEntry = { name: string; everyMs: number; run: () => Promise<void> }

/**
 * Runs each entry at once and then at its interval until it is disposed of. The next run starts
 * after the last has ended; one that fails is logged and tried at its next time. Nothing depends
 * on a run not being missed: every entry asks the database what is due.
 */
export function startTimetable(entries: readonly TimetableEntry[], log: Log): AsyncDisposable {
  const stop = new AbortController()
  const runs = entries.map((entry) => repeat(entry, log, stop.signal))
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await Promise.all(runs)
    },
  }
}

async function repeat(entry: TimetableEntry, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await entry.run()
    } catch (error) {
      log.warn({ timetable: entry.name, err: error }, 'will be tried again')
    }
    // Only the abort rejects, and it is what ends the loop.
    await sleep(entry.everyMs, undefined, { signal }).catch(() => {})
  }
}
