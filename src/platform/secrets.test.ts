import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSecrets, parseSecrets, renderSecrets, secretsPath } from './secrets.ts'

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'murmurcast-secrets-'))
})
afterEach(async () => {
  await rm(dir, { recursive: true })
})

describe('loadSecrets', () => {
  it('makes four different keys once and finds them again', async () => {
    const dataDir = join(dir, 'not', 'yet')
    const made = await loadSecrets(dataDir)
    const keys = Object.values(made)
    expect(keys.map(({ length }) => length)).toEqual([32, 32, 32, 32])
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(4)
    expect(await loadSecrets(dataDir)).toEqual(made)
    expect(await readdir(dataDir)).toEqual(['secrets.json'])
  })

  it.skipIf(process.platform === 'win32')(
    'closes the file to others, whatever the umask',
    async () => {
      await loadSecrets(dir)
      expect((await stat(secretsPath(dir))).mode & 0o777).toBe(0o600)
    },
  )

  it('many at once in one process agree', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => loadSecrets(dir)))
    expect(new Set(all.map(renderSecrets)).size).toBe(1)
    expect(await readdir(dir)).toEqual(['secrets.json'])
  })

  it('processes at the same first start agree', async () => {
    const program = `
      const { loadSecrets, renderSecrets } = await import(${JSON.stringify(new URL('./secrets.ts', import.meta.url).href)})
      process.stdout.write(renderSecrets(await loadSecrets(${JSON.stringify(dir)})))`
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program])
    const outputs = await Promise.all([run(), run(), run(), run()])
    expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1)
  })

  it.skipIf(process.platform === 'win32')('refuses a file that others may read', async () => {
    await loadSecrets(dir)
    await chmod(secretsPath(dir), 0o644)
    await expect(loadSecrets(dir)).rejects.toMatchObject({
      code: 'secrets-readable',
      blame: 'caller',
      message: expect.stringContaining(`chmod 600 ${secretsPath(dir)}`),
    })
  })

  it('refuses a damaged file without quoting or replacing it', async () => {
    await loadSecrets(dir)
    const text = await readFile(secretsPath(dir), 'utf8')
    const half = text.slice(0, text.length / 2)
    await writeFile(secretsPath(dir), half)
    const failure: unknown = await loadSecrets(dir).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'secrets-invalid' })
    expect(String(failure)).not.toContain(half.slice(20, 40))
    expect(await readFile(secretsPath(dir), 'utf8')).toBe(half)
  })
})

describe('parseSecrets', () => {
  it('reads what renderSecrets writes', async () => {
    const secrets = await loadSecrets(dir)
    expect(parseSecrets(renderSecrets(secrets), 'x')).toEqual(secrets)
  })

  it.each(['', '{}', '[]', '{"session":"AA"}'])('refuses %j', (text) => {
    expect(() => parseSecrets(text, 'x')).toThrow('x is damaged')
  })
})
