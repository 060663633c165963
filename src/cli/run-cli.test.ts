import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MakeDigestRequest } from '../actions/make-digest.ts'
import { type ReadEpisode, readEpisode } from '../actions/read-episode.ts'
import type { SummariseRequest } from '../actions/summarise-text.ts'
import { Failure } from '../model/failure.ts'
import { summarySchema } from '../model/summary.ts'
import { createFakeGuardedFetch } from '../platform/http/fake-guarded-fetch.ts'
import { exampleEpisode, exampleSummary, exampleTranscript } from '../store/example-rows.ts'
import type { SourceRow } from '../store/views/sources-page.ts'
import { createFakeTranscriptProvider } from '../transcripts/fake-transcript-provider.ts'
import {
  createFakeBuilders,
  createFakeTerminal,
  exampleMadeDigest,
  type FakeParts,
  type FakeRun,
} from './fake-builders.ts'
import { runCli } from './run-cli.ts'

let run: FakeRun
let folder: string
let read: ReadEpisode
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'))
  const found = { found: true, transcript: exampleTranscript({}), reason: 'given' } as const
  const { id: _, ...discovered } = exampleEpisode({ title: 'The wall' })
  read = await readEpisode(
    {
      fetch: createFakeGuardedFetch({}),
      now: new Date('2026-11-23T12:00:00Z'),
      providers: [createFakeTranscriptProvider(found)],
      summarise: async () => exampleSummary({ topics: ['walls', 'water'] }),
    },
    { url: 'https://s.example/', title: 'Harbour Light', siteUrl: null, kind: 'podcast' },
    discovered,
  )
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(() => {
  run = { out: [], err: [], open: 0, opened: 0 }
})

async function cli(
  args: readonly string[],
  parts: FakeParts = {},
  { watched = false, showsStack = false } = {},
) {
  const context = {
    builders: createFakeBuilders(run, parts),
    terminal: createFakeTerminal(run, { watched }),
    showsStack: () => showsStack,
  }
  const code = await runCli(args, context)
  expect(run.open).toBe(0)
  return { code, out: run.out.join(''), err: run.err.join('') }
}

const failing = (error: unknown): FakeParts => ({
  house: { listSources: () => Promise.reject(error) },
})

describe('what a command ends with', () => {
  it.each([
    [['--help'], 0],
    [['help', 'digest'], 0],
    [['sources', 'list', '--help'], 0],
    [['frobnicate'], 2],
    [['sources', 'frobnicate'], 2],
    [['sources', 'list', '--frobnicate'], 2],
    [['digest', 'x'], 2],
    [['jobs', 'list', 'too', 'much'], 2],
  ])('%j ends with %d and opens nothing', async (args, code) => {
    expect((await cli(args)).code).toBe(code)
    expect(run.opened).toBe(0)
  })

  it('tells people one sentence about what can be foreseen', async () => {
    const failure = new Failure('asleep', 'outside', 'It is asleep. Try again later.')
    const ended = await cli(['sources', 'list'], failing(failure))
    expect(ended).toEqual({ code: 1, out: '', err: '✗ It is asleep. Try again later.\n' })
  })

  it.each([
    [
      'our own fault',
      new Failure('broken', 'us', 'The journal cannot be written.'),
      /^✗ The journal/,
    ],
    ['what nobody foresaw', new Error('password=hunter2'), /^✗ Something went wrong inside/],
    ['no error at all', 'hunter2', /^✗ Something went wrong inside/],
  ])('shows of %s the place only to who asks', async (_what, error, words) => {
    const { code, err } = await cli(['sources', 'list'], failing(error))
    expect(code).toBe(1)
    expect(err).toMatch(words)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).not.toContain('hunter2')
    run.err.length = 0
    const asked = await cli(['sources', 'list'], failing(error), { showsStack: true })
    expect(asked.err).toMatch(error instanceof Error ? /run-cli\.test\.ts:\d+/ : /hunter2/)
  })

  it('shows the causes to who asks', async () => {
    const cause = new Error('the disk is full')
    const failure = new Failure('x', 'us', 'Not written.', { cause })
    const { err } = await cli(['sources', 'list'], failing(failure), { showsStack: true })
    expect(err).toContain('the disk is full')
  })
})

describe('help', () => {
  it.each([
    [
      ['--help'],
      ['serve', 'digest', 'summarise', 'sources', 'jobs', 'backup', 'restore', 'config'],
    ],
    [
      ['digest', '--help'],
      ['--out', '--since', '--max', 'digest.eml', 'Examples:', '7d'],
    ],
    [
      ['summarise', '--help'],
      ['--json', '--markdown', '--html', '--person', 'SRT', 'Examples:'],
    ],
    [
      ['serve', '--help'],
      ['--role', 'web, worker, mail', 'Ctrl+C', 'MURMURCAST_DATA'],
    ],
    [
      ['sources', '--help'],
      ['check', 'add', 'list', 'remove'],
    ],
    [
      ['sources', 'check', '--help'],
      ['URL or file', 'no database'],
    ],
    [
      ['jobs', '--help'],
      ['list', 'retry'],
    ],
    [
      ['backup', '--help'],
      ['--passphrase-file', 'keep it safe'],
    ],
    [['restore', '--help'], ['must be stopped']],
    [['config', 'check', '--help'], ['every mistake']],
  ])('%j teaches', async (args, words) => {
    const { out, err } = await cli(args)
    expect(err).toBe('')
    for (const word of words) expect(out).toContain(word)
  })
})

