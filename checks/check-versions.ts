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
    }),
  ),
})

/** Versions are exact, and the lockfile names no place to fetch from, only hashes. */
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
        at(file, where, `Take out "resolved": with omit-lockfile-registry-resolved npm omits it.`),
      ]
    }
    if (!EXACT.test(version)) {
      return [at(file, where, `${path} comes from "${version}". Take one that is in the registry.`)]
    }
    if (entry.integrity === undefined && !entry.inBundle) {
      return [at(file, where, `${path} has no hash. Run npm i --package-lock-only.`)]
    }
    return []
  })
}

function at(file: SourceFile, quote: string, message: string): Violation {
  const line = file.text.split('\n').findIndex((text) => text.includes(quote)) + 1
  return { file: file.path, line, rule: 'versions', message }
}
