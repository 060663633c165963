import { writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBuilders } from '../../src/app.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { openTerminal } from '../../src/cli/terminal.ts'
import { configOf, makeFolder, settingsOf } from './boot-product.ts'
import { renderFeed, threeEpisodes } from './example-show.ts'
import { expectOneSentence } from './expect-one-sentence.ts'
import { runCommand } from './run-command.ts'
import { type LocalSite, serveSite } from './serve-site.ts'

const closing = new AsyncDisposableStack()
let site: LocalSite
let folder: string
let settings: Record<string, string>

beforeAll(async () => {
  folder = closing.use(makeFolder()).path
  site = closing.use(await serveSite())
  settings = await settingsOf(join(folder, 'house'), { MURMURCAST_FETCH_ALLOW: site.hostPort })
  putFeeds()
})

afterAll(() => closing.disposeAsync())

/** Runs one command line in this process, as `main.ts` does. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []]
  const terminal = openTerminal(
    { write: (text) => out.push(text) },
    { write: (text) => err.push(text) },
  )
  const read = () => configOf(settings)
  const builders = {
    ...createBuilders(read),
    describeSettings: () => ({ settings: read().shown, remarks: read().remarks }),
  }
  const code = await runCli(args, { builders, terminal })
  return { code, out: out.join(''), err: err.join('') }
}

const COMMANDS = [
  ...['serve', 'digest', 'summarise', 'backup', 'restore', 'owner-link'],
  ...['sources', 'sources add', 'sources list', 'sources remove', 'sources check'],
  ...['jobs', 'jobs list', 'jobs retry', 'config', 'config check'],
]

describe('the command line explains itself', () => {
  it('names every command', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    for (const command of COMMANDS.filter((name) => !name.includes(' '))) {
      expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
    }
  })

  it.each(COMMANDS)('%s --help', async (command) => {
    const { code, out, err } = await run(...command.split(' '), '--help')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`Usage: murmurcast ${command}`)
    expect(out.split('\n').length).toBeGreaterThan(4)
  })

  it.each([
    [['frobnicate'], 'unknown command'],
    [['digest'], 'required option'],
    [['digest', '--out', 'y'], 'missing required argument'],
    [['digest', 'https://example.org/feed.xml'], '--out'],
    [['digest', 'x', '--out', 'y', '--since', 'yesterday'], '7d, 36h or 2w'],
    [['digest', 'x', '--out', 'y', '--max', 'many'], 'a whole number'],
    [['summarise', 'x', '--published', 'soon'], 'a date such as'],
    [['summarise', 'x', '--json', '--html'], 'cannot be used with'],
    [['sources', 'check'], 'missing required argument'],
    [['serve', '--rolle', 'web'], "unknown option '--rolle'"],
  ])('does not understand %j and says why', async (args, words) => {
    const { code, out, err } = await run(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(words)
    expect(err).not.toMatch(/^\s+at /m)
  })

  it('ends a real process with the same codes', async () => {
    const [help, wrong] = await Promise.all([runCommand(['--help']), runCommand(['frobnicate'])])
    expect([help.code, wrong.code]).toEqual([0, 2])
  })
})

const HOUR_AGO = new Date(Date.now() - 3_600_000)
const goodFeed = (): string =>
  renderFeed({ title: 'Workshop Hours', origin: site.origin }, threeEpisodes(HOUR_AGO))

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">${[...'bcdefghij']
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`)
  .join('')}]><rss version="2.0"><channel><title>&j;</title></channel></rss>`

/** 200 MB that begin like a feed; nobody has to take them all. */
function streamFeed(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/rss+xml' })
  const item = `<item><guid>x</guid><title>${'long '.repeat(13_000)}</title></item>\n`
  let left = 200_000_000 - item.length
  const write = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= item.length
      if (!response.write(item)) return void response.once('drain', write)
    }
    response.end('</channel></rss>')
  }
  response.write('<?xml version="1.0"?><rss version="2.0"><channel><title>Endless</title>')
  write()
}

