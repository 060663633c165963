import { expect, it } from 'vitest'
import { checkCircles } from './check-circles.ts'

const files = (imports: Record<string, string>) =>
  Object.entries(imports).map(([name, text]) => ({ path: `src/mail/${name}.ts`, text }))
const circlesOf = (imports: Record<string, string>) =>
  checkCircles(files(imports)).map(({ message }) => message.split(' is a circle')[0])

it('finds a circle of two, of three and of one', () => {
  expect(circlesOf({ a: `import './b.ts'`, b: `import './a.ts'` })).toEqual([
    'src/mail/a.ts → src/mail/b.ts → src/mail/a.ts',
  ])
  expect(
    circlesOf({ a: `import './b.ts'`, b: `export * from './c.ts'`, c: `await import('./a.ts')` }),
  ).toEqual(['src/mail/a.ts → src/mail/b.ts → src/mail/c.ts → src/mail/a.ts'])
  expect(circlesOf({ a: `import './a.ts'` })).toEqual(['src/mail/a.ts → src/mail/a.ts'])
})

it('counts types', () => {
  const both = { a: `import type { B } from './b.ts'`, b: `type A = import('./a.ts').A` }
  expect(circlesOf(both)).toHaveLength(1)
})

it('finds a circle that is entered from outside', () => {
  const found = circlesOf({ a: `import './b.ts'`, b: `import './c.ts'`, c: `import './b.ts'` })
  expect(found).toEqual(['src/mail/b.ts → src/mail/c.ts → src/mail/b.ts'])
})

it('lets two ways lead to one file', () => {
  const diamond = {
    a: `import './b.ts'; import './c.ts'`,
    b: `import './d.ts'`,
    c: `import './d.ts'`,
  }
  expect(circlesOf({ ...diamond, d: 'export const d = 1' })).toEqual([])
})

it('lets code name the worker that imports it', () => {
  const worker = `new Worker(new URL('./b.worker.ts', import.meta.url))`
  expect(circlesOf({ a: worker, 'b.worker': `import './a.ts'` })).toEqual([])
})
