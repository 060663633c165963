import { posix } from 'node:path'
import { type Node, Visitor } from 'oxc-parser'
import { lineAt, parseFile, type SourceFile } from './source-file.ts'

/**
 * One mention of another module: `module` for everything that is or has the type of a module,
 * `url` for a file that is named beside the code, such as a worker's.
 */
export type Import = {
  kind: 'module' | 'url'
  /** As written, or null where it is worked out while the program runs. */
  specifier: string | null
  /** Path from the project's root for a relative specifier, else null. */
  path: string | null
  line: number
}

/**
 * Every way in which a file names another: import and export declarations (types too), `import()`,
 * `import('…').T` and `typeof import('…')`, `require`, `import x = require()`,
 * `import.meta.resolve`, and `new URL('./…', import.meta.url)`.
 */
export function listImports(file: SourceFile): Import[] {
  const imports: Import[] = []
  const add = (kind: Import['kind'], source: Node | null | undefined, at: number) => {
    const specifier = source ? textOf(source) : null
    const isRelative = specifier !== null && /^\.{1,2}(\/|$)/.test(specifier)
    const path = isRelative ? posix.join(posix.dirname(file.path), specifier) : null
    imports.push({ kind, specifier, path, line: lineAt(file, at) })
  }
  new Visitor({
    ImportDeclaration: (node) => add('module', node.source, node.start),
    ExportAllDeclaration: (node) => add('module', node.source, node.start),
    ExportNamedDeclaration: (node) => node.source && add('module', node.source, node.start),
    ImportExpression: (node) => add('module', node.source, node.start),
    TSImportType: (node) => add('module', node.source, node.start),
    TSExternalModuleReference: (node) => add('module', node.expression, node.start),
    CallExpression: (node) => {
      if (isRequire(node.callee)) add('module', node.arguments[0], node.start)
    },
    NewExpression: (node) => {
      const [name, base] = node.arguments
      if (!isIdentifier(node.callee, 'URL') || !base || !isMetaProperty(base, 'url')) return
      if (name && textOf(name) !== null) add('url', name, node.start)
    },
  }).visit(parseFile(file).program)
  return imports
}

function textOf(node: Node): string | null {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  const isPlain = node.type === 'TemplateLiteral' && node.expressions.length === 0
  return isPlain ? (node.quasis[0]?.value.cooked ?? null) : null
}

function isRequire(callee: Node): boolean {
  return isIdentifier(callee, 'require') || isMetaProperty(callee, 'resolve')
}

function isIdentifier(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name
}

/** True for `import.meta.<name>`. */
function isMetaProperty(node: Node, name: string): boolean {
  if (node.type !== 'MemberExpression' || node.object.type !== 'MetaProperty') return false
  return node.property.type === 'Identifier' && node.property.name === name
}
