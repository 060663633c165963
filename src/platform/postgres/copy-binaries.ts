import { createHash, randomBytes } from 'node:crypto'
import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { chmod, constants, copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Failure } from '../../model/failure.ts'
import { isRoot } from './account.ts'
import { errnoOf } from './explain-io-error.ts'
import { hydrateSymlinks } from './hydrate-symlinks.ts'
import { syncToDisk } from './sync-to-disk.ts'

/** A file of the package: its path inside, and how many bytes it has. */
type Entry = { path: string; size: number }

/** Programs and libraries are synced one by one; a thousand small text files would take seconds. */
const syncFromBytes = 64 * 1024

/** Link-time archives and build files: nothing that a running server reads. */
const isNeeded = (path: string) =>
  path.startsWith('native') && !path.endsWith('.a') && !path.includes('pgxs')

/**
 * Copies the package of Postgres in `packageDir` below `copiesDir`, for an account that cannot
 * reach the package itself, and returns the folder of the copy. It is named after the version and
 * the content, appears whole or not at all, and is used again when it is still whole. Two processes
 * may do this at once.
 */
export async function copyBinaries(
  packageDir: string,
  copiesDir: string,
  version: string,
): Promise<string> {
  const entries = listEntries(packageDir)
  const hash = await hashOf(packageDir, entries)
  const copy = join(copiesDir, `${version}-${hash}`)
  if (await isWhole(copy, entries, hash)) return copy
  const unfinished = `${copy}.${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    await copyEntries(packageDir, unfinished, entries)
    await hydrateSymlinks(unfinished)
    if (!(await isWhole(copy, entries, hash))) await putInPlace(unfinished, copy)
    if (await isWhole(copy, entries, hash)) return copy
    throw new Failure(
      'postgres-binaries-missing',
      'outside',
      `The copy of the built-in Postgres in ${copy} differs from ${packageDir}. Check that disk, ` +
        'remove the copy and start again.',
    )
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** Whatever has this name already is not whole; a server that runs from it keeps what it holds. */
async function putInPlace(unfinished: string, copy: string): Promise<void> {
  const broken = `${unfinished}.broken`
  if (existsSync(copy)) await rename(copy, broken).catch(ignoreLostRace)
  await rename(unfinished, copy).catch(ignoreLostRace)
  await rm(broken, { recursive: true, force: true })
}

/** Another process that makes the same copy may be first at any step. */
function ignoreLostRace(error: unknown): void {
  if (!['ENOENT', 'EEXIST', 'ENOTEMPTY', 'EPERM'].includes(errnoOf(error))) throw error
}

/** In one go: this is a part of every start from a copy, and a thousand turns take 50 ms. */
function listEntries(packageDir: string): Entry[] {
  const entries: Entry[] = []
  for (const item of readdirSync(packageDir, { recursive: true, withFileTypes: true })) {
    const path = relative(packageDir, join(item.parentPath, item.name))
    if (!item.isFile() || !isNeeded(path)) continue
    entries.push({ path, size: lstatSync(join(packageDir, path)).size })
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** The names and sizes of all files, and the content of the server: what tells two builds apart. */
async function hashOf(packageDir: string, entries: Entry[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(entries))
  const server = entries.find((entry) => /bin[\\/]postgres(\.exe)?$/.test(entry.path))
  if (server) hash.update(await readFile(join(packageDir, server.path)))
  return hash.digest('hex').slice(0, 12)
}

/** All files are there in full size, and nobody but us could have changed them. */
async function isWhole(copy: string, entries: Entry[], hash: string): Promise<boolean> {
  try {
    const folder = lstatSync(copy)
    if (!folder.isDirectory() || (isRoot() && folder.uid !== 0)) return false
    const sizes = entries.map(({ path }) => ({ path, size: lstatSync(join(copy, path)).size }))
    return (await hashOf(copy, sizes)) === hash
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) return false
    throw error
  }
}

async function copyEntries(from: string, to: string, entries: Entry[]): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const { path, size } of entries) {
    const target = join(to, path)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(join(from, path), target, constants.COPYFILE_FICLONE)
    await chmod(target, /[\\/]bin[\\/]/.test(target) ? 0o755 : 0o644)
    if (size >= syncFromBytes) await syncToDisk(target)
  }
  // A tight umask must not close the folders to the account that the copy is made for.
  const made = await readdir(to, { recursive: true, withFileTypes: true })
  const folders = made.filter((item) => item.isDirectory())
  await Promise.all(folders.map((item) => chmod(join(item.parentPath, item.name), 0o755)))
  await chmod(to, 0o755)
}
