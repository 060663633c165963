import { setTimeout as sleep } from 'node:timers/promises'

const EVERY_MS = 50

/** Repeats `look` until it throws nothing, and returns its answer; fails with its last complaint. */
export async function waitUntil<T>(look: () => T | Promise<T>, timeoutMs = 15_000): Promise<T> {
  const end = performance.now() + timeoutMs
  for (;;) {
    try {
      return await look()
    } catch (error) {
      if (performance.now() > end) throw error
    }
    await sleep(EVERY_MS)
  }
}
