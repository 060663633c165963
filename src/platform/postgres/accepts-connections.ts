import { connect } from 'node:net'
import { join } from 'node:path'

/** Where a server listens: a folder of Unix sockets, or a loopback address. */
export type Address = { host: string; port: number }

/** The socket file that Postgres makes for this address, which must be a folder. */
export function socketFile({ host, port }: Address): string {
  return join(host, `.s.PGSQL.${port}`)
}

/** `SSLRequest` of the protocol: the one question that a server answers before any password. */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/**
 * True when a Postgres answers there within `timeoutMs`. A connection alone would prove little: the
 * system itself accepts it in the name of a server that is hung or about to be gone.
 */
export async function acceptsConnections(address: Address, timeoutMs = 5_000): Promise<boolean> {
  const isFolder = address.host.startsWith('/')
  const socket = isFolder
    ? connect({ path: socketFile(address) })
    : connect({ host: address.host, port: address.port })
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => socket.write(sslRequest))
      socket.once('data', (answer) => resolve(/^[SN]/.test(answer.toString('latin1'))))
      socket.once('error', () => resolve(false))
      socket.once('close', () => resolve(false))
      socket.setTimeout(timeoutMs, () => resolve(false))
    })
  } finally {
    socket.destroy()
  }
}
