import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../model/failure.ts'
import { type Account, isSameUser } from './account.ts'
import { errnoOf, explained } from './explain-io-error.ts'

/** The file with the password of the role `murmurcast`; it comes into being with the cluster. */
export const passwordFileName = 'murmurcast-password'

/** What must be in every data directory of Postgres; nothing is ever made anew over a remainder. */
const essentials = [
  'global/pg_control',
  'global/pg_filenode.map',
  'base/1/pg_filenode.map',
  'pg_wal',
  'pg_xact',
  passwordFileName,
]

/** What to do about data that cannot be used as it is, as the end of a sentence on screen. */
export const restoreAdvice =
  'Nothing was changed. To go back to a backup, set MURMURCAST_DATA to a new empty folder and run ' +
  '`murmurcast restore FILE`; keep the old folder until that has worked'

/** True when there is something in `clusterDir`, whole or not. */
export function hasCluster(clusterDir: string): boolean {
  try {
    return readdirSync(clusterDir).length > 0
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false
    // Closed to us: somebody else's, and certainly not ours to make anew.
    if (errnoOf(error) === 'EACCES') return true
    throw error
  }
}

/**
 * Throws unless `clusterDir` is a whole data directory of major version `major` which belongs to
 * the account that Postgres will run as (null: ours). Codes: `data-from-another-major`,
 * `data-folder-of-another-user`, `database-damaged`.
 */
export async function checkCluster(
  clusterDir: string,
  major: number,
  account: Account | null,
): Promise<void> {
  await explained(`look at the database in ${clusterDir}`, () => {
    checkOwner(clusterDir, account)
    checkVersion(clusterDir, major)
    const missing = essentials.filter((name) => !existsSync(join(clusterDir, name)))
    if (missing.length > 0) throw damaged(clusterDir, `${missing.join(', ')} is missing`)
  })
}

/** The number that one cluster bears for life, as Postgres prints it (first 8 bytes, LE). */
export async function readSystemIdentifier(clusterDir: string): Promise<string> {
  return (await readControl(clusterDir)).readBigUInt64LE(0).toString()
}

/** True when the last server on this cluster was shut down in good order (`DB_SHUTDOWNED`). */
export async function wasShutDown(clusterDir: string): Promise<boolean> {
  return (await readControl(clusterDir)).readUInt32LE(16) === 1
}

/** Field order as in `src/include/catalog/pg_control.h`: identifier 8, versions 4 + 4, state 4. */
async function readControl(clusterDir: string): Promise<Buffer> {
  return explained(`read the control file of the database in ${clusterDir}`, async () => {
    const file = await open(join(clusterDir, 'global/pg_control'), 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(20), 0, 20, 0)
      if (bytesRead === 20) return buffer
      throw damaged(clusterDir, 'its control file global/pg_control is cut short')
    } finally {
      await file.close()
    }
  })
}

function checkOwner(clusterDir: string, account: Account | null): void {
  const wanted = account?.uid ?? process.getuid?.()
  const { uid } = lstatSync(clusterDir)
  if (wanted === undefined || isSameUser(uid, wanted)) return
  const wayOut =
    account === null
      ? 'Run murmurcast as that user, or set MURMURCAST_DATA to a folder of your own'
      : `Give it back to the user that Postgres runs as: chown -R ${account.uid}:${account.gid} ${clusterDir}`
  throw new Failure(
    'data-folder-of-another-user',
    'caller',
    `The database in ${clusterDir} belongs to user ${uid}, not to user ${wanted}. ${wayOut}.`,
  )
}

function checkVersion(clusterDir: string, major: number): void {
  const file = join(clusterDir, 'PG_VERSION')
  if (!existsSync(file)) throw damaged(clusterDir, 'PG_VERSION is missing')
  const found = readFileSync(file, 'utf8').trim()
  if (found === String(major)) return
  if (!/^\d+(\.\d+)?$/.test(found)) throw damaged(clusterDir, 'PG_VERSION cannot be read')
  const age = Number(found) < major ? 'the older murmurcast that wrote it' : 'the newer murmurcast'
  throw new Failure(
    'data-from-another-major',
    'caller',
    `The database in ${clusterDir} was written by PostgreSQL ${found}, but this murmurcast brings ` +
      `PostgreSQL ${major}. It was left untouched. Start ${age}, run \`murmurcast backup FILE\`, ` +
      'then set MURMURCAST_DATA to a new empty folder and run `murmurcast restore FILE` with this one.',
  )
}

function damaged(clusterDir: string, why: string): Failure {
  return new Failure(
    'database-damaged',
    'outside',
    `The database in ${clusterDir} cannot be started: ${why}. ${restoreAdvice}.`,
  )
}
