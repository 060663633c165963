import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkRooms } from './check-rooms.ts'
import { MAY_IMPORT } from './rooms.ts'
import { readSourceFiles } from './source-file.ts'

const messagesFor = (path: string, text: string) =>
  checkRooms([{ path, text }]).map(({ message }) => message)

describe('every form of import is seen', () => {
  it.each([
    `import { a } from '../store/readers.ts'`,
    `import '../store/readers.ts'`,
    `import * as a from '../store/readers.ts'`,
    `import type { A } from '../store/readers.ts'`,
    `import { type A } from '../store/readers.ts'`,
    `export { a } from '../store/readers.ts'`,
    `export * from '../store/readers.ts'`,
    `export * as a from '../store/readers.ts'`,
    `export type { A } from '../store/readers.ts'`,
    `const a = await import('../store/readers.ts')`,
    'const a = await import(`../store/readers.ts`)',
    `type A = import('../store/readers.ts').A`,
    `type A = typeof import('../store/readers.ts')`,
    `const a: import('../store/readers.ts').A[] = []`,
    `const a = require('../store/readers.ts')`,
    `import a = require('../store/readers.ts')`,
    `const a = import.meta.resolve('../store/readers.ts')`,
    `const a = new URL('../store/readers.ts', import.meta.url)`,
    `const a = new Worker(new URL('../store/count.worker.ts', import.meta.url))`,
    `import { a } from './deeper/../../store/readers.ts'`,
  ])('%s', (statement) => {
    const found = checkRooms([{ path: 'src/web/page.tsx', text: `// first line\n${statement}\n` }])
    expect(found).toMatchObject([{ file: 'src/web/page.tsx', line: 2, rule: 'rooms' }])
    expect(found[0]?.message).toContain('web may not import src/store/')
    expect(found[0]?.message).toContain('Add a view to store/views, or an action.')
  })

  it.each(['const a = await import(name)', 'const a = require(name)', 'import("../a" + name)'])(
    'an import that is worked out: %s',
    (statement) => {
      expect(messagesFor('src/mail/a.ts', statement)[0]).toContain(
        'worked out while the program runs',
      )
      expect(messagesFor('src/mail/a.test.ts', statement)).toEqual([])
    },
  )

  it.each([
    '#store/readers',
    '/src/store/readers.ts',
    'file:///src/a.ts',
    'murmurcast/src/store/a.ts',
  ])('a hidden path: %s', (specifier) => {
    expect(messagesFor('src/mail/a.ts', `import '${specifier}'`)[0]).toContain(
      'by its relative path',
    )
  })
})

