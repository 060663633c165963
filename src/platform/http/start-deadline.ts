export interface Deadline {
  /** Aborted when the time is over, or when the caller's own signal is. */
  readonly signal: AbortSignal
  /** Rejects when the signal is aborted, with its reason. */
  race<T>(work: Promise<T>): Promise<T>
  /** Ends the watch; the signal stays as it is. */
  stop(): void
}

/**
 * One time limit over a whole piece of work. `reason` makes what the signal is aborted with when
 * `timeoutMs` are over; a caller's signal passes its own reason on.
 */
export function startDeadline(
  timeoutMs: number,
  reason: () => Error,
  callerSignal?: AbortSignal,
): Deadline {
  const controller = new AbortController()
  const { signal } = controller
  const onCallerAbort = () => controller.abort(callerSignal?.reason)
  const timer = setTimeout(() => controller.abort(reason()), timeoutMs)
  timer.unref()
  if (callerSignal?.aborted) onCallerAbort()
  else callerSignal?.addEventListener('abort', onCallerAbort, { once: true })
  return {
    signal,
    race: (work) => raceAbort(work, signal),
    stop() {
      clearTimeout(timer)
      callerSignal?.removeEventListener('abort', onCallerAbort)
    },
  }
}

function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const onAbort = () => reject(signal.reason)
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  const settle = () => signal.removeEventListener('abort', onAbort)
  work.finally(settle).then(resolve, reject)
  return promise
}
