import { lstatSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '../../model/failure.ts'
import { isRoot } from './account.ts'

/**
 * Makes `path`, and what is missing above it, so that every account can pass through (mode 0755,
 * whatever the umask says). Folders that exist keep their mode. As root, throws
 * `system-folder-unsafe` when the folder or the one above belongs to somebody else or can be
 * written by others, since programs are run from there.
 */
export async function makeOpenFolder(path: string): Promise<void> {
  await makeFolders(path, 0o755)
  if (!isRoot()) return
  for (const folder of [path, dirname(path)]) {
    const { uid, mode } = lstatSync(folder)
    const isSticky = (mode & 0o1000) !== 0
    if (uid === 0 && ((mode & 0o022) === 0 || isSticky)) continue
    throw new Failure(
      'system-folder-unsafe',
      'caller',
      `The folder ${folder} can be changed by users other than root, so the database's programs ` +
        `cannot be kept there. Run: chown root ${folder} && chmod 755 ${folder}`,
    )
  }
}

/** Makes the missing part of `path`, each new folder with exactly `mode`. True if any was made. */
export async function makeFolders(path: string, mode: number): Promise<boolean> {
  const first = await mkdir(path, { recursive: true, mode })
  if (first === undefined) return false
  for (let folder = path; folder.length >= first.length; folder = dirname(folder))
    await chmod(folder, mode)
  return true
}
