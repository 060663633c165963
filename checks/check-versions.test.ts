import { describe, expect, it } from 'vitest'
import { checkVersions } from './check-versions.ts'

const messagesFor = (path: string, content: object) =>
  checkVersions([{ path, text: JSON.stringify(content, null, 2) }])

describe('package.json', () => {
  const manifest = (version: string) => ({ name: 'x', dependencies: { pg: version } })

  it.each(['8.23.1', '18.4.0-beta.17'])('allows %s', (version) => {
    expect(messagesFor('package.json', manifest(version))).toEqual([])
  })

  it.each([
    '^8.23.1',
    '~8.23.1',
    '8.23',
    '>=8',
    '*',
    'latest',
    'github:brianc/node-postgres',
    'git+https://example.org/pg.git',
    'https://example.org/pg.tgz',
    'file:../pg',
    'npm:other@1.0.0',
  ])('refuses %s', (version) => {
    expect(messagesFor('package.json', manifest(version))).toEqual([
      {
        file: 'package.json',
        line: 4,
        rule: 'versions',
        message: 'Pin pg to one version, such as "1.2.3".',
      },
    ])
  })

  it.each(['devDependencies', 'optionalDependencies'])('looks into %s', (section) => {
    expect(messagesFor('package.json', { [section]: { pg: '^8.0.0' } })).toHaveLength(1)
  })
})

describe('package-lock.json', () => {
  const lock = (entry: object) => ({ packages: { '': {}, 'node_modules/pg': entry } })
  const whole = { version: '8.23.1', integrity: 'sha512-x' }

  it('allows an entry with version and hash', () => {
    expect(messagesFor('package-lock.json', lock(whole))).toEqual([])
  })

  it('finds what npm left out, wherever it might be', () => {
    const needs = { ...whole, optionalDependencies: { '@pg/darwin': '1.0.0' } }
    expect(messagesFor('package-lock.json', lock(needs))).toMatchObject([
      { message: expect.stringContaining('@pg/darwin is not here, so npm ci fails.') },
    ])
    for (const place of ['node_modules/@pg/darwin', 'node_modules/pg/node_modules/@pg/darwin']) {
      const packages = { ...lock(needs).packages, [place]: whole }
      expect(messagesFor('package-lock.json', { packages })).toEqual([])
    }
    const nested = { '': {}, 'node_modules/pg': whole, 'node_modules/pg/node_modules/a': needs }
    const found = { ...nested, 'node_modules/@pg/darwin': whole }
    expect(messagesFor('package-lock.json', { packages: nested })).toHaveLength(1)
    expect(messagesFor('package-lock.json', { packages: found })).toEqual([])
  })

  it.each([
    [{ ...whole, resolved: 'https://registry.example/pg.tgz' }, 'Take out "resolved"'],
    [{ ...whole, resolved: 'git+ssh://git@example.org/pg.git#1' }, 'Take out "resolved"'],
    [{ ...whole, version: 'git+https://example.org/pg.git' }, 'Take one that is in the registry'],
    [{ ...whole, version: 'file:../pg' }, 'Take one that is in the registry'],
    [{ version: '8.23.1' }, 'has no hash'],
  ])('refuses %j', (entry, expected) => {
    const found = messagesFor('package-lock.json', lock(entry))
    expect(found).toMatchObject([{ line: 4, message: expect.stringContaining(expected) }])
  })
})
