// A place for builds of a checkout that belongs to another user.
import { createHash } from 'node:crypto'
import { copyFileSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/**
 * Opens the user's own cache folder for the checkout `root` and links all of the checkout's files
 * into it, so that what is built there finds the same neighbours. Returns the folder, or null and
 * the problem in a sentence.
 */
export function openCacheFolder(root) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16)
  for (const place of listPlaces()) {
    try {
      const folder = join(place, name)
      openOwnFolder(place)
      mkdirSync(join(folder, 'dist'), { recursive: true, mode: 0o700 })
      linkNeighbours(root, folder)
      return { folder, problem: null }
    } catch {
      // The next place may do.
    }
  }
  const problem = `murmurcast cannot write its build to ${join(root, 'dist')} nor to a cache folder of yours: start it as the owner of ${root}, or make that folder writable.`
  return { folder: null, problem }
}

function listPlaces() {
  const cache = process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || join(homedir(), '.cache')
  return [join(cache, 'murmurcast'), join(tmpdir(), `murmurcast-${userInfo().uid}`)]
}

/** Code is run from there: it must be a folder that nobody else could have filled. */
function openOwnFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(folder)
  if (process.platform === 'win32') return
  const isOwn = lstatSync(folder).isDirectory() && uid === process.getuid() && (mode & 0o022) === 0
  if (!isOwn) throw new Error(`${folder} belongs to another user`)
}

function linkNeighbours(root, folder) {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name === 'dist') continue
    link(join(root, entry.name), join(folder, entry.name), entry.isDirectory())
  }
}

function link(target, path, isFolder) {
  // Windows lets everyone make junctions of folders, but no links to files.
  if (process.platform === 'win32' && !isFolder) return copyFileSync(target, path)
  try {
    symlinkSync(target, path, 'junction')
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
}
