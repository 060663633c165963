/**
 * What Postgres itself writes about a running server into `postmaster.pid` (and, without the
 * status, into the lock file of its socket). Lines as in `src/include/utils/pidfile.h`.
 */
export type PostmasterPid = {
  pid: number
  port: number | null
  socketDir: string | null
  listenAddress: string | null
  /** `starting` until the server has written any other word. */
  status: 'starting' | 'stopping' | 'ready'
}

/**
 * Reads the text of a `postmaster.pid`. A file that is still being written has fewer lines; one
 * without a pid on its first line is `unreadable`. A single-user server writes its pid negative.
 */
export function parsePostmasterPid(text: string): PostmasterPid | 'unreadable' {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Math.abs(Number(lines[0] || Number.NaN))
  if (!Number.isSafeInteger(pid) || pid === 0) return 'unreadable'
  const port = Number(lines[3] || Number.NaN)
  const status = lines[7]
  return {
    pid,
    port: Number.isSafeInteger(port) ? port : null,
    socketDir: lines[4] || null,
    listenAddress: lines[5] || null,
    status: status === 'ready' || status === 'stopping' ? status : 'starting',
  }
}

/** The same text with another process named on its first line. */
export function withPid(text: string, pid: number): string {
  const end = text.indexOf('\n')
  return end < 0 ? `${pid}\n` : `${pid}${text.slice(end)}`
}
