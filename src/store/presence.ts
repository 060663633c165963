import pg from 'pg'
import { Failure } from '../model/failure.ts'
import { type Connection, clientConfig } from './pool.ts'

// Two advisory locks tell who is here. Postgres lets go of them the moment a process dies, so
// they are never stale, which cannot be said of lock files.
const LOCK_SPACE = 0x6d75726d
/** Held, shared, by everyone who uses the database. */
const PRESENT = 1
/** Held, alone, by the one `serve` of an embedded database. */
const SERVING = 2

export type PresenceOptions = {
  connection: Connection
  /** `serve` is refused while another serves; any number of commands may join. */
  as: 'serve' | 'command'
  pid: number
  /** Told when the connection that holds the locks is lost; join again then. */
  onLost: (error: Error) => void
}

/**
 * Our presence at an embedded database: as long as it lasts nobody stops the server or restores a
 * backup under us.
 */
export class Presence implements AsyncDisposable {
  readonly #client: pg.Client

  private constructor(client: pg.Client) {
    this.#client = client
  }

  /** Joins. Throws `already-serving` with the holder's pid when a second `serve` tries. */
  static async join(options: PresenceOptions): Promise<Presence> {
    const name = `murmurcast ${options.as} pid ${options.pid}`
    const client = new pg.Client(clientConfig(options.connection, name))
    client.on('error', options.onLost)
    await client.connect()
    try {
      await client.query('select pg_advisory_lock_shared($1, $2)', [LOCK_SPACE, PRESENT])
      if (options.as === 'serve' && !(await tryLock(client, SERVING))) {
        throw alreadyServing(await holderOf(client, SERVING))
      }
      return new Presence(client)
    } catch (error) {
      await client.end()
      throw error
    }
  }

  /**
   * Gives up our presence and says whether everybody else has left as well. If so nobody can join
   * before this is disposed of: the server may be stopped, or a backup put in.
   */
  async isLast(): Promise<boolean> {
    await this.#client.query('select pg_advisory_unlock_shared($1, $2)', [LOCK_SPACE, PRESENT])
    return tryLock(this.#client, PRESENT)
  }

  /** Who else is here, such as `murmurcast serve pid 4711`. */
  async listOthers(): Promise<string[]> {
    const { rows } = await this.#client.query<{ name: string }>(
      `select a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
       where l.locktype = 'advisory' and l.classid = $1 and l.objid = $2 and l.pid <> pg_backend_pid()
       order by 1`,
      [LOCK_SPACE, PRESENT],
    )
    return rows.map((row) => row.name)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The server may have been stopped meanwhile, which ends the connection as well.
    this.#client.removeAllListeners('error')
    this.#client.on('error', () => {})
    await this.#client.end().catch(() => {})
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
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.classid = $1 and l.objid = $2`,
    [LOCK_SPACE, lock],
  )
  return rows[0]?.name ?? 'a program that has just ended'
}

function alreadyServing(holder: string): Failure {
  const pid = /pid (\d+)/.exec(holder)?.[1]
  return new Failure(
    'already-serving',
    'caller',
    `murmurcast is already running on this data folder${pid ? ` (process ${pid})` : ''}. ` +
      'Use that one, stop it first, or start this one with another MURMURCAST_DATA.',
  )
}
