import { connect } from 'node:net'
import { join } from 'node:path'

/** Where a server listens: a folder of Unix sockets, or a loopback address. */
export type Address = { host: string; port: number }

/** The socket file that Postgres makes for this address, which must be a folder. */
export function socketFile({ host, port }: Address): string {
  return join(host, `.s.PGSQL.${port}`)
}

/** True when something accepts a connection there within `timeoutMs`. Nothing is sent. */
export async function acceptsConnections(address: Address, timeoutMs = 2_000): Promise<boolean> {
  const isFolder = address.host.startsWith('/')
  const socket = isFolder
    ? connect({ path: socketFile(address) })
    : connect({ host: address.host, port: address.port })
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.setTimeout(timeoutMs, () => resolve(false))
    })
  } finally {
    socket.destroy()
  }
}
