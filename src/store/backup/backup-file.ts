import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { createGunzip, createGzip } from 'node:zlib'
import { Decrypter, Encrypter } from 'age-encryption'
import { Failure } from '../../model/failure.ts'

/** Files encrypted by age begin with these words. */
const AGE_MAGIC = 'age-encryption.org/'

/**
 * Writes lines into a compressed file that only its owner may read, encrypted with a passphrase if
 * one is given (the age format: `age -d` opens it too). The file appears under its name when it is
 * complete and on disk, never before; one that was there is replaced then.
 */
export async function writeBackupFile(
  path: string,
  lines: AsyncIterable<string>,
  passphrase?: string,
): Promise<void> {
  const unfinished = `${path}.unfinished-${process.pid}`
  try {
    const zipped = Readable.from(lines).compose(createGzip())
    const bytes = passphrase === undefined ? zipped : await encrypt(zipped, passphrase)
    await pipeline(bytes, createWriteStream(unfinished, { mode: 0o600, flush: true }))
    await rename(unfinished, path)
  } catch (cause) {
    await rm(unfinished, { force: true })
    throw writeFailed(path, cause)
  }
}

/** Reads the lines of a backup file. Throws `passphrase-needed` or `passphrase-wrong`. */
export async function* readBackupFile(path: string, passphrase?: string): AsyncGenerator<string> {
  const source = createReadStream(path)
  const plain = (await isEncrypted(path)) ? await decrypt(source, path, passphrase) : source
  const text = plain.compose(createGunzip())
  try {
    for await (const line of createInterface({
      input: text,
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      yield line
    }
  } catch (cause) {
    throw new Failure(
      'backup-damaged',
      'caller',
      `The backup ${path} is damaged or cut off. Nothing was changed. Use another copy of it.`,
      { cause },
    )
  } finally {
    source.destroy()
  }
}

async function isEncrypted(path: string): Promise<boolean> {
  let file: Awaited<ReturnType<typeof open>>
  try {
    file = await open(path)
  } catch (cause) {
    throw new Failure('backup-not-found', 'caller', `The file ${path} cannot be read.`, { cause })
  }
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(AGE_MAGIC.length))
    return buffer.toString('latin1', 0, bytesRead) === AGE_MAGIC
  } finally {
    await file.close()
  }
}

async function encrypt(bytes: Readable, passphrase: string): Promise<Readable> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  return Readable.fromWeb((await encrypter.encrypt(toWeb(bytes))) as ReadableStream)
}

async function decrypt(bytes: Readable, path: string, passphrase?: string): Promise<Readable> {
  if (passphrase === undefined) {
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
      `The passphrase does not open the backup ${path}. Nothing was changed.`,
      { cause },
    )
  }
}

const toWeb = (bytes: Readable) =>
  Readable.toWeb(bytes) as unknown as Parameters<Encrypter['encrypt']>[0] &
    globalThis.ReadableStream

function writeFailed(path: string, cause: unknown): unknown {
  const code = (cause as { code?: unknown }).code
  if (code !== 'ENOSPC' && code !== 'EDQUOT' && code !== 'EACCES' && code !== 'ENOENT') return cause
  return new Failure(
    'backup-not-written',
    'caller',
    `The backup could not be written to ${path} (${code}). Choose a folder with room that you may write to.`,
    { cause },
  )
}
