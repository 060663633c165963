import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Failure } from '../model/failure.ts'
import type { SourceRow } from '../store/views/sources-page.ts'
import { runFakeCli } from './fake-builders.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the commands on the database', () => {
  const row = {
    ...{ id: 's1', url: 'https://salt.example/', title: 'Salt', kind: 'podcast', state: 'failing' },
    ...{ stateReason: 'It is asleep.', isPaused: false, episodeCount: 3 },
    nextCheckAt: new Date('2026-11-23T12:00:00Z'),
  } as SourceRow

  it('sources list aligns what is followed, or gives JSON, or says how to begin', async () => {
    const house = { listSources: async () => [row] }
    const { out } = await runFakeCli(['sources', 'list'], { house })
    expect(out).toMatch(/^TITLE .*\nSalt +podcast +failing +3 +2026-11-23 12:00 +It is asleep\.\n$/)
    const json = await runFakeCli(['sources', 'list', '--json'], { house })
    expect(JSON.parse(json.out)).toMatchObject([{ title: 'Salt' }])
    const none = await runFakeCli(['sources', 'list'], { house: { listSources: async () => [] } })
    expect(none.out).toContain('murmurcast sources add')
  })

  it('sources add and remove say what they did, and stop at what cannot be followed', async () => {
    const followSource = async (address: string) => {
      if (address === 'bad') throw new Failure('source-not-readable', 'caller', 'bad is no feed.')
      return { title: 'Salt', url: address }
    }
    const added = await runFakeCli(['sources', 'add', 'good', 'bad', 'late'], {
      house: { followSource },
    })
    expect(added).toMatchObject({
      code: 1,
      out: '✓ You follow Salt (good).\n',
      err: '✗ bad is no feed.\n',
    })
    const removed = await runFakeCli(['sources', 'remove', 'Salt'], {
      house: { unfollowSource: async (which) => which },
    })
    expect(removed.out).toBe('✓ You no longer follow Salt.\n')
  })

  it('sources check says why not', async () => {
    const outside = {
      checkSource: async () => ({ found: false, reason: 'It is a page.' }) as const,
    }
    const ended = await runFakeCli(['sources', 'check', 'x'], { outside })
    expect(ended).toMatchObject({ code: 1, err: '✗ It is a page.\n', open: 0 })
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
    const { out } = await runFakeCli(['jobs', 'list'], { house })
    expect(out).toMatch(/\nj1 +send-digest +2026-11-23 12:00 +It broke\.\n$/)
    expect((await runFakeCli(['jobs', 'retry'], { house })).out).toBe('1 job is tried again.\n')
    expect((await runFakeCli(['jobs', 'retry', 'a', 'b'], { house })).out).toBe(
      '2 jobs are tried again.\n',
    )
    expect(retried).toEqual([undefined, ['a', 'b']])
    const none = await runFakeCli(['jobs', 'list'], { house: { listDeadJobs: async () => [] } })
    expect(none.out).toBe('Nothing has failed for good.\n')
  })

  it('owner-link prints the link alone, to be piped', async () => {
    const house = { inviteOwner: async () => 'http://localhost:4310/welcome/x' }
    expect((await runFakeCli(['owner-link'], { house })).out).toBe(
      'http://localhost:4310/welcome/x\n',
    )
  })
})

describe('config, backup and restore', () => {
  it('config check shows each setting and what one should know', async () => {
    const settings = [{ name: 'MURMURCAST_PORT', value: '4310', from: 'default' }]
    const describeSettings = () => ({ settings, remarks: ['MAIL_FROM has no effect.'] })
    const { code, out } = await runFakeCli(['config', 'check'], { describeSettings })
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
    const { out } = await runFakeCli(['backup', 'b.gz', '--passphrase-file', file], { house })
    expect(out).toBe('✓ b.gz: 12 rows of 3 tables, secrets.json and log (1.5 MB).\n')
    await runFakeCli(['restore', 'b.gz', '--passphrase-file', file], { restore })
    await runFakeCli(['restore', 'b.gz'], { restore })
    expect(given).toEqual([
      ['b.gz', 'open sesame'],
      ['b.gz', 'open sesame'],
      ['b.gz', null],
    ])
  })

  it.each([
    ['is not there', '/nowhere/passphrase', 'cannot be read'],
    ['is empty', '/dev/null', 'is empty'],
  ])(
    'a passphrase file that %s ends it before anything is replaced',
    async (_what, file, words) => {
      const { code, err } = await runFakeCli(['restore', 'b.gz', '--passphrase-file', file])
      expect(code).toBe(1)
      expect(err).toContain(words)
    },
  )
})
