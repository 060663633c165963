import pg from 'pg'
import { Failure } from '../model/failure.ts'
import { type Connection, clientConfig } from './pool.ts'

// Two advisory locks tell who is here. Postgres lets go of them the moment a process dies, so
// they are never stale, which cannot be said of lock files.
const LOCK_SPACE = 0x6d75726d
/** Held, shared, by everyone who uses the database; alone by one who must be alone. */
const PRESENT = 1
/** Held, alone, by the one `serve` of an embedded database. */
const SERVING = 2

/** How long to wait for one who is alone at the database: it is stopping it or restoring. */
const WAIT_MS = 20_000
/** What Postgres says when that time is over. */
const LOCK_NOT_AVAILABLE = '55P03'

export type PresenceOptions = {
  connection: Connection
  /** `serve` is refused while another serves; any number of commands may join. */
  as: 'serve' | 'command'
  pid: number
  /** Told once when the connection that holds the locks is lost; join again then. */
  onLost: () => void
  /** How long to wait for one who has the database to themselves; 20 s if left out. */
  waitMs?: number
}

/**
 * Our presence at an embedded database: as long as it lasts nobody stops the server or restores a
 * backup under us.
 */
export class Presence implements AsyncDisposable {
  readonly #client: pg.Client
  #isLost = false

  private constructor(client: pg.Client) {
    this.#client = client
  }

  /**
   * Joins. Throws `already-serving` with the holder's pid when a second `serve` tries, and
   * `database-busy` while somebody has the database to themselves.
   */
  static async join(options: PresenceOptions): Promise<Presence> {
    const name = `murmurcast ${options.as} pid ${options.pid}`
    const client = new pg.Client(clientConfig(options.connection, name))
    const presence = new Presence(client)
    let hasJoined = false
    // One loss can be reported twice, by the socket's error and by its end.
    client.on('error', () => {
      if (hasJoined && !presence.#isLost) options.onLost()
      presence.#isLost = true
    })
    await client.connect()
    try {
      await lockShared(client, options.waitMs ?? WAIT_MS)
      if (options.as === 'serve' && !(await tryLock(client, SERVING))) {
        throw alreadyServing(await holderOf(client, SERVING))
      }
      hasJoined = true
      return presence
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
  }

  /** True once the connection is gone, and with it our locks. */
  get isLost(): boolean {
    return this.#isLost
  }

  /**
   * Gives up our presence and says whether everybody else has left as well. If so nobody can join
   * before this is disposed of: the server may be stopped.
   */
  async isLast(): Promise<boolean> {
    await this.#client.query('select pg_advisory_unlock_shared($1, $2)', [LOCK_SPACE, PRESENT])
    return tryLock(this.#client, PRESENT)
  }

  /** True when nobody else is here; then nobody can join until this is disposed of. */
  async claimAlone(): Promise<boolean> {
    return tryLock(this.#client, PRESENT)
  }

  /** Who else is here, such as `murmurcast serve pid 4711`. */
  async listOthers(): Promise<string[]> {
    return holdersOf(this.#client, PRESENT)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The server may have been stopped meanwhile, which ends the connection as well.
    this.#isLost = true
    await this.#client.end().catch(() => {})
  }
}

async function lockShared(client: pg.Client, waitMs: number): Promise<void> {
  await client.query(`set lock_timeout = ${waitMs}`)
  try {
    await client.query('select pg_advisory_lock_shared($1, $2)', [LOCK_SPACE, PRESENT])
  } catch (error) {
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error
    throw busy(await holderOf(client, PRESENT))
  }
}

async function tryLock(client: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1, $2) as locked',
    [LOCK_SPACE, lock],
  )
  return rows[0]?.locked === true
}

async function holderOf(client: pg.Client, lock: number): Promise<string> {
  const [name] = await holdersOf(client, lock)
  return name ?? 'a program that has just ended'
}

/** Names of the others that hold a lock; each once, though a lock can be held in two modes. */
async function holdersOf(client: pg.Client, lock: number): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct a.application_name as name
     from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.pid <> pg_backend_pid()
       and l.database = (select oid from pg_database where datname = current_database())
       and l.classid = $1 and l.objid = $2
     order by 1`,
    [LOCK_SPACE, lock],
  )
  return rows.map((row) => row.name)
}

const pidOf = (holder: string): string | undefined => /pid (\d+)/.exec(holder)?.[1]

function alreadyServing(holder: string): Failure {
  const pid = pidOf(holder)
  return new Failure(
    'already-serving',
    'caller',
    `murmurcast is already running on this data folder${pid ? ` (process ${pid})` : ''}. ` +
      'Use that one, stop it first, or start this one with another MURMURCAST_DATA.',
  )
}

function busy(holder: string): Failure {
  const pid = pidOf(holder)
  return new Failure(
    'database-busy',
    'caller',
    `Another command${pid ? ` (process ${pid})` : ''} has the database to itself: it is restoring ` +
      'a backup or shutting the database down. Start again when it is done.',
  )
}