describe('summarise', () => {
  const asked: SummariseRequest[] = []
  const parts: FakeParts = {
    outside: {
      summariseText: async (request) => {
        asked.push(request)
        return read
      },
      renderEpisodeFile: async (page) => `<!doctype html><title>${page.title}</title>`,
    },
  }

  it('gives JSON that is a summary', async () => {
    const { code, out } = await cli(['summarise', 'talk.srt', '--json'], parts)
    expect(code).toBe(0)
    expect(summarySchema.parse(JSON.parse(out))).toEqual(read.summary)
  })

  it('gives Markdown unless asked otherwise, with who said it and when', async () => {
    const { out } = await cli(['summarise', 'talk.srt'], parts)
    expect(out).toMatch(/^# The price of a wall in the water\n/)
    expect(out).toContain('Harbour Light · Interview · 2026-11-20')
    expect(out).toContain('“The wall costs more each year.” (Ines Moor, 00:00)')
    expect(out).toContain('walls · water')
    expect(out).not.toMatch(/## Chapters|undefined|null/)
  })

  it('gives a page', async () => {
    const { out } = await cli(['summarise', 'talk.srt', '--html'], parts)
    expect(out).toBe('<!doctype html><title>The wall</title>\n')
  })

  it('hands on all that it was told', async () => {
    const names = ['--person', 'Ines', '--person', 'Jon', '--published', '2026-11-20']
    await cli(['summarise', 'https://x.example/a.srt', '--title', 'T', ...names], parts)
    expect(asked.at(-1)).toEqual({
      ...{ from: { address: 'https://x.example/a.srt' }, title: 'T', show: null },
      ...{ notesFile: null, persons: ['Ines', 'Jon'], published: new Date('2026-11-20') },
    })
  })

  it('shows what it does to a person who watches, and to nobody else', async () => {
    expect((await cli(['summarise', 'talk.srt'], parts)).err).toBe('')
    expect((await cli(['summarise', 'talk.srt'], parts, { watched: true })).err).toContain('Summ')
  })
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
    const ended = await cli(['digest', 'a', 'b', '--out', out, '--max', '3'], partsOf())
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
    expect((await cli(['digest', 'a', '--out', out, '--since', span], partsOf())).code).toBe(code)
  })

  it('says what is missing, and fails when that is all', async () => {
    const missing = [{ sourceTitle: 'Salt', episodeTitle: null, reason: 'It is asleep.' }]
    const args = ['digest', 'a', '--out', join(folder, 'missing')]
    const some = await cli(args, partsOf(exampleMadeDigest([read], missing)))
    expect(some).toMatchObject({ code: 0, err: '! Salt: It is asleep.\n' })
    run.err.length = 0
    const none = await cli(args, partsOf(exampleMadeDigest([], missing)))
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining('None of the sources') })
  })

  it('says how to find more when there was nothing', async () => {
    const args = ['digest', 'a', '--out', join(folder, 'empty')]
    const { code, out } = await cli(args, partsOf(exampleMadeDigest([])))
    expect(code).toBe(0)
    expect(out).toContain('--since 30d')
  })

  it('says which file it could not write', async () => {
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    const { code, err } = await cli(['digest', 'a', '--out', file], partsOf())
    expect(code).toBe(1)
    expect(err).toContain(join(file, 'digest.html'))
  })
})

