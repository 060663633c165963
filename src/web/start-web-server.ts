import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { Failure } from '../model/failure.ts'
import { securityHeaders } from './guards/security-headers.ts'
import type { WebEnv } from './web-env.ts'

const PATIENCE = { headersMs: 10_000, requestMs: 30_000 }
const KEEP_ALIVE_MS = 5_000
const IDLE_SOCKET_MS = 60_000
const MAX_HEADER_BYTES = 16_384
const MAX_CONNECTIONS = 2_000
const DEFAULT_CLOSE_MS = 10_000

export type WebServer = {
  /** Where it listens, such as `http://127.0.0.1:3000`, with the port that it was given. */
  url: string
  /** Takes no more, lets running answers end within `withinMs`, then cuts what is left. */
  close(withinMs?: number): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Listens. Clients that send their headers or body too slowly are cut off, so that they cannot hold
 * connections from others. Throws `port-taken` or `cannot-listen`.
 */
export async function startWebServer(options: {
  app: Hono<WebEnv>
  host: string
  /** 0 takes any free port. */
  port: number
  /** How long a client may take for its headers, and for all of its request. */
  patience?: { headersMs: number; requestMs: number }
}): Promise<WebServer> {
  const { headersMs, requestMs } = options.patience ?? PATIENCE
  const server = createAdaptorServer({
    fetch: options.app.fetch,
    createServer,
    serverOptions: {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      connectionsCheckingInterval: 1_000,
    },
  }) as ReturnType<typeof createServer>
  server.maxConnections = MAX_CONNECTIONS
  server.setTimeout(IDLE_SOCKET_MS)
  server.on('clientError', answerBrokenRequest)
  await listen(server, options)
  const close = (withinMs = DEFAULT_CLOSE_MS) => closeServer(server, withinMs)
  return { url: urlOf(server, options.host), close, [Symbol.asyncDispose]: () => close() }
}

type NodeServer = ReturnType<typeof createServer>

async function listen(server: NodeServer, { host, port }: { host: string; port: number }) {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host, resolve)
  try {
    await promise
  } catch (cause) {
    const isTaken = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE'
    const message = isTaken
      ? `Port ${port} on ${host} is taken by another program. Stop that one, or choose another port with MURMURCAST_PORT.`
      : `murmurcast could not listen on ${host}, port ${port}. Check the settings MURMURCAST_HOST and MURMURCAST_PORT.`
    throw new Failure(isTaken ? 'port-taken' : 'cannot-listen', 'caller', message, { cause })
  } finally {
    server.off('error', reject)
  }
}

function urlOf(server: NodeServer, host: string): string {
  const { port } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function closeServer(server: NodeServer, withinMs: number): Promise<void> {
  if (!server.listening) return
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), withinMs)
  await promise
  clearTimeout(cut)
}

/** Node's own answer to what is not HTTP has no headers at all; ours has those of every answer. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status = STATUS_OF_CODE[error.code ?? ''] ?? '400 Bad Request'
  const headers = securityHeaders(false).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(
    `HTTP/1.1 ${status}\r\n${headers.join('')}cache-control: no-store\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
  )
}

const STATUS_OF_CODE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}
