import { z } from 'zod'
import type { SourceFile, Violation } from './source-file.ts'

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/
const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const

const names = z.record(z.string(), z.string()).default({})
const manifest = z.object({
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
})
const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      inBundle: z.boolean().optional(),
      dependencies: names,
      optionalDependencies: names,
    }),
  ),
})

/**
 * Versions are exact; the lockfile is whole, and names no place to fetch from, only hashes. A
 * registry may not have the variant of some platform yet: npm then leaves it out of the lockfile
 * without a word, and `npm ci` refuses that lockfile everywhere.
 */
export function checkVersions(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) => {
    if (file.path === 'package.json') return checkManifest(file)
    return file.path === 'package-lock.json' ? checkLockfile(file) : []
  })
}

function checkManifest(file: SourceFile): Violation[] {
  const read = manifest.parse(JSON.parse(file.text))
  return SECTIONS.flatMap((section) => Object.entries(read[section]))
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) =>
      at(file, `"${name}": "${version}"`, `Pin ${name} to one version, such as "1.2.3".`),
    )
}

function checkLockfile(file: SourceFile): Violation[] {
  const { packages } = lockfile.parse(JSON.parse(file.text))
  return Object.entries(packages).flatMap(([path, { version = '', resolved, ...entry }]) => {
    if (path === '') return []
    const where = `"${path}"`
    if (resolved !== undefined) {
      return [
        at(file, where, `Take out "resolved". With the settings in .npmrc npm leaves it out.`),
      ]
    }
    if (!EXACT.test(version)) {
      return [at(file, where, `${path} comes from "${version}". Take one that is in the registry.`)]
    }
    if (entry.integrity === undefined && !entry.inBundle) {
      return [at(file, where, `${path} has no hash. Run npm i --package-lock-only.`)]
    }
    const needed = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
    const missing = needed.filter((name) => !isLocked(packages, path, name))
    return missing.map((name) =>
      at(
        file,
        where,
        `${name} is not here, so npm ci fails. Take a version of ${path} that has it.`,
      ),
    )
  })
}

/** True when `name`, looked for as Node does from the folder `from` upwards, has its entry. */
function isLocked(packages: object, from: string, name: string): boolean {
  if (`${from}/node_modules/${name}` in packages) return true
  const above = from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1))
  return from === '' ? `node_modules/${name}` in packages : isLocked(packages, above, name)
}

function at(file: SourceFile, quote: string, message: string): Violation {
  const line = file.text.split('\n').findIndex((text) => text.includes(quote)) + 1
  return { file: file.path, line, rule: 'versions', message }
}
