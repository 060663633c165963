import type { Address } from './accepts-connections.ts'

/** Where the server is to listen: in a folder of sockets, on a loopback port, or both. */
export type Listen = { socketDir: string | null; port: number; tcp: boolean }

/**
 * Made for one household on a small machine: the whole idle cluster takes about 20 MB, and an
 * unexpected power cut costs no committed row.
 */
const standing: Record<string, string> = {
  // Never traded away: a commit is on the disk, and a torn page is repaired.
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // 60 connections serve one process with its jobs, and commands that join for a moment. The role
  // that the usual reserve of three is kept for never logs in.
  max_connections: '60',
  superuser_reserved_connections: '0',
  // The operating system's cache does the rest; touched pages of these 48 MB are never given back.
  shared_buffers: '48MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '512MB',
  // Compiling a query costs more than our short ones take, and loads LLVM where it exists.
  jit: 'off',
  // Reading ahead by three worker processes does not pay on data that fits into memory.
  io_method: 'sync',
  // Parallel workers would take memory and both cores from the rest of the product.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  // Nothing ever replicates from this cluster: less to write, one process fewer.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  // Bounds the disk taken by the log of changes, and with it the time of a recovery.
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  wal_compression: 'on',
  // Solid-state disks are the rule; the default of 4 keeps the planner away from indexes.
  random_page_cost: '1.1',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Messages are read by this program as well as by people.
  lc_messages: 'C',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  log_lock_waits: 'off',
}

/** Settings that Postgres refuses on Windows. */
const standingButOnWindows: Record<string, string> = {
  // Ends the work of a client that was killed, which else is noticed when the query has finished.
  client_connection_check_interval: '10s',
}

/** The settings of the server as `-c` arguments, which win over any file and over ALTER SYSTEM. */
export function settingArguments(listen: Listen, extra: Record<string, string>): string[] {
  const all = {
    ...standing,
    ...(process.platform === 'win32' ? {} : standingButOnWindows),
    listen_addresses: listen.tcp ? '127.0.0.1' : '',
    port: String(listen.port),
    // A list to Postgres: the quotes keep a path with a comma in one piece.
    unix_socket_directories: listen.socketDir ? `"${listen.socketDir.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
    ...extra,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Where clients find a server that listens so. */
export function addressFor(listen: Listen): Address {
  const host = listen.tcp || listen.socketDir === null ? '127.0.0.1' : listen.socketDir
  return { host, port: listen.port }
}

/** The rules of admission: the one role, with its password, from this machine. */
export const hostBasedAuthentication = [
  '# Written by murmurcast. No role comes in without its password.',
  'local all murmurcast scram-sha-256',
  'host  all murmurcast 127.0.0.1/32 scram-sha-256',
  '',
].join('\n')

/** What is left of `postgresql.conf`: safe defaults for anyone who starts the server by hand. */
export const configurationFile = [
  '# Written by murmurcast, which passes its settings as arguments.',
  "listen_addresses = ''",
  "timezone = 'UTC'",
  '',
].join('\n')
