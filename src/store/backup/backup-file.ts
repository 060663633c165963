import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline as connect, Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { createGunzip, createGzip } from 'node:zlib'
import { Decrypter, Encrypter } from 'age-encryption'
import { Failure } from '../../model/failure.ts'
import { splitLines } from './split-lines.ts'

/** Files encrypted by age begin with these words. */
const AGE_MAGIC = Buffer.from('age-encryption.org/')
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])

export type WriteBackupFileOptions = {
  /** Encrypts the file in the age format, which `age -d` opens too. */
  passphrase?: string | null
  /**
   * Proves the finished file before it gets its name: a backup that cannot be read must not take
   * the place of one that can.
   */
  verify?: (path: string) => Promise<void>
}

/**
 * Writes lines into a compressed file that only its owner may read. The file appears under its name
 * when it is complete, verified and on disk, never before; one that was there is replaced then.
 */
export async function writeBackupFile(
  path: string,
  lines: AsyncIterable<string>,
  { passphrase = null, verify }: WriteBackupFileOptions = {},
): Promise<void> {
  const unfinished = `${path}.unfinished-${randomBytes(6).toString('hex')}`
  try {
    const zipped = through(Readable.from(lines), createGzip())
    const bytes = passphrase === null ? zipped : await encrypt(zipped, passphrase)
    const file = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(bytes, file)
    await verify?.(unfinished)
    await rename(unfinished, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    await rm(unfinished, { force: true })
    throw explainWrite(path, cause)
  }
}

/**
 * Reads the lines of a backup file. Throws `backup-not-found`, `not-a-backup`, `passphrase-needed`,
 * `passphrase-wrong`, or `backup-damaged`.
 */
export async function* readBackupFile(
  path: string,
  passphrase: string | null = null,
): AsyncGenerator<string> {
  const kind = await recogniseFile(path)
  const source = createReadStream(path)
  try {
    const plain = kind === 'encrypted' ? await decrypt(source, path, passphrase) : source
    yield* damageExplained(splitLines(through(plain, createGunzip())), path)
  } finally {
    source.destroy()
  }
}

async function* damageExplained(
  lines: AsyncIterable<string>,
  path: string,
): AsyncGenerator<string> {
  try {
    yield* lines
  } catch (cause) {
    throw new Failure(
      'backup-damaged',
      'caller',
      `The backup ${path} is damaged or cut off. Nothing was changed. Use another copy of it.`,
      { cause },
    )
  }
}

async function recogniseFile(path: string): Promise<'plain' | 'encrypted'> {
  const start = await readStart(path)
  if (start.equals(AGE_MAGIC)) return 'encrypted'
  if (start.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC)) return 'plain'
  throw new Failure(
    'not-a-backup',
    'caller',
    `${path} is not a backup of murmurcast. Give the file that \`murmurcast backup FILE\` wrote. ` +
      'Nothing was changed.',
  )
}

async function readStart(path: string): Promise<Buffer> {
  try {
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(AGE_MAGIC.length))
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    const message = `The file ${path} cannot be read. Is the name right, and may you read it?`
    throw new Failure('backup-not-found', 'caller', message, { cause })
  }
}

async function encrypt(bytes: Readable, passphrase: string): Promise<Readable> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  return Readable.fromWeb((await encrypter.encrypt(toWeb(bytes))) as ReadableStream)
}

async function decrypt(
  bytes: Readable,
  path: string,
  passphrase: string | null,
): Promise<Readable> {
  if (passphrase === null) {
    throw new Failure(
      'passphrase-needed',
      'caller',
      `The backup ${path} is encrypted. Give the passphrase that it was made with.`,
    )
  }
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  try {
    return Readable.fromWeb((await decrypter.decrypt(toWeb(bytes))) as ReadableStream)
  } catch (cause) {
    throw new Failure(
      'passphrase-wrong',
      'caller',
      `The passphrase does not open the backup ${path}, or its beginning is damaged. ` +
        'Nothing was changed.',
      { cause },
    )
  }
}

const toWeb = (bytes: Readable) =>
  Readable.toWeb(bytes) as unknown as Parameters<Encrypter['encrypt']>[0] &
    globalThis.ReadableStream

/** What comes out of `transform`; an error of either is an error of what comes out. */
function through(source: Readable, transform: Transform): Transform {
  connect(source, transform, () => {})
  return transform
}

/** The new name must outlast a power cut as well as the bytes do. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await using handle = await open(folder, 'r')
  await handle.sync()
}

/** Reasons that a person can do something about: no room, no right, no such folder. */
const FOR_THE_CALLER = new Set([
  'ENOSPC',
  'EDQUOT',
  'EACCES',
  'EPERM',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EROFS',
  'EIO',
])

function explainWrite(path: string, cause: unknown): unknown {
  const { code, syscall } = cause as { code?: unknown; syscall?: unknown }
  if (typeof code !== 'string' || !FOR_THE_CALLER.has(code) || syscall === 'connect') return cause
  return new Failure(
    'backup-not-written',
    'caller',
    `The backup could not be written to ${path} (${code}). Choose a folder with room that you may write to.`,
    { cause },
  )
}
