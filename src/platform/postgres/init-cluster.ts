import { randomBytes } from 'node:crypto'
import { lchown, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../model/failure.ts'
import type { Account } from './account.ts'
import type { Place } from './choose-place.ts'
import { hasCluster, passwordFileName } from './cluster-files.ts'
import { explainExit } from './explain-exit.ts'
import { errnoOf, explained } from './explain-io-error.ts'
import type { Binaries } from './find-binaries.ts'
import { isAlive } from './process-identity.ts'
import { type ProgramResult, runProgram } from './run-program.ts'
import { configurationFile, hostBasedAuthentication } from './server-settings.ts'
import { syncToDisk } from './sync-to-disk.ts'

/** The names in the cluster: the one role that may log in, and its database. */
export const roleName = 'murmurcast'
export const databaseName = 'murmurcast'

/** No attempt at making a cluster takes longer than this, even on a memory card. */
const attemptMaxMs = 15 * 60_000
const attemptName = /^postgres\.new-(\d+)-[0-9a-f]+$/
const attemptsUnderWay = new Set<string>()

/**
 * Makes a cluster in `place.clusterDir` with role, database and password. It is built in a folder
 * beside, synced, and renamed: it exists whole or not at all, and of two processes that do this at
 * once one puts its cluster in place and the other finds it there. Also removes what attempts that
 * died have left.
 */
export async function initCluster(place: Place, binaries: Binaries): Promise<void> {
  await removeDeadAttempts(place.homeDir)
  const name = `postgres.new-${process.pid}-${randomBytes(4).toString('hex')}`
  const folder = join(place.homeDir, name)
  attemptsUnderWay.add(name)
  try {
    await explained(`make a database in ${place.homeDir}`, async () => {
      await mkdir(folder, { mode: 0o700 })
      if (place.account) await lchown(folder, place.account.uid, place.account.gid)
      await fillCluster(folder, binaries, place.account)
      await putInPlace(folder, place)
    })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    attemptsUnderWay.delete(name)
  }
}

/** Removes unfinished clusters whose makers are gone; one that resists is left for the next start. */
export async function removeDeadAttempts(homeDir: string): Promise<void> {
  for (const name of await readdir(homeDir)) {
    const pid = Number(attemptName.exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(pid) || attemptsUnderWay.has(name)) continue
    const folder = join(homeDir, name)
    if (pid !== process.pid && isAlive(pid) && !(await isOld(folder))) continue
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
  }
}

/** A pid that was handed out again must not keep what is left of a dead attempt for ever. */
async function isOld(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null)
  return found !== null && Date.now() - found.mtimeMs > attemptMaxMs
}

async function fillCluster(folder: string, binaries: Binaries, account: Account | null) {
  const password = randomBytes(24).toString('base64url')
  await runInitdb(folder, binaries, account)
  await replaceFile(join(folder, 'pg_hba.conf'), hostBasedAuthentication, account)
  await replaceFile(join(folder, 'postgresql.conf'), configurationFile, account)
  await replaceFile(join(folder, passwordFileName), `${password}\n`, account)
  const made = await runProgram(binaries.postgres, singleUserArguments(folder), {
    account,
    input: setupStatements(password),
  })
  if (made.code !== 0 || /(ERROR|FATAL|PANIC):/.test(made.stderr)) throw initFailed(folder, made)
  const synced = await runProgram(binaries.initdb, ['-D', folder, '--sync-only'], { account })
  if (synced.code !== 0) throw initFailed(folder, synced)
}

/**
 * The order of texts comes from Postgres itself, so that no update of the system's libraries can
 * upset an index. What is a letter comes from the system all the same for pg_trgm, which under `C`
 * takes every letter outside ASCII for a blank; its name for that differs between systems.
 */
