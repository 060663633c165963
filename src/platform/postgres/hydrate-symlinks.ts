import { existsSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { errnoOf } from './explain-io-error.ts'

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Makes the links between shared libraries which the package of Postgres lists in
 * `native/pg-symlinks.json`: npm packages cannot hold links, and the package's own install script
 * does not run with `--ignore-scripts`. Safe to repeat and to run from two processes at once.
 * Returns false when a link is missing and the folder cannot be written.
 */
export async function hydrateSymlinks(packageDir: string): Promise<boolean> {
  const listFile = join(packageDir, 'native', 'pg-symlinks.json')
  const links = symlinkList.parse(JSON.parse(await readFile(listFile, 'utf8')))
  for (const { source, target } of links) {
    if (existsSync(join(packageDir, target))) continue
    if (!(await makeLink(packageDir, source, target))) return false
  }
  return true
}

async function makeLink(packageDir: string, source: string, target: string): Promise<boolean> {
  if (dirname(source) !== dirname(target) || target.includes('..')) return true
  try {
    await symlink(basename(source), join(packageDir, target))
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return true
    if (['EACCES', 'EPERM', 'EROFS'].includes(errnoOf(error))) return false
    throw error
  }
}
