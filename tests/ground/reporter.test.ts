import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'murmurcast-reporter-'))
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'), 'junction')
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }')
  const config = `import { countReporter } from '${join(root, 'tests/ground/reporter.ts')}'
    export default { test: { reporters: [countReporter] } }`
  writeFileSync(join(dir, 'vitest.config.ts'), config)
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

function lastLine(tests: Record<string, string>): string | undefined {
  for (const [name, text] of Object.entries(tests)) {
    writeFileSync(join(dir, `${name}.test.ts`), `import { it, beforeAll } from 'vitest'\n${text}`)
  }
  const tool = join(root, 'node_modules/vitest/vitest.mjs')
  const { stdout } = spawnSync(process.execPath, [tool, 'run', '--maxWorkers=1'], { cwd: dir })
  return stdout.toString().trim().split('\n').at(-1)
}

const fail = `() => { throw new Error('no') }`

it('counts tests, files that fail as a whole, and errors of nobody', () => {
  const tests = {
    mixed: `it('a', () => {}); it('b', ${fail}); it.skip('c', () => {}); it.todo('d')`,
    broken: `import './nowhere.ts'`,
    hook: `beforeAll(${fail}); it('e', () => {})`,
    stray: `it('f', () => { setTimeout(${fail}, 0); return new Promise((r) => setTimeout(r, 50)) })`,
  }
  expect(lastLine(tests)).toBe('tests: 2 passed, 4 failed, 3 skipped')
})

it('counts a run where all is well', () => {
  expect(lastLine({ a: `it('a', () => {}); it('b', () => {})` })).toBe(
    'tests: 2 passed, 0 failed, 0 skipped',
  )
})
