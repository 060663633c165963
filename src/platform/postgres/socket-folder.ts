import { createHash } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { chmod, lchown, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../../model/failure.ts'
import { socketFile } from './accepts-connections.ts'
import { type Account, isSameUser } from './account.ts'
import { errnoOf } from './explain-io-error.ts'

/** The shortest limit of the platforms: `sun_path` has 104 bytes on macOS, its final NUL included. */
const maxSocketPathBytes = 103

/** The port of the Unix socket. It only names the file, and every cluster has its own folder. */
export const socketPort = 5432

/**
 * The folder for the socket of the cluster in `homeDir`: `run` beside it, or, where that path is too
 * long for a socket, a short one below the folder for temporary files, named by user and cluster.
 */
export function chooseSocketFolder(homeDir: string, uid: number): string {
  const hash = createHash('sha256').update(homeDir).digest('hex').slice(0, 12)
  const name = `murmurcast-${uid >>> 0}-${hash}`
  const candidates = [join(homeDir, 'run'), join(tmpdir(), name)]
  return candidates.find(isShortEnough) ?? join('/tmp', name)
}

function isShortEnough(folder: string): boolean {
  // A server that listens on TCP as well names its socket after that port, of up to five digits.
  return Buffer.byteLength(socketFile({ host: folder, port: 65_535 })) <= maxSocketPathBytes
}

/**
 * Makes the folder, open to `account` alone (null: to us), or verifies the one that is there.
 * Throws `socket-folder-unsafe` when it belongs to somebody else or is not a folder: in a shared
 * folder for temporary files anyone could have put it there to listen in.
 */
export async function makeSocketFolder(folder: string, account: Account | null): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
    if (account) await lchown(folder, account.uid, account.gid)
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  }
  const found = lstatSync(folder)
  const wanted = account?.uid ?? process.getuid?.() ?? 0
  if (!found.isDirectory() || !isSameUser(found.uid, wanted))
    throw new Failure(
      'socket-folder-unsafe',
      'outside',
      `${folder} should be a folder of user ${wanted} for the database's socket, but it belongs to ` +
        `user ${found.uid} or is no folder. Remove it, then start again.`,
    )
  if ((found.mode & 0o077) !== 0) await chmod(folder, 0o700)
}
