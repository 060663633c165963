import { lstatSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The user and group that a process runs as, or that a file belongs to. */
export type Account = { uid: number; gid: number }

/**
 * The account that Postgres gets when we are root, which it refuses to run as: `nobody`, which
 * exists everywhere, so no system user is ever created. macOS numbers it -2.
 */
export const nobody: Account =
  process.platform === 'darwin' ? { uid: -2, gid: -2 } : { uid: 65534, gid: 65534 }

/** True when this process may change owners and choose the account of its children. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** The account of the files at `path` (of the link itself, if it is one). */
export function ownerOf(path: string): Account {
  const { uid, gid } = lstatSync(path)
  return { uid, gid }
}

/** True for the same user. A negative uid reads back from the file system as an unsigned number. */
export function isSameUser(a: number, b: number): boolean {
  return a >>> 0 === b >>> 0
}

type Want = 'read' | 'enter' | 'write'
const bits: Record<Want, number> = { read: 4, write: 2, enter: 1 }

/** True when the mode bits of `path` itself let `account` do every one of `wants`. */
export function mayUse(path: string, account: Account, ...wants: Want[]): boolean {
  const { mode, uid, gid } = statSync(path)
  const shift = isSameUser(uid, account.uid) ? 6 : isSameUser(gid, account.gid) ? 3 : 0
  return wants.every((want) => ((mode >> shift) & bits[want]) !== 0)
}

/** True when `account` may pass through `path` and every folder above it. `path` must be real. */
export function canReach(path: string, account: Account): boolean {
  if (!mayUse(path, account, 'enter')) return false
  const parent = dirname(path)
  return parent === path || canReach(parent, account)
}
