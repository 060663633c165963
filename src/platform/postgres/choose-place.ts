import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { chmod, readdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Failure } from '../../model/failure.ts'
import { type Account, canReach, isRoot, isSameUser, nobody, ownerOf } from './account.ts'
import { hasCluster } from './cluster-files.ts'
import { makeFolders, makeOpenFolder } from './open-folder.ts'
import { chooseSocketFolder } from './socket-folder.ts'
import { syncToDisk } from './sync-to-disk.ts'

/** Where one cluster lies and who runs it. All paths are real. */
export type Place = {
  dataDir: string
  /** The folder around the cluster: `dataDir`, or one made for it elsewhere. */
  homeDir: string
  clusterDir: string
  socketDir: string
  logFile: string
  /** The account for Postgres's programs; null where we run them as ourselves. */
  account: Account | null
}

/** The file in the data folder that tells where its cluster lies, when it is not in there. */
export const pointerName = 'database-is-elsewhere.txt'

/**
 * Makes `dataDir` where needed and decides where its cluster lies. As root that is in `dataDir` only
 * if Postgres's unprivileged account can get there, and else in a folder made for it below
 * `systemDir`. Throws `database-folder-missing` or `database-out-of-reach` rather than let a new
 * cluster take the place of one that exists but cannot be used.
 */
export async function choosePlace(dataDir: string, systemDir: string): Promise<Place> {
  // Every user may pass through root's data folder, as Postgres must; the secrets in it are closed.
  const isNew = await makeFolders(dataDir, isRoot() ? 0o711 : 0o700)
  const real = realpathSync(dataDir)
  const pointed = readPointer(real)
  const account = isRoot() ? accountFor(pointed ?? real, real) : null
  const homeDir =
    pointed ?? (account ? await chooseHome({ dataDir: real, systemDir, account, isNew }) : real)
  return {
    dataDir: real,
    homeDir,
    clusterDir: join(homeDir, 'postgres'),
    socketDir: chooseSocketFolder(homeDir, account?.uid ?? process.getuid?.() ?? 0),
    logFile: join(real, 'logs', 'postgres.log'),
    account,
  }
}

/** Leaves word in the data folder of a cluster that lies elsewhere, once that cluster exists. */
export async function savePointer({ dataDir, homeDir }: Place): Promise<void> {
  const file = join(dataDir, pointerName)
  if (homeDir === dataDir || existsSync(file)) return
  const text =
    'The database of this data folder lies in the folder named below, because murmurcast was\n' +
    'started as root, Postgres never runs as root, and its own user cannot get into this folder.\n' +
    `Keep this file: without it the database would not be found.\n\n${homeDir}\n`
  const fresh = `${file}.${process.pid}.new`
  await writeFile(fresh, text, { mode: 0o600 })
  await syncToDisk(fresh)
  await rename(fresh, file)
  await syncToDisk(dataDir)
}

function readPointer(dataDir: string): string | null {
  const file = join(dataDir, pointerName)
  if (!existsSync(file)) return null
  const homeDir = readFileSync(file, 'utf8')
    .split('\n')
    .findLast((line) => line.startsWith('/'))
  if (homeDir !== undefined && hasCluster(join(homeDir, 'postgres'))) return homeDir
  throw new Failure(
    'database-folder-missing',
    'caller',
    `${file} says that the database lies in ${homeDir ?? 'a folder that it does not name'}, but ` +
      'there is none. Bring that folder back; or set MURMURCAST_DATA to a new empty folder and run ' +
      '`murmurcast restore FILE`.',
  )
}

/**
 * Root may read every file, but must not run Postgres: it runs as whoever owns the cluster, or the
 * data folder, and as nobody where that is root.
 */
function accountFor(homeDir: string, dataDir: string): Account {
  const inside = join(homeDir, 'postgres')
  const owners = [...(existsSync(inside) ? [ownerOf(inside)] : []), ownerOf(dataDir)]
  return owners.find((owner) => !isSameUser(owner.uid, 0)) ?? nobody
}

type Wish = { dataDir: string; systemDir: string; account: Account; isNew: boolean }

async function chooseHome({ dataDir, systemDir, account, isNew }: Wish): Promise<string> {
  if (canReach(dataDir, account)) return dataDir
  const isOurs = isNew || (ownerOf(dataDir).uid === 0 && (await readdir(dataDir)).length === 0)
  if (isOurs && canReach(dirname(dataDir), account)) {
    await chmod(dataDir, 0o711)
    return dataDir
  }
  if (hasCluster(join(dataDir, 'postgres'))) throw outOfReach(dataDir, account)
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const homeDir = join(systemDir, 'clusters', name)
  await makeOpenFolder(dirname(homeDir))
  await makeFolders(homeDir, 0o711)
  return realpathSync(homeDir)
}

function outOfReach(dataDir: string, account: Account): Failure {
  return new Failure(
    'database-out-of-reach',
    'caller',
    `The database in ${dataDir} lies below a folder that the user Postgres runs as (${account.uid}) ` +
      'may not enter. Move the whole data folder to a place that every user may pass through, such ' +
      'as /srv/murmurcast, and set MURMURCAST_DATA to it.',
  )
}