describe('the walls', () => {
  it.each([
    ['src/main.ts', './cli/run-cli.ts'],
    ['src/main.ts', './app.ts'],
    ['src/main.ts', './config.ts'],
    ['src/app.ts', './config.ts'],
    ['src/app.ts', './store/open-store.ts'],
    ['src/app.ts', './web/start-web-server.ts'],
    ['src/config.ts', './text/nearest-name.ts'],
    ['src/web/page.tsx', './parts/badge.tsx'],
    ['src/web/page.tsx', '../actions/follow-source.ts'],
    ['src/web/page.tsx', '../store/views/search/find-episodes.ts'],
    ['src/cli/sources.ts', '../store/views/sources.ts'],
    ['src/actions/follow-source.ts', '../store/sources.ts'],
    ['src/actions/follow-source.ts', '../sources/find-source.ts'],
    ['src/pipeline/steps/get-transcript.ts', '../../transcripts/get-transcript.ts'],
    ['src/store/views/home.ts', '../readers.ts'],
    ['src/mail/send.ts', '../platform/log.ts'],
    ['src/text/words.ts', '../model/failure.ts'],
    ['src/store/readers.test.ts', '../../tests/ground/create-test-database.ts'],
  ])('%s may import %s', (path, specifier) => {
    expect(messagesFor(path, `import { a } from '${specifier}'`)).toEqual([])
  })

  it.each([
    ['src/web/page.tsx', '../store/readers.ts'],
    ['src/web/page.tsx', '../store/views-of-old.ts'],
    ['src/web/page.tsx', '../cli/run-cli.ts'],
    ['src/web/page.tsx', '../pipeline/job-loop.ts'],
    ['src/cli/sources.ts', '../web/page.tsx'],
    ['src/cli/sources.ts', '../sources/find-source.ts'],
    ['src/actions/follow-source.ts', '../pipeline/job-loop.ts'],
    ['src/pipeline/job-loop.ts', '../actions/follow-source.ts'],
    ['src/pipeline/job-loop.ts', '../web/page.tsx'],
    ['src/store/readers.ts', '../mail/send.ts'],
    ['src/sources/find-source.ts', '../transcripts/get-transcript.ts'],
    ['src/mail/send.ts', '../actions/follow-source.ts'],
    ['src/platform/log.ts', '../text/words.ts'],
    ['src/text/words.ts', '../platform/log.ts'],
    ['src/model/failure.ts', '../text/words.ts'],
    ['src/web/page.tsx', '../config.ts'],
    ['src/mail/send.ts', '../config.ts'],
    ['src/cli/serve.ts', '../app.ts'],
    ['src/app.ts', './main.ts'],
    ['src/config.ts', './app.ts'],
    ['src/config.ts', './store/readers.ts'],
    ['src/main.ts', './store/readers.ts'],
    ['src/mail/send.test.ts', '../store/readers.ts'],
    ['src/mail/fake-mail.ts', '../store/readers.ts'],
    ['src/mail/send.ts', '../../tests/ground/smtp-sink.ts'],
    ['src/mail/send.ts', '../../checks/rooms.ts'],
    ['src/mail/send.ts', '../../bin/build.mjs'],
    ['src/mail/send.ts', './testing/make-mail.ts'],
    ['src/mail/send.ts', './send.test.ts'],
  ])('%s may not import %s', (path, specifier) => {
    expect(messagesFor(path, `import type { A } from '${specifier}'`)).toHaveLength(1)
  })

  it.each(['src/helper.ts', 'src/store.ts', 'src/main/start.ts', 'src/billing/invoice.ts'])(
    '%s is in no room',
    (path) => {
      expect(messagesFor(path, 'export const a = 1')[0]).toContain('This is in no room.')
    },
  )

  it('the product may read the samples but run nothing beside src', () => {
    const url = (name: string) => `new URL('../${name}', import.meta.url)`
    expect(messagesFor('src/app.ts', url('samples/'))).toEqual([])
    expect(messagesFor('src/app.ts', url('src/browser/'))).toEqual([])
    expect(messagesFor('src/app.ts', url('tests/ground/a.ts'))).toHaveLength(1)
    expect(messagesFor('src/app.ts', `import '../samples/make-transcripts.mjs'`)).toHaveLength(1)
  })

  it('bin imports only bin', () => {
    const found = messagesFor('bin/build.mjs', `import { a } from '../src/config.ts'`)
    expect(found).toEqual(['bin runs before the build and may import only bin.'])
    expect(messagesFor('bin/build.mjs', `import { a } from './bundle.mjs'`)).toEqual([])
  })

  it('what is beside src may import all of it', () => {
    const text = `import { a } from '../src/store/readers.ts'`
    for (const folder of ['tests', 'bench', 'eval', 'faults', 'checks']) {
      expect(messagesFor(`${folder}/a.ts`, text)).toEqual([])
    }
  })

  it('every room of the product has its line in the table', () => {
    const files = readSourceFiles(fileURLToPath(new URL('..', import.meta.url)))
    const rooms = files.map(({ path }) => /^src\/(\w+)[/.]/.exec(path)?.[1]).filter((room) => room)
    expect(Object.keys(MAY_IMPORT)).toEqual(expect.arrayContaining([...new Set(rooms)]))
  })
})
