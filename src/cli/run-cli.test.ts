import { describe, expect, it } from 'vitest'
import { Failure } from '../model/failure.ts'
import { type FakeParts, runFakeCli } from './fake-builders.ts'

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
    expect(await runFakeCli(args)).toMatchObject({ code, opened: 0 })
  })

  it('tells people one sentence about what can be foreseen', async () => {
    const failure = new Failure('asleep', 'outside', 'It is asleep. Try again later.')
    const ended = await runFakeCli(['sources', 'list'], failing(failure))
    expect(ended).toMatchObject({ code: 1, out: '', err: '✗ It is asleep. Try again later.\n' })
    expect(ended).toMatchObject({ opened: 1, open: 0 })
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
    const { code, err } = await runFakeCli(['sources', 'list'], failing(error))
    expect(code).toBe(1)
    expect(err).toMatch(words)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).not.toContain('hunter2')
    const asked = await runFakeCli(['sources', 'list'], failing(error), { showsStack: true })
    expect(asked.err).toMatch(error instanceof Error ? /run-cli\.test\.ts:\d+/ : /hunter2/)
  })

  it('shows the causes to who asks', async () => {
    const cause = new Error('the disk is full')
    const failure = new Failure('x', 'us', 'Not written.', { cause })
    const { err } = await runFakeCli(['sources', 'list'], failing(failure), { showsStack: true })
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
    const { out, err } = await runFakeCli(args)
    expect(err).toBe('')
    for (const word of words) expect(out).toContain(word)
  })
})

describe('serve', () => {
  it('names what it serves, and what it could not start', async () => {
    const failure = new Failure('already-serving', 'caller', 'murmurcast runs here already.')
    const roles: unknown[] = []
    const serve = async (options: { roles: readonly string[] | null }) => {
      roles.push(options.roles)
      throw failure
    }
    expect((await runFakeCli(['serve', '--role', 'web,worker'], { serve })).code).toBe(1)
    expect((await runFakeCli(['serve'], { serve })).err).toContain('runs here already')
    expect(roles).toEqual([['web', 'worker'], null])
  })
})
