import { type ImportDeclarationSpecifier, type Node, Visitor } from 'oxc-parser'
import {
  isCode,
  isTest,
  lineAt,
  parseFile,
  type SourceFile,
  type Violation,
} from './source-file.ts'

const RUNTIMES = ['process', 'Deno', 'Bun']
const ENV_NAMES = ['env', 'loadEnvFile']

/** In src only config.ts reads the environment, however that is written. */
export function checkEnvReads(files: readonly SourceFile[]): Violation[] {
  return files
    .filter((file) => isCode(file) && file.path.startsWith('src/'))
    .filter(({ path }) => path !== 'src/config.ts' && !isTest(path))
    .flatMap(checkFile)
}

function checkFile(file: SourceFile): Violation[] {
  const lines = new Set<number>()
  const mark = (node: Node) => lines.add(lineAt(file, node.start))
  new Visitor({
    MemberExpression: (node) => {
      const name = node.property.type === 'Literal' ? node.property.value : nameOf(node.property)
      if (ENV_NAMES.includes(String(name)) && isRuntime(node.object)) mark(node)
    },
    VariableDeclarator: (node) => {
      if (node.init && isRuntime(node.init) && takesEnv(node.id)) mark(node)
    },
    AssignmentExpression: (node) => {
      if (isRuntime(node.right) && takesEnv(node.left)) mark(node)
    },
    ImportDeclaration: (node) => {
      const isProcess = ['process', 'node:process'].includes(node.source.value)
      if (isProcess && node.specifiers.some(takesEnvByName)) mark(node)
    },
  }).visit(parseFile(file).program)
  return [...lines].map((line) => ({
    file: file.path,
    line,
    rule: 'env',
    message:
      'Only src/config.ts reads the environment. Add a setting there and take an option here.',
  }))
}

function isRuntime(node: Node): boolean {
  if (node.type === 'MetaProperty') return true
  if (node.type === 'MemberExpression') return RUNTIMES.includes(nameOf(node.property) ?? '')
  return RUNTIMES.includes(nameOf(node) ?? '')
}

/** `import { env }`, or the whole of process under a name that the rest would not recognise. */
function takesEnvByName(one: ImportDeclarationSpecifier): boolean {
  if (one.type !== 'ImportSpecifier') return one.local.name !== 'process'
  return ENV_NAMES.includes(nameOf(one.imported) ?? '')
}

function takesEnv(pattern: Node): boolean {
  if (pattern.type !== 'ObjectPattern') return false
  return pattern.properties.some(
    (property) => property.type === 'Property' && ENV_NAMES.includes(nameOf(property.key) ?? ''),
  )
}

function nameOf(node: Node): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined
}
