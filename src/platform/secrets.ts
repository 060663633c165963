import { randomBytes } from 'node:crypto'
import { link, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Failure } from '../model/failure.ts'
import { isRoot } from './postgres/account.ts'
import { makeFolders } from './postgres/open-folder.ts'

const FILE_NAME = 'secrets.json'
const KEY_BYTES = 32

const key = z
  .base64url()
  .transform((text) => Buffer.from(text, 'base64url'))
  .refine((bytes) => bytes.length === KEY_BYTES)

const secretsSchema = z.strictObject({
  /** Signs session cookies. */
  session: key,
  /** Signs links that act without signing in: unsubscribing, confirming. */
  linkSigning: key,
  /** Signs the return path, so that a bounce names its delivery and nobody can invent one. */
  returnPath: key,
  /** Derives Message-IDs, so that a digest sent again has the same one. */
  messageId: key,
})

/** The product's own keys, 32 random bytes each. */
export type Secrets = z.output<typeof secretsSchema>

/** Where the keys of a data folder lie; a backup must hold this file. */
export function secretsPath(dataDir: string): string {
  return join(dataDir, FILE_NAME)
}

/**
 * Reads the keys of the data folder, or makes them when there are none yet. Processes that do so at
 * the same time agree on one set, and a stop at any moment leaves all of it or nothing. Throws
 * `secrets-readable` when others may read the file, `secrets-invalid` when it is not whole.
 */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const path = secretsPath(dataDir)
  const secrets = await readSecrets(path)
  if (secrets !== undefined) return secrets
  // As root the database's own account must be able to pass through; the file itself is closed.
  await makeFolders(dataDir, isRoot() ? 0o711 : 0o700)
  await createSecrets(dataDir, path)
  const made = await readSecrets(path)
  if (made !== undefined) return made
  throw new Failure('secrets-invalid', 'us', `${path} vanished while it was made. Start again.`)
}

/** Reads the text of a keys file, such as one from a backup. Throws `secrets-invalid`. */
export function parseSecrets(text: string, path: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(text))
  } catch {
    // The cause would quote keys.
    const way = 'Restore a backup, or remove the file: new keys end all sessions and sent links.'
    throw new Failure('secrets-invalid', 'us', `${path} is damaged. ${way}`)
  }
}

/** The text of a keys file. */
export function renderSecrets(secrets: Secrets): string {
  const entries = Object.entries(secrets).map(([name, bytes]) => [
    name,
    bytes.toString('base64url'),
  ])
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
}

async function readSecrets(path: string): Promise<Secrets | undefined> {
  let text: string
  try {
    await refuseReadableByOthers(path)
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    if (error instanceof Failure) throw error
    const way = 'Start murmurcast as the user that owns its data folder.'
    throw new Failure('secrets-unreadable', 'caller', `${path} cannot be read. ${way}`, {
      cause: error,
    })
  }
  return parseSecrets(text, path)
}

async function refuseReadableByOthers(path: string): Promise<void> {
  // Windows keeps access lists instead; the folder in the user's profile is closed to others.
  const { mode } = await stat(path)
  if (process.platform === 'win32' || (mode & 0o077) === 0) return
  const message = `Other users of this machine can read ${path}. Close it with: chmod 600 ${path}`
  throw new Failure('secrets-readable', 'caller', message)
}

async function createSecrets(dataDir: string, path: string): Promise<void> {
  const secrets: Secrets = {
    session: randomBytes(KEY_BYTES),
    linkSigning: randomBytes(KEY_BYTES),
    returnPath: randomBytes(KEY_BYTES),
    messageId: randomBytes(KEY_BYTES),
  }
  const draft = join(dataDir, `.${FILE_NAME}.${randomBytes(8).toString('hex')}`)
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(renderSecrets(secrets))
    await file.sync()
  } finally {
    await file.close()
  }
  await publish(draft, path)
}

/** Gives the whole file its name unless another process gave its own that name first. */
async function publish(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path)
    await unlink(draft)
  } catch (error) {
    if (isCode(error, 'EEXIST')) await unlink(draft)
    // Some file systems (exFAT, some network shares) have no hard links.
    else await rename(draft, path)
  }
}

function isMissing(error: unknown): boolean {
  return isCode(error, 'ENOENT')
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
