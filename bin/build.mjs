// Builds src/ into dist/<stamp>/ when the sources have changed:
//
//   main.js, chunk-*.js   src/main.ts and all it imports; packages stay where they are
//   <name>.worker.js      every src/**/<name>.worker.ts, an entry of its own
//   browser/main.{js,css} src/web/browser/main.ts and src/web/styles/main.css; src/web/static/** as is
//   assets/**             files that the code names by a URL
//
// One convention for files beside the code: write `new URL('./name', import.meta.url)`, with the
// name as it is in src (workers too: './name.worker.ts'). From source, Node and vitest take it as
// it stands; the build rewrites it to the place in dist. A name that is not there fails the build.
// Only `new URL('./browser/', import.meta.url)` in a file directly in src names what is built.
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { openCacheFolder } from './cache-folder.mjs'

const KEPT_BUILDS = 2
const DAY_MS = 24 * 60 * 60 * 1000
const HOUR_MS = 60 * 60 * 1000
const USED = '.last-used'

/** Why nothing could be built, in a sentence that says what to do. */
export class BuildProblem extends Error {}

/**
 * Makes sure that there is a build of the sources as they are now, and returns its folder. Several
 * processes may do so at once. Where `root` has no sources its newest build is taken.
 */
export async function ensureBuilt(root) {
  const inRoot = join(root, 'dist')
  if (!existsSync(join(root, 'src'))) return findNewestBuild(root, inRoot)
  const stamp = stampSources(root)
  if (isBuilt(inRoot, stamp)) return join(inRoot, stamp)
  const dist = isWritable(inRoot) ? inRoot : join(openCache(root), 'dist')
  if (!isBuilt(dist, stamp)) {
    await build(root, dist, stamp)
    removeOldBuilds(dist)
  }
  return join(dist, stamp)
}

/** Marks the build as in use now and every hour, so that no later build removes it. */
export function keepInUse(dir) {
  const touch = () => {
    try {
      utimesSync(join(dir, USED), new Date(), new Date())
    } catch {
      // Another user's build: its owner keeps it or builds anew.
    }
  }
  touch()
  setInterval(touch, HOUR_MS).unref()
}

/** A name that changes with the path, size or time of any file that a build is made from. */
function stampSources(root) {
  const hash = createHash('sha256')
  const add = (path) => {
    const { mtimeMs, size } = statSync(path)
    hash.update(`${relative(root, path)}\0${mtimeMs}\0${size}\n`)
  }
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (!/\.test\.tsx?$/.test(entry.name)) add(path)
    }
  }
  walk(join(root, 'src'))
  for (const name of ['package.json', 'bin/build.mjs', 'bin/bundle.mjs']) add(join(root, name))
  return hash.digest('hex').slice(0, 16)
}

function isBuilt(dist, stamp) {
  return existsSync(join(dist, stamp, 'main.js'))
}

async function build(root, dist, stamp) {
  const { bundle } = await loadBundler(root)
  const temporary = mkdtempSync(join(dist, '.building-'))
  try {
    const problems = await bundle(root, temporary)
    if (problems.length > 0) {
      throw new BuildProblem(`murmurcast cannot be built:\n${problems.join('\n')}`)
    }
    writeFileSync(join(temporary, USED), '')
    // Other users of the machine may run this build as well.
    chmodSync(temporary, 0o755)
    moveInto(temporary, dist, stamp)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

async function loadBundler(root) {
  try {
    return await import('./bundle.mjs')
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new BuildProblem(
      `murmurcast's packages are missing: run \`npm ci\` in ${root} and start again.`,
    )
  }
}

function moveInto(temporary, dist, stamp) {
  try {
    renameSync(temporary, join(dist, stamp))
  } catch (error) {
    // Another process was faster with the same sources.
    if (!isBuilt(dist, stamp)) throw error
  }
}

function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function openCache(root) {
  const { folder, problem } = openCacheFolder(root)
  if (folder === null) throw new BuildProblem(problem)
  return folder
}

function findNewestBuild(root, dist) {
  const [newest] = listBuilds(dist)
  if (newest !== undefined) return join(dist, newest.name)
  throw new BuildProblem(`${root} holds neither sources nor a build: get murmurcast again.`)
}

/** Whole builds, the one used last first. */
function listBuilds(dist) {
  if (!existsSync(dist)) return []
  return readdirSync(dist)
    .filter((name) => !name.startsWith('.') && isBuilt(dist, name))
    .map((name) => ({ name, usedAt: lastUse(join(dist, name)) }))
    .sort((a, b) => b.usedAt - a.usedAt)
}

function lastUse(dir) {
  const stat = statSync(join(dir, USED), { throwIfNoEntry: false }) ?? statSync(dir)
  return stat.mtimeMs
}

function removeOldBuilds(dist) {
  const idle = listBuilds(dist)
    .slice(KEPT_BUILDS)
    .filter(({ usedAt }) => usedAt < Date.now() - DAY_MS)
    .map(({ name }) => name)
  const abandoned = readdirSync(dist).filter(
    (name) => name.startsWith('.building-') && lastUse(join(dist, name)) < Date.now() - HOUR_MS,
  )
  for (const name of [...idle, ...abandoned]) {
    rmSync(join(dist, name), { recursive: true, force: true })
  }
}
