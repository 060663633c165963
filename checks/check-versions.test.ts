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
