import { type Node, type Program, Visitor } from 'oxc-parser'
import { isCode, lineAt, parseFile, type SourceFile, type Violation } from './source-file.ts'

const MAX_LINES = 300
const MIGRATION = /^src\/store\/migrations\/\d{8}T\d{4}-[a-z0-9-]+\.ts$/
const LONG_BY_NATURE = /^samples\/|\.words\.ts$|\.generated\.ts$/
const VAGUE_FOLDERS = ['utils', 'helpers', 'common', 'shared', 'lib', 'core', 'misc']
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
const VAGUE_TYPE = /(Manager|Handler|Processor|Utils?)$|^I[A-Z][a-z]/
/** vitest wants it so, and a .d.ts describes the exports of others. */
const NEEDS_DEFAULT = /^vitest\.config\.ts$|\.d\.ts$/

/** Length, names and exports of files, and names of the types in them. */
export function checkShape(files: readonly SourceFile[]): Violation[] {
  return files
    .filter(isCode)
    .flatMap((file) => [
      ...checkLength(file),
      ...checkPath(file),
      ...checkBarrel(file),
      ...checkDefaultExport(file),
      ...checkTypeNames(file),
    ])
}

function checkLength(file: SourceFile): Violation[] {
  const lines = file.text.trimEnd().split('\n').length
  const isExempt = MIGRATION.test(file.path) || LONG_BY_NATURE.test(file.path)
  if (lines <= MAX_LINES || isExempt) return []
  const message = `${lines} lines are more than ${MAX_LINES}. Split it by what changes together.`
  return [at(file, 0, 'length', message)]
}

function checkPath(file: SourceFile): Violation[] {
  const folders = file.path.split('/')
  const name = folders.pop() ?? ''
  const vague = folders.find((folder) => VAGUE_FOLDERS.includes(folder))
  const isPlain = MIGRATION.test(file.path) || [...folders, name].every((part) => KEBAB.test(part))
  return [
    ...(vague === undefined
      ? []
      : [at(file, 0, 'names', `A folder "${vague}" says nothing. Name it for what it holds.`)]),
    ...(isPlain
      ? []
      : [at(file, 0, 'names', 'Write the path in kebab-case, as in get-transcript.ts.')]),
  ]
}

function checkBarrel(file: SourceFile): Violation[] {
  const { body } = parseFile(file).program
  const isIndex = /(^|\/)index\.\w+$/.test(file.path)
  const isOnlyReExports = body.length > 0 && body.every((node) => isReExport(node, body))
  if (!isIndex && !isOnlyReExports) return []
  return [
    at(file, 0, 'barrels', 'This only passes on what others export. Import from those files.'),
  ]
}

function isReExport(node: Node, body: Program['body']): boolean {
  if (node.type === 'ExportAllDeclaration') return true
  if (node.type === 'ImportDeclaration') return body.some((other) => other.type !== node.type)
  return node.type === 'ExportNamedDeclaration' && node.declaration === null
}

function checkDefaultExport(file: SourceFile): Violation[] {
  if (NEEDS_DEFAULT.test(file.path)) return []
  const lines: number[] = []
  new Visitor({
    ExportDefaultDeclaration: (node) => lines.push(lineAt(file, node.start)),
    ExportSpecifier: (node) => {
      const isDefault = node.exported.type === 'Identifier' && node.exported.name === 'default'
      if (isDefault) lines.push(lineAt(file, node.start))
    },
  }).visit(parseFile(file).program)
  return lines.map((line) =>
    at(file, line, 'exports', 'Export it by its name instead of as default.'),
  )
}

function checkTypeNames(file: SourceFile): Violation[] {
  const found: Violation[] = []
  const look = (id: Node | null) => {
    if (id?.type !== 'Identifier' || !VAGUE_TYPE.test(id.name)) return
    const message = `${id.name} does not say what it is. Name it for the thing or the one job it does.`
    found.push(at(file, lineAt(file, id.start), 'names', message))
  }
  new Visitor({
    ClassDeclaration: (node) => look(node.id),
    ClassExpression: (node) => look(node.id),
    TSInterfaceDeclaration: (node) => look(node.id),
    TSTypeAliasDeclaration: (node) => look(node.id),
  }).visit(parseFile(file).program)
  return found
}

function at(file: SourceFile, line: number, rule: string, message: string): Violation {
  return { file: file.path, line, rule, message }
}
