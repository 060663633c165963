import { pipeline, type Readable, Transform } from 'node:stream'
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib'

const CHUNK_BYTES = 64 * 1024

/** RFC 9659: no zstd window over 8 MB in HTTP, or a small frame could claim gigabytes. */
const ZSTD_WINDOW_LOG = 23

const DECODERS: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', () => createGunzip({ chunkSize: CHUNK_BYTES })],
  ['x-gzip', () => createGunzip({ chunkSize: CHUNK_BYTES })],
  ['deflate', () => createInflate({ chunkSize: CHUNK_BYTES })],
  ['br', () => createBrotliDecompress({ chunkSize: CHUNK_BYTES })],
  ['zstd', createZstd],
])

function createZstd(): Transform {
  const params = { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG }
  return createZstdDecompress({ chunkSize: CHUNK_BYTES, params })
}

/** Thrown when a body passes its cap; it becomes a Failure further up. */
export class BodyTooLarge extends Error {}

/** The codings that a Content-Encoding header names, outermost last; empty when there is none. */
export function parseContentEncoding(header: string | null): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
}

/**
 * Decodes `body`, which has the one coding given or none, piece by piece. Throws BodyTooLarge as
 * soon as either the bytes received or the bytes decoded pass `maxBytes`; no more than a piece is
 * held in memory. A coding that does not exist, such as “utf-8”, is some server's mistake and
 * means none. Leaving the loop closes `body`.
 */
export async function* decodeBody(
  body: Readable,
  { coding, maxBytes }: { coding: string | undefined; maxBytes: number },
): AsyncGenerator<Uint8Array> {
  const count = createCounter(maxBytes)
  for await (const chunk of decoded(body, coding, maxBytes)) {
    count(chunk)
    yield chunk
  }
}

/** `body` as it comes; throws BodyTooLarge as soon as it passes `maxBytes`. */
export async function* capBody(body: Readable, maxBytes: number): AsyncGenerator<Uint8Array> {
  const count = createCounter(maxBytes)
  for await (const chunk of body) {
    count(chunk)
    yield chunk
  }
}

function decoded(
  body: Readable,
  coding: string | undefined,
  maxBytes: number,
): AsyncIterable<Uint8Array> {
  const createDecoder = DECODERS.get(coding ?? '')
  if (createDecoder === undefined) return body
  const count = createCounter(maxBytes)
  const received = new Transform({
    transform(chunk, _encoding, callback) {
      try {
        count(chunk)
        callback(null, chunk)
      } catch (error) {
        callback(error as Error)
      }
    },
  })
  // The reader of the last stream is told of an error in any; here it is only kept from being lost.
  return pipeline(body, received, createDecoder(), () => {})
}

function createCounter(maxBytes: number): (chunk: Uint8Array) => void {
  let total = 0
  return (chunk) => {
    total += chunk.byteLength
    if (total > maxBytes) throw new BodyTooLarge()
  }
}