async function runInitdb(folder: string, { initdb }: Binaries, account: Account | null) {
  const characterTypes =
    process.platform === 'win32' ? ['en-US.UTF-8', 'C'] : ['C.UTF-8', 'en_US.UTF-8', 'C']
  for (const [index, characterType] of characterTypes.entries()) {
    const result = await runProgram(initdb, initdbArguments(folder, characterType), { account })
    if (result.code === 0) return
    const isLast = index === characterTypes.length - 1
    if (isLast || !/invalid locale/.test(result.stderr)) throw initFailed(folder, result)
  }
}

function initdbArguments(folder: string, characterType: string): string[] {
  return [
    ['-D', folder],
    '--username=postgres',
    '--encoding=UTF8',
    ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ['--locale=C', `--lc-ctype=${characterType}`],
    '--data-checksums',
    // A quarter of the usual size: an idle household's log of changes is small.
    '--wal-segsize=4',
    // Texts come in many languages: a query has to name its own.
    '--text-search-config=simple',
    // Nobody logs in before our own rules are written, and as the superuser nobody ever.
    '--auth=reject',
    ['--no-instructions', '--no-sync'],
  ].flat()
}

function singleUserArguments(folder: string): string[] {
  // A failing statement must not write the password into a message.
  const settings = ['log_min_error_statement=panic', 'exit_on_error=on', 'log_checkpoints=off']
  return ['--single', '-D', folder, ...settings.flatMap((setting) => ['-c', setting]), 'template1']
}

/**
 * One statement a line, as single-user mode wants it. The product's role may make databases and
 * trusted extensions but is no superuser: what gets through to SQL must not get to the system.
 * amcheck is not trusted, so it is put into the template here, for verifying a cluster.
 */
function setupStatements(password: string): string {
  return [
    `CREATE ROLE ${roleName} LOGIN CREATEDB PASSWORD '${password}'`,
    // Details of an error name the offending row: a reader's address does not belong into a log.
    `ALTER ROLE ${roleName} SET log_error_verbosity = 'terse'`,
    'CREATE SCHEMA amcheck',
    'CREATE EXTENSION amcheck SCHEMA amcheck',
    `GRANT USAGE ON SCHEMA amcheck TO ${roleName}`,
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA amcheck TO ${roleName}`,
    // Transcripts go in twice as fast with lz4, which not every build of Postgres has.
    "DO $$ BEGIN IF 'lz4' = ANY ((SELECT enumvals FROM pg_settings WHERE name = " +
      `'default_toast_compression')::text[]) THEN ALTER ROLE ${roleName} ` +
      "SET default_toast_compression = 'lz4'; END IF; END $$",
    `CREATE DATABASE ${databaseName} OWNER ${roleName}`,
    '',
  ].join('\n')
}

async function putInPlace(folder: string, { clusterDir, homeDir }: Place): Promise<void> {
  try {
    await rename(folder, clusterDir)
  } catch (error) {
    const isLostRace = ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(errnoOf(error))
    if (isLostRace && hasCluster(clusterDir)) return
    throw error
  }
  if (process.platform !== 'win32') await syncToDisk(homeDir)
}

/** Never writes through a link: as root we are in a folder that another account can change. */
async function replaceFile(path: string, text: string, account: Account | null): Promise<void> {
  const fresh = `${path}.new`
  const file = await open(fresh, 'wx', 0o600)
  try {
    await file.writeFile(text)
    if (account) await file.chown(account.uid, account.gid)
  } finally {
    await file.close()
  }
  await rename(fresh, path)
}

function initFailed(folder: string, { code, stdout, stderr }: ProgramResult): Failure {
  const lines = [stdout, stderr].join('\n').split('\n').filter(Boolean)
  const explained = explainExit(lines, folder)
  const isKnown = explained.reason === 'failure' && explained.failure.code !== 'database-damaged'
  if (isKnown) return explained.failure
  const quote = stderr.trim().split('\n').slice(-3).join(' / ') || `it ended with code ${code}`
  return new Failure('database-start-failed', 'us', `Could not make a database: ${quote}.`)
}
