import { randomBytes } from 'node:crypto'
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises'
import type { Account } from './account.ts'
import { errnoOf } from './explain-io-error.ts'
import { withPid } from './postmaster-pid.ts'

/** How long a file that names a strange process is left alone: it may be about to be replaced. */
const graceMs = 2_000

/**
 * Makes way for a new server where `file` (`postmaster.pid`, or the lock of the socket) names a
 * living process that is not Postgres, which Postgres takes for a rival. `text` is what the file
 * said when it was judged stale; anything newer is left as it is. Returns false while the file is
 * too young to be judged.
 *
 * The file is not deleted but made to name this process, the parent of the server to come: Postgres
 * does not mind its own parent, and still finds the shared memory named further down in the file,
 * which tells it of orphans of a killed server that are still writing.
 */
export async function replaceStalePidFile(
  file: string,
  text: string,
  account: Account | null,
): Promise<boolean> {
  try {
    if (Date.now() - (await stat(file)).mtimeMs < graceMs) return false
    const aside = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
    await rename(file, aside)
    const isStale = (await readFile(aside, 'utf8')) === text
    if (isStale) await writeAnew(aside, withPid(text, process.pid), account)
    // Windows knows no parents: there a stale file has to go altogether.
    if (!isStale || process.platform !== 'win32') await linkUnlessThere(aside, file)
    await rm(aside, { force: true })
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return true
    throw error
  }
}

async function writeAnew(path: string, text: string, account: Account | null): Promise<void> {
  await rm(path)
  // Owner by handle, not by path: the folder is Postgres's, which could put a link in between.
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    if (account) await file.chown(account.uid, account.gid)
  } finally {
    await file.close()
  }
}

/** A link never overwrites: whoever made a new file in the meantime keeps it. */
async function linkUnlessThere(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  }
}
