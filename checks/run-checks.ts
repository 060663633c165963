import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkCircles } from './check-circles.ts'
import { checkEnvReads } from './check-env-reads.ts'
import { checkPackages } from './check-packages.ts'
import { checkRooms } from './check-rooms.ts'
import { checkShape } from './check-shape.ts'
import { checkVersions } from './check-versions.ts'
import { checkGenerated, readGenerators } from './read-generators.ts'
import { type Check, readSourceFiles, type Violation } from './source-file.ts'

/** One line of the report; `report` is empty when all is well, else what to mend. */
type Part = { name: string; run: () => string | Promise<string> }

const CHECKS: Readonly<Record<string, Check>> = {
  rooms: checkRooms,
  packages: checkPackages,
  'environment reads': checkEnvReads,
  'shape of files': checkShape,
  circles: checkCircles,
  versions: checkVersions,
}

/** Tools written for Node, below node_modules, with their arguments. */
const TOOLS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'format and lint': [
    '@biomejs/biome/bin/biome',
    'check',
    '--diagnostic-level=error',
    '--max-diagnostics=50',
  ],
  types: ['typescript/bin/tsc', '--pretty', 'false'],
  // Biome knows no types of packages, so it does not see that a query was not awaited.
  promises: ['oxlint/bin/oxlint', '--format=unix'],
}

/** Runs every check, prints one line for each, and returns the exit code: 1 if any found something. */
export async function runChecks(root: string): Promise<0 | 1> {
  const files = readSourceFiles(root)
  const tools = Object.entries(TOOLS).map(
    ([name, command]): Part => ({ name, run: () => runTool(root, command) }),
  )
  const rules = Object.entries(CHECKS).map(
    ([name, check]): Part => ({ name, run: () => renderViolations(check(files)) }),
  )
  const generated = async () =>
    renderViolations(await checkGenerated(root, await readGenerators(root)))
  const parts = [...tools, ...rules, { name: 'generated files', run: generated }]
  const passed = await Promise.all(parts.map(runPart))
  const failed = passed.filter((isPassed) => !isPassed).length
  console.log(`\nchecks: ${parts.length - failed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

async function runPart({ name, run }: Part): Promise<boolean> {
  const startedAt = performance.now()
  const report = await Promise.try(run).catch((error: unknown) => String(error))
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${report === '' ? '✓' : '✗'} ${name}  ${seconds} s`)
  if (report !== '') console.log(`${report.replace(/^(?=.)/gm, '    ')}\n`)
  return report === ''
}

/** Violations as lines `file:line  sentence`. */
export function renderViolations(violations: readonly Violation[]): string {
  return violations
    .map(({ file, line, message }) => `${file}${line > 0 ? `:${line}` : ''}  ${message}`)
    .join('\n')
}

/** The report is what the tool says when it is not content. */
function runTool(root: string, [script, ...args]: readonly [string, ...string[]]): Promise<string> {
  return new Promise((resolve, reject) => {
    const path = join(root, 'node_modules', script)
    const child = spawn(process.execPath, [path, ...args], { cwd: root })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0 ? '' : output.trim() || `ended with ${code}`))
  })
}
