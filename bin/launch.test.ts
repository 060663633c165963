import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

const MAIN = `import { fileURLToPath } from 'node:url'
import { existsSync, readFileSync } from 'node:fs'
const [command, text] = process.argv.slice(2)
const assets = new URL('./browser/', import.meta.url)
if (command === 'say') console.log(process.cwd(), text)
if (command === 'word') console.log(readFileSync(new URL('./text/word.txt', import.meta.url), 'utf8'))
if (command === 'lazy') console.log((await import('./cli/lazy.tsx')).lazy())
if (command === 'add') console.log(await (await import('./platform/add.ts')).add(2))
if (command === 'assets') console.log(existsSync(fileURLToPath(new URL('main.js', assets))))
if (command === 'end') process.exitCode = 7
if (command === 'wait') {
  process.on('SIGTERM', () => { console.log('term'); process.exit(9) })
  console.log('ready')
  setTimeout(() => {}, 30_000)
}
`

const SOURCES: Record<string, string> = {
  'package.json': '{ "type": "module" }',
  'src/main.ts': MAIN,
  'src/text/word.txt': 'murmur',
  'src/cli/lazy.tsx': 'export const lazy = (): string => String(<b>late</b>)',
  'src/platform/add.ts': `import { Worker } from 'node:worker_threads'
export function add(workerData: number): Promise<number> {
  const worker = new Worker(new URL('./add.worker.ts', import.meta.url), { workerData })
  return new Promise((resolve) => { worker.once('message', resolve) })
}`,
  'src/platform/add.worker.ts': `import { parentPort, workerData } from 'node:worker_threads'
import { ONE } from './one.ts'
parentPort?.postMessage(workerData + ONE)`,
  'src/platform/one.ts': 'export const ONE = 1',
  'src/web/browser/main.ts': 'document.title = "x"',
  'src/web/styles/main.css': 'body { color: red }',
}

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'murmurcast-launch-'))
  chmodSync(dir, 0o755)
  for (const name of readdirSync(join(root, 'bin'))) {
    if (!name.endsWith('.test.ts')) cpSync(join(root, 'bin', name), join(dir, 'bin', name))
  }
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'), 'junction')
  for (const [path, text] of Object.entries(SOURCES)) write(path, text)
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true })
  writeFileSync(join(dir, path), text)
}

function launch(args: readonly string[], options: SpawnOptions = {}) {
  const launcher = join(dir, 'bin/launch.mjs')
  const done = spawnSync(process.execPath, [launcher, ...args], { ...options, encoding: 'utf8' })
  return { code: done.status, out: done.stdout.trim(), said: done.stderr.trim() }
}

const builds = (): string[] => readdirSync(join(dir, 'dist'))

describe('the build', () => {
  it('runs main, lazy parts, workers, files beside the code, and what is for browsers', () => {
    expect(launch(['word']).out).toBe('murmur')
    expect(launch(['lazy']).out).toBe('<b>late</b>')
    expect(launch(['add']).out).toBe('3')
    expect(launch(['assets']).out).toBe('true')
    expect(launch(['end']).code).toBe(7)
    expect(builds()).toHaveLength(1)
  })

  it('is made anew when a source changes, and not for a test', () => {
    expect(launch(['add']).out).toBe('3')
    write('src/platform/one.test.ts', 'no code at all (')
    expect(launch(['add']).out).toBe('3')
    expect(builds()).toHaveLength(1)
    write('src/platform/one.ts', 'export const ONE = 40')
    expect(launch(['add']).out).toBe('42')
    expect(builds()).toHaveLength(2)
  })

  it('is made once by several processes at a time', async () => {
    const run = () =>
      new Promise<number | null>((resolve) => {
        spawn(process.execPath, [join(dir, 'bin/launch.mjs'), 'end']).on('close', resolve)
      })
    expect(await Promise.all([run(), run(), run()])).toEqual([7, 7, 7])
    expect(builds()).toHaveLength(1)
  })

  it('says what is wrong in the sources, and leaves nothing behind', () => {
    write('src/platform/one.ts', `import { a } from './nowhere.ts'\nexport const ONE = a`)
    const { code, said } = launch(['add'])
    expect(code).toBe(1)
    expect(said).toContain('murmurcast cannot be built:\n  src/platform/one.ts:1:19  ')
    expect(said).not.toContain('    at ')
    expect(builds()).toEqual([])
  })

  it('says which file names another that is not there', () => {
    write('src/platform/one.ts', `export const ONE = new URL('./word.txt', import.meta.url)`)
    expect(launch(['add']).said).toContain('src/platform/one.ts  ./word.txt is no file here')
  })

  it('removes builds that nobody has used for a day, but keeps the two used last', () => {
    for (const [name, hours] of [
      ['a', 25],
      ['b', 26],
      ['c', 27],
      ['d', 1],
    ] as const) {
      write(`dist/${name}/main.js`, '')
      write(`dist/${name}/.last-used`, '')
      const usedAt = new Date(Date.now() - hours * 3_600_000)
      utimesSync(join(dir, 'dist', name, '.last-used'), usedAt, usedAt)
    }
    launch(['end'])
    const kept = builds()
    expect(kept).toHaveLength(2)
    expect(kept).toContain('d')
  })

  it('runs the newest build where there are no sources', () => {
    launch(['end'])
    rmSync(join(dir, 'src'), { recursive: true })
    expect(launch(['end']).code).toBe(7)
    rmSync(join(dir, 'dist'), { recursive: true })
    expect(launch(['end'])).toMatchObject({ code: 1, said: expect.stringContaining('neither') })
  })

  // Only root can start a program as somebody else, and only one that somebody else can reach.
  const other = { uid: 65_534, gid: 65_534, cwd: '/' }
  const canBeOther =
    process.getuid?.() === 0 && spawnSync(process.execPath, ['-v'], other).status === 0
  it.skipIf(!canBeOther)("goes to the user's own cache when the checkout is another's", () => {
    const cache = mkdtempSync(join(tmpdir(), 'murmurcast-cache-'))
    chmodSync(cache, 0o777)
    const home = join(cache, 'home')
    const env = { PATH: process.env.PATH, XDG_CACHE_HOME: home }
    expect(launch(['add'], { ...other, env }).out).toBe('3')
    expect(launch(['lazy'], { ...other, env }).out).toBe('<b>late</b>')
    expect(existsSync(join(dir, 'dist'))).toBe(false)
    expect(readdirSync(join(home, 'murmurcast'))).toHaveLength(1)
    rmSync(cache, { recursive: true })
  })
})

