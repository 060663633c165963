import { defineConfig } from 'vitest/config'
import { countReporter } from './tests/ground/reporter.ts'

// Tests named *.long.test.ts take minutes: they run when MURMURCAST_LONG_TESTS is set.
const isLong = process.env.MURMURCAST_LONG_TESTS !== undefined
const exclude = ['**/node_modules/**', '**/dist/**', ...(isLong ? [] : ['**/*.long.test.*'])]
const globalSetup = ['tests/ground/global-setup.ts']

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: ['default', countReporter],
    projects: [
      {
        extends: true,
        test: {
          name: 'main',
          include: ['{src,bin,checks,tests,samples,bench,eval,faults}/**/*.test.{ts,tsx}'],
          exclude,
          globalSetup,
        },
      },
      {
        // The same tests once more, on a Postgres that is reached like a server of the owner's.
        extends: true,
        test: {
          name: 'server',
          include: ['src/{store,pipeline}/**/*.test.ts'],
          exclude,
          globalSetup,
        },
      },
    ],
  },
})
