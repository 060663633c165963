import { Piscina } from 'piscina'

export type WorkerThreads<Input, Output> = AsyncDisposable & {
  /** Runs one piece of work on a thread of its own. Rejects with what the work throws. */
  run: (input: Input) => Promise<Output>
}

/** A thread that has had nothing to do for so long ends, and its memory is given back. */
const IDLE_MS = 20_000
/** Enough for a transcript of a day; a runaway ends its thread and not the house. */
const MAX_HEAP_MB = 512

/**
 * Threads for work that would hold up the pages. `worker` is a module whose export `run` takes one
 * input and returns one output; both are copied between threads.
 */
export function openWorkerThreads<Input, Output>(
  worker: URL,
  maxThreads: number,
): WorkerThreads<Input, Output> {
  const pool = new Piscina({
    filename: worker.href,
    name: 'run',
    minThreads: 0,
    maxThreads,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  return {
    run: (input) => pool.run(input) as Promise<Output>,
    [Symbol.asyncDispose]: () => pool.close({ force: true }),
  }
}
