import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { chown, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isRoot, ownerOf } from './account.ts'
import { makeFolders } from './open-folder.ts'

/** A log is put aside at the next start from this size, and while the server runs from eight times. */
const rotateFromBytes = 1024 * 1024
const maxBytes = 8 * rotateFromBytes
const maxTailBytes = 64 * 1024

/**
 * Opens the log that a server is about to write, puts a large one aside first (`….1`, one kept), and
 * returns the handle and the size at which the new server's lines begin. The caller closes it.
 */
export async function openServerLog(file: string): Promise<{ fd: number; from: number }> {
  const folder = dirname(file)
  const isNew = await makeFolders(folder, 0o700)
  if (sizeOfServerLog(file) > rotateFromBytes) await rename(file, `${file}.1`)
  const handle = await open(file, 'a', 0o600)
  try {
    if (isRoot()) {
      // Root may have been asked for once by somebody who goes on without.
      const owner = ownerOf(dirname(folder))
      await handle.chown(owner.uid, owner.gid)
      if (isNew) await chown(folder, owner.uid, owner.gid)
    }
  } finally {
    await handle.close()
  }
  // Append mode: the server's processes share the handle, and the file may be cut under them.
  return { fd: openSync(file, 'a', 0o600), from: sizeOfServerLog(file) }
}

/** How many bytes the log has now; 0 if there is none. */
export function sizeOfServerLog(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}

/**
 * Cuts the log of a running server when it has become too large; the old part stays as `….1` if the
 * disk has room for it. Never throws: what does not work now is tried again.
 */
export function trimServerLog(file: string): void {
  if (sizeOfServerLog(file) < maxBytes) return
  attempt(() => copyFileSync(file, `${file}.1`))
  attempt(() => truncateSync(file))
}

function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // The log of a server that we joined may belong to somebody else, and a full disk is no news.
  }
}

/** The lines written from byte `from` on (the last 64 KB at most); none if there is no log. */
export function readServerLog(file: string, from: number): string[] {
  if (!existsSync(file)) return []
  const size = sizeOfServerLog(file)
  const start = Math.max(from > size ? 0 : from, size - maxTailBytes)
  const buffer = Buffer.alloc(size - start)
  const fd = openSync(file, 'r')
  try {
    const bytes = readSync(fd, buffer, 0, buffer.length, start)
    return buffer.toString('utf8', 0, bytes).split('\n').filter(Boolean)
  } finally {
    closeSync(fd)
  }
}
