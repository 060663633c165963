import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

const SAVE = `export const save = async (id: string): Promise<void> => { await Promise.resolve(id) }
export type Store = { save: (id: string) => Promise<void> }
`

/** One statement a line; the comment says which rule must find it. */
const PLANTED = `import { rm } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import { save, type Store } from './save.ts'
export const known = async (): Promise<void> => { save('x') } // no-floating-promises
export const port = (store: Store): void => { store.save('x') } // no-floating-promises
export const chained = (): void => { save('x').then(() => 1) } // no-floating-promises
export const all = (): void => { Promise.all([save('x')]) } // no-floating-promises
export const list = (): void => { ['x'].map(async (x) => save(x)) } // no-floating-promises
export const file = (): void => { rm('x') } // no-floating-promises
export const pool = (p: pg.Pool): void => { p.query('x') } // no-floating-promises
export const query = (db: Kysely<{ t: { a: 1 } }>): void => { db.selectFrom('t').execute() } // no-floating-promises
export const asked = (): number => { if (save('x')) return 1; return 2 } // no-misused-promises
export const each = (): void => { ['x'].forEach(async (x) => { await save(x) }) } // no-misused-promises
export const later = (): void => { setTimeout(async () => { await save('x') }, 1) } // no-misused-promises
export const leave = (): void => { process.on('exit', async () => { await save('x') }) } // no-misused-promises
export const spread = (): object => ({ ...save('x') }) // no-misused-promises
export const meant = (): void => { void save('x') }
export const waited = async (): Promise<void> => { await Promise.all(['x'].map(save)) }
export const caught = (): void => { save('x').catch(() => undefined) }
`

let dir: string

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'murmurcast-promises-'))
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'), 'junction')
  for (const name of ['.oxlintrc.json', 'tsconfig.json']) {
    copyFileSync(join(root, name), join(dir, name))
  }
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }')
})
afterAll(() => {
  rmSync(dir, { recursive: true })
})

it('finds every floating and every misused promise, of packages too, and nothing else', () => {
  writeFileSync(join(dir, 'save.ts'), SAVE)
  writeFileSync(join(dir, 'planted.ts'), PLANTED)
  const tool = join(root, 'node_modules/oxlint/bin/oxlint')
  const { status, stdout } = spawnSync(process.execPath, [tool, '--format=unix'], { cwd: dir })
  const found = [...stdout.toString().matchAll(/^planted\.ts:(\d+):.*typescript\((.+)\)\]$/gm)]
  const expected = PLANTED.split('\n').flatMap((line, at) => {
    const rule = /\/\/ (no-\S+)$/.exec(line)?.[1]
    return rule === undefined ? [] : [`${at + 1} ${rule}`]
  })
  const byLine = found.map(([, line, rule]) => `${line} ${rule}`)
  expect(byLine.sort()).toEqual(expected.sort())
  expect(status).toBe(1)
})
