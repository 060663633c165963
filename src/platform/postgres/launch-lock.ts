import { readFileSync, rmSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { errnoOf } from './explain-io-error.ts'
import { isAlive } from './process-identity.ts'

/** Held while a server is brought up, until its own `postmaster.pid` keeps others out. */
export type LaunchLock = { release: () => void }

/** Bringing it that far takes far less than a second; whoever takes longer has died or hangs. */
const maxAgeMs = 30_000

/**
 * Lets one of several programs start a server where they would all do it at once, as after a crash:
 * Postgres alone sorts that out as well, but two of its servers that both clear away the file of
 * the dead one can remove each other's. Returns `taken` while another has the lock.
 */
export async function takeLaunchLock(file: string): Promise<LaunchLock | 'taken'> {
  try {
    await writeFile(file, `${process.pid}\n`, { flag: 'wx', mode: 0o600 })
    return { release: () => rmSync(file, { force: true }) }
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') {
      // A full disk leaves the file without the number in it.
      rmSync(file, { force: true })
      throw error
    }
  }
  // Two may clear it away at once and then both go on: then Postgres sorts it out after all.
  if (isAbandoned(file)) rmSync(file, { force: true })
  return 'taken'
}

function isAbandoned(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    const isHeld = pid === 0 || isAlive(pid)
    return !isHeld || Date.now() - statSync(file).mtimeMs > maxAgeMs
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false
    throw error
  }
}
