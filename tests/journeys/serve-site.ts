import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A file of the site, or what to do with a request for it. */
export type SiteFile =
  | { body: string | Uint8Array; type: string; etag?: string }
  | ((request: IncomingMessage, response: ServerResponse) => void)

export type LocalSite = AsyncDisposable & {
  /** Such as `http://127.0.0.1:4711`. */
  origin: string
  /** `host:port`, as MURMURCAST_FETCH_ALLOW wants it. */
  hostPort: string
  /** Every answer given, in order. */
  answers: { path: string; status: number }[]
  /** Puts a file at a path, in place of what was there. */
  put: (path: string, file: SiteFile) => void
}

/** A web site on 127.0.0.1. A file with an ETag is answered with 304 to whoever has it. */
export async function serveSite(): Promise<LocalSite> {
  const files = new Map<string, SiteFile>()
  const answers: LocalSite['answers'] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    response.once('close', () => answers.push({ path, status: response.statusCode }))
    answer(files.get(path), request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const hostPort = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin: `http://${hostPort}`,
    hostPort,
    answers,
    put: (path, file) => void files.set(path, file),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function answer(
  file: SiteFile | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (file === undefined) return void response.writeHead(404).end()
  if (typeof file === 'function') return void file(request, response)
  const headers = { 'content-type': file.type, ...(file.etag && { etag: file.etag }) }
  if (file.etag !== undefined && request.headers['if-none-match'] === file.etag) {
    return void response.writeHead(304, headers).end()
  }
  response.writeHead(200, headers).end(file.body)
}
