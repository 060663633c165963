// Serves one feed from a thread of its own, so that neither side of a comparison pays for it.
// `/plain` has no ETag, `/etag` has one; gzipped for whoever takes it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'

const plain = Buffer.from(String(workerData))
const gzipped = gzipSync(plain)
const ETAG = '"1"'

const server = createServer((request, response) => {
  const hasEtag = request.url === '/etag'
  if (hasEtag && request.headers['if-none-match'] === ETAG) {
    return void response.writeHead(304, { etag: ETAG }).end()
  }
  const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const body = takesGzip ? gzipped : plain
  response.writeHead(200, {
    'content-type': 'application/rss+xml; charset=utf-8',
    'content-length': body.length,
    ...(takesGzip && { 'content-encoding': 'gzip' }),
    ...(hasEtag && { etag: ETAG }),
  })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  parentPort?.postMessage((server.address() as AddressInfo).port)
})
