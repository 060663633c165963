import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MakeDigestRequest } from '../actions/make-digest.ts'
import type { ReadEpisode } from '../actions/read-episode.ts'
import { parseSpan } from './digest-command.ts'
import { exampleMadeDigest, readExampleEpisode } from './example-read.ts'
import { type FakeParts, runFakeCli } from './fake-builders.ts'

let folder: string
let read: ReadEpisode
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'))
  read = await readExampleEpisode()
})
afterAll(() => rm(folder, { recursive: true }))

const HOUR_MS = 3_600_000

it.each([
  ['1h', HOUR_MS],
  ['36h', 36 * HOUR_MS],
  ['7d', 7 * 24 * HOUR_MS],
  [' 2w ', 14 * 24 * HOUR_MS],
  ['0d', 0],
])('%j is %d ms', (text, ms) => {
  expect(parseSpan(text)).toBe(ms)
})

it.each(['', '7', 'd', '7 d', '7m', '-7d', '1.5d', '7d7d', '7D', '1e3d'])('%j is none', (text) => {
  expect(() => parseSpan(text)).toThrow('7d, 36h or 2w')
})

describe('digest', () => {
  const requests: MakeDigestRequest[] = []
  const partsOf = (made = exampleMadeDigest([read])): FakeParts => ({
    outside: {
      makeDigest: async (request) => {
        requests.push(request)
        return made
      },
      composeMessage: async (_made, into) => Buffer.from(`Subject: ${into}\r\n`),
      renderEpisodeFile: async (page) => `<title>${page.title}</title>`,
    },
  })

  it('writes its files and a page for each episode', async () => {
    const out = join(folder, 'new', 'deep')
    const ended = await runFakeCli(['digest', 'a', 'b', '--out', out, '--max', '3'], partsOf())
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toContain(`1 episode in ${join(out, 'digest.html')}`)
    expect((await readdir(out)).toSorted()).toEqual([
      ...['digest.eml', 'digest.html', 'digest.json', 'digest.txt', 'episodes'],
    ])
    expect(await readdir(join(out, 'episodes'))).toEqual([`${read.episode.id}.html`])
    expect(JSON.parse(await readFile(join(out, 'digest.json'), 'utf8'))).toMatchObject({
      ...{ localDate: '2026-11-23', items: [{ title: 'The wall' }] },
    })
    expect(await readFile(join(out, 'digest.eml'), 'utf8')).toContain(out)
    expect(requests.at(-1)).toMatchObject({ addresses: ['a', 'b'], maxPerSource: 3 })
  })

  it.each([
    ['90m', 2],
    ['7', 2],
    ['-1d', 2],
    ['0d', 0],
    ['36h', 0],
    ['2w', 0],
  ])('--since %s ends with %d', async (span, code) => {
    const out = join(folder, 'since')
    expect((await runFakeCli(['digest', 'a', '--out', out, '--since', span], partsOf())).code).toBe(
      code,
    )
  })

  it('says what is missing, and fails when that is all', async () => {
    const missing = [{ sourceTitle: 'Salt', episodeTitle: null, reason: 'It is asleep.' }]
    const args = ['digest', 'a', '--out', join(folder, 'missing')]
    const some = await runFakeCli(args, partsOf(exampleMadeDigest([read], missing)))
    expect(some).toMatchObject({ code: 0, err: '! Salt: It is asleep.\n' })
    const none = await runFakeCli(args, partsOf(exampleMadeDigest([], missing)))
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('None of the sources') })
  })

  it('says how to find more when there was nothing', async () => {
    const args = ['digest', 'a', '--out', join(folder, 'empty')]
    const { code, out } = await runFakeCli(args, partsOf(exampleMadeDigest([])))
    expect(code).toBe(0)
    expect(out).toContain('--since 30d')
  })

  it('says which file it could not write', async () => {
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    const { code, err } = await runFakeCli(['digest', 'a', '--out', file], partsOf())
    expect(code).toBe(1)
    expect(err).toContain(join(file, 'digest.html'))
  })
})
