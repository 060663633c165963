import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settings } from '../src/config.ts'
import { checkGenerated, readGenerators } from './read-generators.ts'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'murmurcast-generated-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

const generators = [{ path: 'list.md', render: async () => 'one\ntwo\n' }]

describe('checkGenerated', () => {
  it('is content with what the generator makes', async () => {
    writeFileSync(join(dir, 'list.md'), 'one\ntwo\n')
    expect(await checkGenerated(dir, generators)).toEqual([])
  })

  it.each([
    ['changed by hand', 'one\n2\n'],
    ['absent', null],
  ])('finds a file %s', async (_how, text) => {
    if (text !== null) writeFileSync(join(dir, 'list.md'), text)
    expect(await checkGenerated(dir, generators)).toMatchObject([
      { file: 'list.md', message: expect.stringContaining('npm run generate') },
    ])
  })
})

it('the settings page and .env.example name every setting', async () => {
  const all = await readGenerators(fileURLToPath(new URL('..', import.meta.url)))
  for (const path of ['docs/settings.md', '.env.example']) {
    const text = await all.find((generator) => generator.path === path)?.render()
    for (const name of Object.keys(settings)) expect(text).toContain(name)
  }
})
