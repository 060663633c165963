import { isBuiltin } from 'node:module'
import { z } from 'zod'
import { listImports } from './list-imports.ts'
import { PACKAGE_ROOMS, PLATFORM_PACKAGES } from './package-rooms.ts'
import { isInRoom } from './rooms.ts'
import { isCode, isTest, type SourceFile, type Violation } from './source-file.ts'

const names = z.record(z.string(), z.string()).default({})
const manifest = z.object({
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
})

type Manifest = z.output<typeof manifest>

/** Third-party packages: each declared, in its own room alone, those for development not in src. */
export function checkPackages(files: readonly SourceFile[]): Violation[] {
  const file = files.find(({ path }) => path === 'package.json')
  const declared = manifest.parse(JSON.parse(file?.text ?? '{}'))
  const product = files.filter(({ path }) => path.startsWith('src/') && !isTest(path))
  return [
    ...product.filter(isCode).flatMap((source) => checkFile(source, declared)),
    ...checkTable(declared),
  ]
}

function checkFile(file: SourceFile, declared: Manifest): Violation[] {
  const at = (line: number, message: string) => ({
    file: file.path,
    line,
    rule: 'packages',
    message,
  })
  const found = listImports(file).flatMap(({ kind, specifier, path, line }) => {
    if (kind === 'url' || specifier === null || path !== null) return []
    const message = findFault(file.path, packageOf(specifier), declared)
    return message === null ? [] : [at(line, message)]
  })
  const isStrayJsx = file.path.endsWith('.tsx') && !isInRoom(file.path, 'web')
  const stray = 'JSX brings hono/jsx along, which belongs to web. Make this a .ts file.'
  return isStrayJsx ? [...found, at(0, stray)] : found
}

function findFault(from: string, name: string, declared: Manifest): string | null {
  if (isBuiltin(name) || /^[#/]|^file:/.test(name)) return null
  const isDeclared = name in declared.dependencies || name in declared.optionalDependencies
  if (!isDeclared) {
    const isForDevelopment = name in declared.devDependencies
    return isForDevelopment
      ? `${name} is a development dependency, absent where the product runs. Move it to dependencies.`
      : `${name} is not in package.json. Run npm i --save-exact --ignore-scripts ${name}.`
  }
  const room = PACKAGE_ROOMS[name]
  if (room === undefined) return `Say in checks/package-rooms.ts which room owns ${name}.`
  if (room === 'any' || isInRoom(from, room)) return null
  return `${name} belongs to ${room}. Use what ${room} offers, or let it offer what you need.`
}

/** `@scope/name` or `name` of a specifier such as `name/part`. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

function checkTable(declared: Manifest): Violation[] {
  const at = (file: string, message: string) => ({ file, line: 0, rule: 'packages', message })
  const owned = Object.keys(PACKAGE_ROOMS)
  const all = [...Object.keys(declared.dependencies), ...Object.keys(declared.optionalDependencies)]
  const homeless = all.filter((name) => !owned.includes(name) && !PLATFORM_PACKAGES.test(name))
  const gone = owned.filter((name) => !all.includes(name))
  return [
    ...homeless.map((name) =>
      at('package.json', `Say in checks/package-rooms.ts which room owns ${name}.`),
    ),
    ...gone.map((name) =>
      at('checks/package-rooms.ts', `${name} is not in package.json. Remove its line.`),
    ),
  ]
}