describe.skipIf(process.platform === 'win32')('bin/murmurcast', () => {
  it('finds its folder through links and from any folder, and passes on what it is given', () => {
    mkdirSync(join(dir, 'links'))
    symlinkSync('../bin/murmurcast', join(dir, 'links/one'))
    symlinkSync(join(dir, 'links/one'), join(dir, 'links/two'))
    const done = spawnSync(join(dir, 'links/two'), ['say', 'a  b "c"'], {
      cwd: '/',
      encoding: 'utf8',
    })
    expect(done.stdout.trim()).toBe('/ a  b "c"')
  })

  it('says what to do when there is no Node at all', () => {
    rmSync(join(dir, 'node_modules'))
    const path = join(dir, 'path')
    mkdirSync(path)
    for (const tool of ['readlink', 'dirname', 'uname']) {
      const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' })
      symlinkSync(found.stdout.trim(), join(path, tool))
    }
    const done = spawnSync('/bin/sh', [join(dir, 'bin/murmurcast')], { env: { PATH: path } })
    expect(done.status).toBe(1)
    expect(done.stderr.toString()).toMatch(/^murmurcast needs Node 24 .*npm ci.*\n$/)
  })
})

/** Makes the launcher believe that it was started by Node 20. */
const OLD_NODE = `data:text/javascript,${encodeURIComponent(
  `if (!process.env.IS_CHILD) {
    process.env.IS_CHILD = '1'
    Object.defineProperty(process.versions, 'node', { value: '20.11.0' })
    process.execPath = '/usr/bin/env'
  }`,
)}`

describe.skipIf(process.platform === 'win32')('an old Node', () => {
  const old = (args: readonly string[]) => [
    '--import',
    OLD_NODE,
    join(dir, 'bin/launch.mjs'),
    ...args,
  ]

  it("hands over to the project's own, with its output and exit code", () => {
    const done = spawnSync(process.execPath, old(['say', 'hello']), { cwd: '/', encoding: 'utf8' })
    expect(done.stdout.trim()).toBe('/ hello')
    expect(spawnSync(process.execPath, old(['end'])).status).toBe(7)
  })

  it('passes on the wish to stop', async () => {
    const child = spawn(process.execPath, old(['wait']))
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (out === 'ready\n') child.kill('SIGTERM')
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect({ out, code }).toEqual({ out: 'ready\nterm\n', code: 9 })
  })

  it('is refused with a sentence when there is no other, by the launcher and by npm test', () => {
    rmSync(join(dir, 'node_modules'))
    const sentence = new RegExp(
      `^murmurcast needs Node 24 and this is Node 20.11.0: run \`npm ci\` in ${dir} .*along\\.\\n$`,
    )
    for (const script of ['launch.mjs', 'require-node.mjs']) {
      const args = ['--import', OLD_NODE, join(dir, 'bin', script)]
      const done = spawnSync(process.execPath, args, { encoding: 'utf8' })
      expect(done.status).toBe(1)
      expect(done.stderr).toMatch(sentence)
    }
  })
})