function putFeeds(): void {
  const type = 'application/rss+xml'
  const put = (path: string, body: string | Uint8Array, as = type) =>
    site.put(path, { body, type: as })
  const gzip = { 'content-type': type, 'content-encoding': 'gzip' }
  put('/good.xml', goodFeed())
  put('/page.html', '<!doctype html><title>A blog</title><p>Hello</p>', 'text/html')
  put('/page-as-feed.xml', '<!doctype html><title>Sign in</title><p>Please sign in.</p>')
  put('/empty.xml', '')
  put('/laughs.xml', LAUGHS)
  put('/cut.xml', goodFeed().slice(0, 700))
  put('/noise.xml', crypto.getRandomValues(new Uint8Array(5000)))
  put('/space.xml', `\n\n  ${goodFeed()}`)
  put('/undeclared.xml', goodFeed().replace('<description>', '<description>&nbsp;&gtgt; '))
  const latin = goodFeed().replace('Workshop Hours', 'Caf\u00e9 Hours')
  put('/wrong-charset.xml', Buffer.from(latin, 'latin1'))
  site.put('/huge.xml', (_request, response) => streamFeed(response))
  site.put('/cut-gzip.xml', (_request, response) => {
    const body = gzipSync(goodFeed())
    response.writeHead(200, gzip).end(body.subarray(0, body.length >> 1))
  })
  site.put('/bomb.xml', (_request, response) => {
    response.writeHead(200, gzip).end(gzipSync(Buffer.alloc(100_000_000, 32)))
  })
  site.put('/broken.xml', (_request, response) => void response.writeHead(503).end())
  site.put('/login.xml', (_request, response) => void response.writeHead(401).end())
}

describe('sources check', () => {
  it.each([
    ['/good.xml', 'Workshop Hours'],
    ['/space.xml', 'Workshop Hours'],
    ['/undeclared.xml', 'Workshop Hours'],
    ['/wrong-charset.xml', 'Café Hours'],
  ])('%s can be read', async (path, title) => {
    const { code, out, err } = await run('sources', 'check', site.origin + path)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(title)
    expect(out).toContain('3, 3 of them with a transcript')
  })

  it.each([
    ['/page.html', /not a feed|web page/],
    ['/page-as-feed.xml', /not a feed|web page/],
    ['/empty.xml', /empty/],
    ['/noise.xml', /./],
    ['/huge.xml', /20 MB|too large|larger than/],
    ['/cut-gzip.xml', /./],
    ['/bomb.xml', /20 MB|too large|larger than/],
    ['/missing.xml', /404/],
    ['/broken.xml', /503/],
    ['/login.xml', /401/],
  ])('%s cannot be read, in one sentence', async (path, words) => {
    const { code, out, err } = await run('sources', 'check', site.origin + path)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expectOneSentence(err)
    expect(err).toMatch(words)
  })

  it('leaves entities alone that stand for entities', async () => {
    const startedAt = performance.now()
    const { code, out, err } = await run('sources', 'check', `${site.origin}/laughs.xml`)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.length).toBeLessThan(500)
    expect(performance.now() - startedAt).toBeLessThan(1000)
  })

  it.each([
    ['a port where nobody listens', 'http://127.0.0.1:9/feed.xml'],
    ['an address of the private network', 'http://192.168.1.1/feed.xml'],
    ['a name that nobody has', 'https://nobody.invalid/feed.xml'],
    ['a file that is not there', '/nowhere/feed.xml'],
    ['a folder', '/'],
    ['a word', 'podcast'],
    ['a scheme of its own', 'ftp://example.org/feed.xml'],
    ['a sample that is not there', 'sample:nothing/feed.xml'],
  ])('refuses %s in one sentence', async (_name, address) => {
    const { code, out, err } = await run('sources', 'check', address)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expectOneSentence(err)
  })

  it('reads a file', async () => {
    const file = join(folder, 'feed.xml')
    await writeFile(file, goodFeed())
    const { code, out, err } = await run('sources', 'check', file)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('Workshop Hours')
  })

  it('takes no more memory for 200 MB than for any feed', async () => {
    const { code, err } = await runCommand(['sources', 'check', `${site.origin}/huge.xml`], {
      MURMURCAST_FETCH_ALLOW: site.hostPort,
      NODE_OPTIONS: '--max-old-space-size=128',
    })
    expect(code, err).toBe(1)
    expectOneSentence(err)
  })
})

describe('digest and summarise', () => {
  it('say what could not be read, and fail when that was all', async () => {
    const out = join(folder, 'nothing')
    const { code, err } = await run('digest', `${site.origin}/empty.xml`, '--out', out)
    expect(code).toBe(1)
    expect(err).toContain('/empty.xml')
    expect(err).not.toMatch(/^\s+at /m)
  })

  it('make what can be made of a good and a bad feed', async () => {
    const out = join(folder, 'some')
    const addresses = [`${site.origin}/good.xml`, `${site.origin}/missing.xml`]
    const allowed = { MURMURCAST_FETCH_ALLOW: site.hostPort }
    const {
      code,
      out: said,
      err,
    } = await runCommand(['digest', ...addresses, '--out', out], allowed)
    expect(code).toBe(0)
    expect(said).toContain('3 episodes')
    expect(err).toContain('/missing.xml')
  })

  it.each([
    ['/nowhere/talk.srt', 'cannot be read'],
    ['http://127.0.0.1:9/talk.srt', '127.0.0.1'],
  ])('cannot summarise %s', async (address, words) => {
    const { code, out, err } = await run('summarise', address)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expectOneSentence(err)
    expect(err).toContain(words)
  })
})
