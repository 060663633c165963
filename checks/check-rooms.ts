import { type Import, listImports } from './list-imports.ts'
import { isInRoom, MAY_IMPORT, roomOf } from './rooms.ts'
import { isCode, isTest, type SourceFile, type Violation } from './source-file.ts'

/** Not a folder of src: what bin/build.mjs makes for browsers, named beside main.js. */
const BUILT_FOR_BROWSERS = 'src/browser/'

/** Every import of a file in src stays in its room or goes to one that MAY_IMPORT names. */
export function checkRooms(files: readonly SourceFile[]): Violation[] {
  return files.filter((file) => isCode(file)).flatMap(checkFile)
}

function checkFile(file: SourceFile): Violation[] {
  if (file.path.startsWith('bin/')) return checkBin(file)
  if (!file.path.startsWith('src/')) return []
  const room = roomOf(file.path)
  const at = (line: number, message: string) => ({ file: file.path, line, rule: 'rooms', message })
  if (room === null) {
    return [at(0, 'This is in no room. Move it into one of those in ARCHITECTURE.md.')]
  }
  return listImports(file).flatMap((found) => {
    const message = findFault(file.path, room, found)
    return message === null ? [] : [at(found.line, message)]
  })
}

function findFault(from: string, room: string, { kind, specifier, path }: Import): string | null {
  if (specifier === null) {
    // A test may go through all files of a folder.
    if (isTest(from)) return null
    return 'What is imported is worked out while the program runs. Write the path as a text.'
  }
  if (path === null) {
    const isHidden = /^(#|\/|file:|murmurcast(\/|$))/.test(specifier)
    return isHidden ? `Import ${specifier} by its relative path, ending in .ts.` : null
  }
  if (kind === 'url' && path === BUILT_FOR_BROWSERS) return null
  if (!path.startsWith('src/')) return findOuterFault(from, kind, path)
  if (isTest(path) && !isTest(from)) return `${path} is for tests. Move what the product needs.`
  const allowed = MAY_IMPORT[room] ?? []
  if (roomOf(path) === room || allowed.some((target) => isInRoom(path, target))) return null
  return `${room} may not import ${path}. It may import ${listRooms(allowed)}. ${hint(room, path)}`
}

function findOuterFault(from: string, kind: Import['kind'], path: string): string | null {
  if (isTest(from)) return null
  // Files that are read, not run, may lie beside src: the samples.
  if (kind === 'url' && path.startsWith('samples')) return null
  return `${path} is outside src, which the product does not see. Move what it needs into a room.`
}

function listRooms(allowed: readonly string[]): string {
  return allowed.length === 0 ? 'no other room' : allowed.join(', ')
}

function hint(room: string, path: string): string {
  const target = roomOf(path)
  if (target === 'main' || target === 'app' || target === 'config') {
    return 'Declare a small options type of your own; app.ts fills it.'
  }
  if (target === 'store') return 'Add a view to store/views, or an action.'
  if (room === 'web' || room === 'cli') return 'Add an action that does it.'
  return 'Meet in a type of model, take a function as an argument, or let an action join the two.'
}

/** The launcher runs before anything is built, so it stands alone. */
function checkBin(file: SourceFile): Violation[] {
  return listImports(file)
    .filter(({ path, kind }) => kind === 'module' && path !== null && !path.startsWith('bin/'))
    .map(({ line }) => ({
      file: file.path,
      line,
      rule: 'rooms',
      message: 'bin runs before the build and may import only bin.',
    }))
}
