import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  createTestDatabase,
  type TestDatabase,
} from '../../../tests/ground/create-test-database.ts'
import { isFailure } from '../../model/failure.ts'
import { readBackupFile } from './backup-file.ts'
import { BackupFixture, fillAccounts, fingerprint, restore } from './backup-fixture.ts'
import { readBackup } from './read-backup.ts'

const PASSPHRASE = 'seven herons on the sea wall'

// How the server is reached makes no difference to a file.
describe.skipIf('url' in inject('postgres'))(
  'a damaged backup is refused in words and changes nothing',
  () => {
    let fixture: BackupFixture
    let backupPath: string
    let target: TestDatabase
    let before: Record<string, string>
    beforeAll(async () => {
      fixture = await BackupFixture.create()
      backupPath = fixture.path
      target = await createTestDatabase()
      await fillAccounts(target.db)
      before = await fingerprint(target.db)
    })
    afterAll(async () => {
      expect(await fingerprint(target.db)).toEqual(before)
      await target[Symbol.asyncDispose]()
      await fixture[Symbol.asyncDispose]()
    })

    async function refusal(bytes: Uint8Array, passphrase?: string): Promise<string> {
      const path = fixture.newPath()
      writeFileSync(path, bytes)
      const end = await restore(target, path, { ...(passphrase && { passphrase }) }).then(
        () => null,
        (error: unknown) => error,
      )
      if (!isFailure(end)) throw new Error('it was not refused with words', { cause: end })
      expect(end.blame).toBe('caller')
      expect(end.message.length).toBeGreaterThan(40)
      return end.code
    }

    const textOf = () => gunzipSync(readFileSync(backupPath)).toString('utf8')
    const withLines = (change: (lines: string[]) => string[]): Uint8Array => {
      const all = textOf().trimEnd().split('\n')
      return gzipSync(
        change(all)
          .map((line) => `${line}\n`)
          .join(''),
      )
    }
    const header = (change: object) => (all: string[]) => [
      JSON.stringify({ ...(JSON.parse(all[0] ?? '') as object), ...change }),
      ...all.slice(1),
    ]
    const CASES: [string, () => Uint8Array, string][] = [
      ['nothing in it', () => Buffer.alloc(0), 'not-a-backup'],
      ['a picture', () => Buffer.from('89504e470d0a1a0a', 'hex'), 'not-a-backup'],
      ['some text', () => Buffer.from('Dear diary, today was Monday.'), 'not-a-backup'],
      ['another compressed file', () => gzipSync('one\ntwo\n'), 'not-a-backup'],
      ['compressed JSON', () => gzipSync('{"a":1}\n'), 'not-a-backup'],
      ['compressed nothing', () => gzipSync(''), 'not-a-backup'],
      [
        'a newer format',
        () => withLines(header({ murmurcastBackup: 2 })),
        'backup-from-newer-version',
      ],
      ['no migrations', () => withLines(header({ migrations: [] })), 'backup-damaged'],
      ['a changed header', () => withLines(header({ createdAt: 'x' })), 'backup-damaged'],
      ['a line less', () => withLines((all) => all.toSpliced(3, 1)), 'backup-damaged'],
      [
        'a line twice',
        () => withLines((all) => all.toSpliced(3, 0, all[3] ?? '')),
        'backup-damaged',
      ],
      [
        'lines exchanged',
        () => withLines((all) => all.with(2, all[3] ?? '').with(3, all[2] ?? '')),
        'backup-damaged',
      ],
      ['no end', () => withLines((all) => all.slice(0, -1)), 'backup-damaged'],
      [
        'something after the end',
        () => withLines((all) => [...all, all[1] ?? '']),
        'backup-damaged',
      ],
      [
        'a line that is no JSON',
        () => withLines((all) => all.with(2, '{"table":')),
        'backup-damaged',
      ],
      [
        'a line of another kind',
        () => withLines((all) => all.with(2, '{"x":1}')),
        'backup-damaged',
      ],
      [
        'a wrong count',
        () => gzipSync(textOf().replace('"readers":2', '"readers":3')),
        'backup-damaged',
      ],
      [
        'a changed row',
        () => gzipSync(textOf().replace('Freeberg', 'Friedberg')),
        'backup-damaged',
      ],
    ]
    for (const [what, bytes, code] of CASES) {
      it(`${what}: ${code}`, async () => {
        expect(await refusal(bytes())).toBe(code)
      })
    }

    it('cut off at any place', async () => {
      const whole = readFileSync(backupPath)
      for (let part = 1; part < 24; part += 1) {
        const cut = whole.subarray(0, Math.floor((whole.length * part) / 24))
        expect(await refusal(cut)).toBe('backup-damaged')
      }
      expect(await refusal(whole.subarray(0, -1))).toBe('backup-damaged')
    })

    it('with any byte flipped', async () => {
      const whole = readFileSync(backupPath)
      const step = process.env.MURMURCAST_LONG_TESTS ? 1 : Math.ceil(whole.length / 60)
      // The first ten bytes are gzip's own: time and system, which say nothing of what is inside.
      for (let at = 10; at < whole.length; at += step) {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] ?? 0) ^ 0x10
        expect(await refusal(bytes), `byte ${at}`).toBe('backup-damaged')
      }
    }, 240_000)

    it('with rows that do not fit, though its checksum is right', async () => {
      const path = fixture.newPath()
      const all = textOf().trimEnd().split('\n').slice(0, -1)
      const counts = (await readBackup(readBackupFile(backupPath))).counts
      const changed = all.map((line) => line.replaceAll('"podcast"', '"opera"'))
      const hash = createHash('sha256').update(changed.map((line) => `${line}\n`).join(''))
      const end = JSON.stringify({ end: { counts, sha256: hash.digest('hex') } })
      writeFileSync(path, gzipSync([...changed, end, ''].join('\n')))
      await expect(restore(target, path)).rejects.toMatchObject({ code: 'backup-damaged' })
    })

    it('that is not there', async () => {
      await expect(restore(target, fixture.newPath())).rejects.toMatchObject({
        code: 'backup-not-found',
      })
    })

    it('that is encrypted: without, with the wrong, and with the right passphrase', async () => {
      const path = await fixture.backUp(fixture.filled.connection, PASSPHRASE)
      const whole = readFileSync(path)
      expect(whole.subarray(0, 22).toString()).toBe('age-encryption.org/v1\n')
      expect(whole.includes('Freeberg')).toBe(false)
      expect(await refusal(whole)).toBe('passphrase-needed')
      expect(await refusal(whole, 'not this one')).toBe('passphrase-wrong')
      expect(await refusal(whole.subarray(0, -10), PASSPHRASE)).toBe('backup-damaged')
      const flipped = Buffer.from(whole)
      flipped[whole.length - 500] = (flipped[whole.length - 500] ?? 0) ^ 1
      expect(await refusal(flipped, PASSPHRASE)).toBe('backup-damaged')
      expect(await fingerprint(target.db)).toEqual(before)
      await using other = await createTestDatabase()
      await restore(other, path, { passphrase: PASSPHRASE })
      expect(await fingerprint(other.db)).toEqual(await fingerprint(fixture.filled.db))
    }, 60_000)
  },
)
