import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { type ParseResult, parseSync } from 'oxc-parser'

/** A file of the project; `path` is relative to its root, with `/`. */
export type SourceFile = { path: string; text: string }

/** What is wrong in which line, and how to mend it. Line 0 means the file as a whole. */
export type Violation = { file: string; line: number; rule: string; message: string }

/** Looks at all files of the project and returns what breaks the rule. Reads nothing else. */
export type Check = (files: readonly SourceFile[]) => Violation[]

const FOLDERS = ['src', 'checks', 'tests', 'bench', 'eval', 'faults', 'samples', 'bin']
const ROOT_FILES = ['package.json', 'package-lock.json', 'vitest.config.ts']
const CODE = /\.(ts|tsx|mjs|js|cjs|mts|cts)$/

/** True when the file holds TypeScript or JavaScript. */
export function isCode({ path }: SourceFile): boolean {
  return CODE.test(path)
}

/**
 * True for what is no part of the product: `x.test.ts`, `x-fixture.ts`, `test-x.ts`, and all that
 * lies in a `testing` folder.
 */
export function isTest(path: string): boolean {
  return /(\.test|-fixture|\/test-[^/]+)\.tsx?$/.test(path) || path.split('/').includes('testing')
}

/** Reads the project's code and its two package files, in the order of their paths. */
export function readSourceFiles(root: string): SourceFile[] {
  const folders = FOLDERS.map((name) => join(root, name)).filter((folder) => existsSync(folder))
  const found = folders.flatMap(listCode)
  const paths = [...found, ...ROOT_FILES.map((name) => join(root, name))]
  return paths.sort().map((path) => ({
    path: relative(root, path).split(sep).join('/'),
    text: readFileSync(path, 'utf8'),
  }))
}

function listCode(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : listCode(path)
    return CODE.test(entry.name) ? [path] : []
  })
}

const parsed = new WeakMap<SourceFile, ParseResult>()

/** The syntax tree; each file is parsed once. */
export function parseFile(file: SourceFile): ParseResult {
  const known = parsed.get(file)
  if (known !== undefined) return known
  const result = parseSync(file.path, file.text)
  parsed.set(file, result)
  return result
}

/** The line, from 1, of a character of the file. */
export function lineAt({ text }: SourceFile, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
