import { describe, expect, it } from 'vitest'
import { checkShape } from './check-shape.ts'

const check = (path: string, text = 'export const a = 1\n') =>
  checkShape([{ path, text }]).map(({ rule, line }) => ({ rule, line }))
const lines = (count: number) => 'export const a = 1\n'.repeat(count)

describe('length', () => {
  it('allows 300 lines and no more', () => {
    expect(check('src/mail/a.ts', lines(300))).toEqual([])
    expect(check('src/mail/a.ts', lines(301))).toEqual([{ rule: 'length', line: 0 }])
    expect(check('checks/a.test.ts', lines(301))).toEqual([{ rule: 'length', line: 0 }])
  })

  it.each([
    'src/store/migrations/20261123T2100-nouns.ts',
    'src/text/names/first-names.words.ts',
    'src/digests/email/skeleton.generated.ts',
    'samples/make-transcripts.mjs',
  ])('%s may be longer', (path) => {
    expect(check(path, lines(400))).toEqual([])
  })

  it('a migration without its time may not', () => {
    expect(check('src/store/migrations/list.ts', lines(301))).toEqual([{ rule: 'length', line: 0 }])
  })
})

describe('names of files and folders', () => {
  it.each(['utils', 'helpers', 'common', 'shared', 'lib', 'core', 'misc'])(
    'refuses %s/',
    (name) => {
      expect(check(`src/mail/${name}/a.ts`)).toEqual([{ rule: 'names', line: 0 }])
    },
  )

  it.each([
    'src/mail/sendMail.ts',
    'src/mail/Send.ts',
    'src/mail/send_mail.ts',
    'src/Mail/send.ts',
  ])('refuses %s', (path) => {
    expect(check(path)).toEqual([{ rule: 'names', line: 0 }])
  })

  it.each(['src/mail/send-mail.test.ts', 'src/text/snowball.d.ts', 'src/platform/scale.worker.ts'])(
    'allows %s',
    (path) => {
      expect(check(path)).toEqual([])
    },
  )
})

describe('barrels', () => {
  it.each([
    `export * from './a.ts'`,
    `export { a } from './a.ts'\nexport type { B } from './b.ts'`,
    `import { a } from './a.ts'\nexport { a }`,
  ])('refuses %j', (text) => {
    expect(check('src/mail/all.ts', text)).toEqual([{ rule: 'barrels', line: 0 }])
  })

  it('refuses index.ts whatever it holds', () => {
    expect(check('src/mail/index.ts')).toEqual([{ rule: 'barrels', line: 0 }])
    expect(check('src/web/index.tsx')).toEqual([{ rule: 'barrels', line: 0 }])
  })

  it.each([
    `export { a } from './a.ts'\nexport const b = 1`,
    `import './polyfill.ts'`,
    `const a = 1\nexport { a }`,
    '',
  ])('allows %j', (text) => {
    expect(check('src/mail/some.ts', text)).toEqual([])
  })
})

describe('default exports', () => {
  it.each([
    'export default function send() {}',
    'export default 1',
    'const a = 1\nexport { a as default }',
    `export const b = 1\nexport { default } from './a.ts'`,
  ])('refuses %j', (text) => {
    expect(check('src/mail/send.ts', text)).toMatchObject([{ rule: 'exports' }])
  })

  it('allows the one that vitest wants, and descriptions of others', () => {
    expect(check('vitest.config.ts', 'export default {}')).toEqual([])
    const described = `declare module 'x' { const a: string; export default a }`
    expect(check('src/text/x.d.ts', described)).toEqual([])
  })
})

describe('names of types', () => {
  it.each([
    'export class MailManager {}',
    'export class JobHandler {}',
    'export class TextProcessor {}',
    'export class TextUtil {}',
    'export const A = class TextUtils {}',
    'export interface IMail { a: 1 }',
    'export type IMail = 1',
    'export type JobHandler = () => void',
  ])('refuses %s', (text) => {
    expect(check('src/mail/a.ts', `\n${text}`)).toEqual([{ rule: 'names', line: 2 }])
  })

  it.each(['export class MailServer {}', 'export type Image = 1', 'export type IPAddress = 1'])(
    'allows %s',
    (text) => {
      expect(check('src/mail/a.ts', text)).toEqual([])
    },
  )
})
