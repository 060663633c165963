import { expect, it } from 'vitest'
import { checkEnvReads } from './check-env-reads.ts'

const linesOf = (path: string, text: string) =>
  checkEnvReads([{ path, text }]).map(({ line }) => line)

it.each([
  'const a = process.env.HOME',
  `const a = process['env']`,
  'const a = process?.env',
  'const a = globalThis.process.env',
  'const a = { ...process.env }',
  'const { env } = process',
  'const { env: e } = globalThis.process',
  'let env; ({ env } = process)',
  'const a = import.meta.env.MODE',
  'const a = Deno.env.get("HOME")',
  'const a = Bun.env.HOME',
  'process.loadEnvFile()',
  `import { env } from 'node:process'`,
  `import { env as settings } from 'process'`,
  `import proc from 'node:process'`,
  `import * as proc from 'node:process'`,
])('%s is found', (statement) => {
  expect(linesOf('src/mail/a.ts', `\n${statement}`)).toEqual([2])
})

it.each([
  'const a = process.pid',
  'const a = options.env',
  'const { env } = options',
  `import process from 'node:process'`,
  '// process.env is read in config.ts',
  `const a = 'process.env.HOME'`,
])('%s is fine', (statement) => {
  expect(linesOf('src/mail/a.ts', statement)).toEqual([])
})

it.each(['src/config.ts', 'src/mail/a.test.ts', 'tests/ground/a.ts', 'bin/build.mjs'])(
  '%s may read the environment',
  (path) => {
    expect(linesOf(path, 'const a = process.env.HOME')).toEqual([])
  },
)
