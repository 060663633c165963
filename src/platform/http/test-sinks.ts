import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createRawServer, type Server, type Socket } from 'node:net'
import { expect } from 'vitest'
import { type Failure, isFailure } from '../../model/failure.ts'
import type { Resolve } from './checked-lookup.ts'
import type { GuardedFetch } from './guarded-fetch.ts'
import type { GuardedRequest } from './guarded-request.ts'

/** The one address that tests call public; every other one of 127/8 is a forbidden place. */
export const PUBLIC = { testPublicRanges: ['127.0.0.1/32'] }

export interface Sink extends AsyncDisposable {
  readonly port: number
  /** What arrived, in order. Empty for raw sinks. */
  readonly requests: readonly IncomingMessage[]
  /** How many connections were ever accepted, and how many are open now. */
  readonly connections: { accepted: number; open: number }
  url(path?: string, host?: string): string
}

/** An HTTP server on a port of its own. */
export function startSink(listener: RequestListener, address = '127.0.0.1'): Promise<Sink> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    response.on('error', () => {})
    listener(request, response)
  })
  return listen(server, { address, requests })
}

/** An HTTP server that sends everybody to `location`. */
export const redirectTo = (location: string, status = 302) =>
  startSink((_request, response) => response.writeHead(status, { location }).end())

/** A TCP server that says what `onSocket` makes it say. */
export function startRawSink(
  onSocket: (socket: Socket) => void,
  address = '127.0.0.1',
): Promise<Sink> {
  return listen(createRawServer(onSocket), { address, requests: [] })
}

/** A server that answers with the bytes given as soon as it is asked. */
export function startRawAnswer(bytes: string | Buffer): Promise<Sink> {
  return startRawSink((socket) => socket.once('data', () => socket.write(bytes)))
}

/** Stands where nobody may ever come: another address of this machine. */
export function startCanary(address = '127.0.0.2'): Promise<Sink> {
  return startSink((_request, response) => response.end('internal service'), address)
}

/** DNS answers from a table; an entry that is a function is asked anew for every query. */
export function fakeDns(table: Record<string, readonly string[] | (() => readonly string[])>) {
  const queries: string[] = []
  const resolve: Resolve = async (hostname) => {
    queries.push(hostname)
    const entry = table[hostname]
    if (entry === undefined) {
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' })
    }
    return typeof entry === 'function' ? entry() : entry
  }
  return { resolve, queries }
}

/** The Failure that `work` ends with; anything else that it throws passes on. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  if (!isFailure(error)) throw error
  return error
}

/** The code that fetching `url` fails with. */
export async function codeOf(fetch: GuardedFetch, url: string): Promise<string> {
  return (await failureOf(fetch({ url }))).code
}

/** Waits until a sink has no connection left. */
export async function expectClosed(sink: Sink): Promise<void> {
  await expect.poll(() => sink.connections.open, { timeout: 2_000 }).toBe(0)
}

/** The code that fetching or reading fails with. */
export async function readCode(fetch: GuardedFetch, request: GuardedRequest) {
  return (await failureOf(fetch(request).then((response) => response.read()))).code
}

async function listen(
  server: Server,
  { address, requests }: { address: string; requests: IncomingMessage[] },
): Promise<Sink> {
  const sockets = new Set<Socket>()
  const connections = { accepted: 0, open: 0 }
  server.on('connection', (socket: Socket) => {
    connections.accepted += 1
    connections.open += 1
    sockets.add(socket.on('error', () => {}))
    socket.on('close', () => {
      connections.open -= 1
      sockets.delete(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return {
    port,
    requests,
    connections,
    url: (path = '/', host = address) => `http://${host}:${port}${path}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