describe('the commands on the database', () => {
  const row = {
    ...{ id: 's1', url: 'https://salt.example/', title: 'Salt', kind: 'podcast', state: 'failing' },
    ...{ stateReason: 'It is asleep.', isPaused: false, episodeCount: 3 },
    nextCheckAt: new Date('2026-11-23T12:00:00Z'),
  } as SourceRow

  it('sources list aligns what is followed, or gives JSON, or says how to begin', async () => {
    const house = { listSources: async () => [row] }
    const { out } = await cli(['sources', 'list'], { house })
    expect(out).toMatch(/^TITLE .*\nSalt +podcast +failing +3 +2026-11-23 12:00 +It is asleep\.\n$/)
    run.out.length = 0
    const json = await cli(['sources', 'list', '--json'], { house })
    expect(JSON.parse(json.out)).toMatchObject([{ title: 'Salt' }])
    run.out.length = 0
    const none = await cli(['sources', 'list'], { house: { listSources: async () => [] } })
    expect(none.out).toContain('murmurcast sources add')
  })

  it('sources add and remove say what they did, and stop at what cannot be followed', async () => {
    const followSource = async (address: string) => {
      if (address === 'bad') throw new Failure('source-not-readable', 'caller', 'bad is no feed.')
      return { title: 'Salt', url: address }
    }
    const added = await cli(['sources', 'add', 'good', 'bad', 'late'], { house: { followSource } })
    expect(added).toEqual({
      code: 1,
      out: '✓ You follow Salt (good).\n',
      err: '✗ bad is no feed.\n',
    })
    run.out.length = 0
    const removed = await cli(['sources', 'remove', 'Salt'], {
      house: { unfollowSource: async (which) => which },
    })
    expect(removed.out).toBe('✓ You no longer follow Salt.\n')
  })

  it('sources check says why not', async () => {
    const outside = {
      checkSource: async () => ({ found: false, reason: 'It is a page.' }) as const,
    }
    const { code, err } = await cli(['sources', 'check', 'x'], { outside })
    expect({ code, err }).toEqual({ code: 1, err: '✗ It is a page.\n' })
  })

  it('jobs list and retry', async () => {
    const failedAt = new Date('2026-11-23T12:00:00Z')
    const job = { id: 'j1', step: 'send-digest', itemId: 'd1', failedAt, reason: 'It broke.' }
    const retried: unknown[] = []
    const house = {
      listDeadJobs: async () => [job],
      retryDeadJobs: async (ids?: readonly string[]) => {
        retried.push(ids)
        return ids?.length ?? 1
      },
    }
    const { out } = await cli(['jobs', 'list'], { house })
    expect(out).toMatch(/\nj1 +send-digest +2026-11-23 12:00 +It broke\.\n$/)
    run.out.length = 0
    expect((await cli(['jobs', 'retry'], { house })).out).toBe('1 job is tried again.\n')
    run.out.length = 0
    expect((await cli(['jobs', 'retry', 'a', 'b'], { house })).out).toBe(
      '2 jobs are tried again.\n',
    )
    expect(retried).toEqual([undefined, ['a', 'b']])
    run.out.length = 0
    const none = await cli(['jobs', 'list'], { house: { listDeadJobs: async () => [] } })
    expect(none.out).toBe('Nothing has failed for good.\n')
  })

  it('owner-link prints the link alone, to be piped', async () => {
    const house = { inviteOwner: async () => 'http://localhost:4310/welcome/x' }
    expect((await cli(['owner-link'], { house })).out).toBe('http://localhost:4310/welcome/x\n')
  })
})

describe('config, backup and restore', () => {
  it('config check shows each setting and what one should know', async () => {
    const settings = [{ name: 'MURMURCAST_PORT', value: '4310', from: 'default' }]
    const describeSettings = () => ({ settings, remarks: ['MAIL_FROM has no effect.'] })
    const { code, out } = await cli(['config', 'check'], { describeSettings })
    expect(code).toBe(0)
    expect(out).toBe(
      'MURMURCAST_PORT  4310  (default)\n! MAIL_FROM has no effect.\n✓ The settings are sound.\n',
    )
  })

  const report = { rows: 12, tables: 3, files: ['secrets.json', 'log'], bytes: 1_500_000 }

  it('backup and restore take the passphrase from the first line of a file', async () => {
    const file = join(folder, 'passphrase')
    await writeFile(file, 'open sesame\r\nnot this\n')
    const given: unknown[] = []
    const house = {
      backup: async (path: string, { passphrase }: { passphrase: string | null }) => {
        given.push([path, passphrase])
        return report
      },
    }
    const restore = async (path: string, { passphrase }: { passphrase: string | null }) => {
      given.push([path, passphrase])
      return report
    }
    const { out } = await cli(['backup', 'b.gz', '--passphrase-file', file], { house })
    expect(out).toBe('✓ b.gz: 12 rows of 3 tables, secrets.json and log (1.5 MB).\n')
    await cli(['restore', 'b.gz', '--passphrase-file', file], { restore })
    await cli(['restore', 'b.gz'], { restore })
    expect(given).toEqual([
      ['b.gz', 'open sesame'],
      ['b.gz', 'open sesame'],
      ['b.gz', null],
    ])
    expect(run.opened).toBe(1)
  })

  it.each([
    ['is not there', '/nowhere/passphrase', 'cannot be read'],
    ['is empty', '/dev/null', 'is empty'],
  ])(
    'a passphrase file that %s ends it before anything is replaced',
    async (_what, file, words) => {
      const { code, err } = await cli(['restore', 'b.gz', '--passphrase-file', file])
      expect(code).toBe(1)
      expect(err).toContain(words)
    },
  )
})

describe('serve', () => {
  it('names what it serves, and what it could not start', async () => {
    const failure = new Failure('already-serving', 'caller', 'murmurcast runs here already.')
    const roles: unknown[] = []
    const serve = async (options: { roles: readonly string[] | null }) => {
      roles.push(options.roles)
      throw failure
    }
    expect((await cli(['serve', '--role', 'web,worker'], { serve })).code).toBe(1)
    expect((await cli(['serve'], { serve })).err).toContain('runs here already')
    expect(roles).toEqual([['web', 'worker'], null])
  })
})
