import { Readable } from 'node:stream'
import type { Agent } from 'undici'
import { BodyTooLarge, capBody, decodeBody, parseContentEncoding } from './decode-body.ts'
import { describeBytes } from './describe-amounts.ts'
import { explainNetworkError } from './explain-network-error.ts'
import type { Hop, HopAnswer } from './follow-redirects.ts'
import { httpFailure } from './http-failures.ts'
import type { Deadline } from './start-deadline.ts'

/** “100 Continue” and its like restart the clock for headers, so a few must do. */
const MAX_INTERIM_RESPONSES = 10

export interface HopLimits {
  readonly maxBytes: number
  readonly maxHeaderCount: number
  readonly connectTimeoutMs: number
  readonly headersTimeoutMs: number
  readonly idleTimeoutMs: number
}

interface Context {
  readonly limits: HopLimits
  readonly deadline: Deadline
}

type Received = Awaited<ReturnType<Agent['request']>>

/**
 * Sends one request over the network and hands its answer back as soon as the headers are here.
 * Every error, also one of the body later on, is a Failure; only what the deadline's signal was
 * aborted with passes as it is.
 */
export async function sendHop(agent: Agent, hop: Hop, context: Context): Promise<HopAnswer> {
  try {
    const received = await context.deadline.race(request(agent, hop, context))
    return openAnswer(received, hop, context)
  } catch (error) {
    throw explain(error, hop, context)
  }
}

function request(agent: Agent, hop: Hop, { limits, deadline }: Context): Promise<Received> {
  let interim = 0
  return agent.request({
    origin: hop.url.origin,
    path: `${hop.url.pathname}${hop.url.search}`,
    method: hop.method,
    headers: Object.fromEntries(hop.headers),
    body: hop.body,
    signal: deadline.signal,
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.idleTimeoutMs,
    responseHeaders: 'raw',
    onInfo: () => {
      interim += 1
      if (interim > MAX_INTERIM_RESPONSES) throw httpFailure('response-invalid', hop.about)
    },
  })
}

function openAnswer({ statusCode, headers: raw, body }: Received, hop: Hop, context: Context) {
  const hasBody = hop.method !== 'HEAD' && statusCode !== 204 && statusCode !== 304
  const close = () => {
    body.on('error', () => {}).destroy()
  }
  // Closing what has no body would only close a connection that can be used again.
  const cancel = hasBody ? close : () => {}
  try {
    const headers = readHeaders(raw, hop, context.limits)
    // Nobody waits for the end of a body that does not exist.
    if (!hasBody) body.resume()
    const about = { headers, hop, context }
    return {
      status: statusCode,
      headers,
      chunks: () => (hasBody ? readChunks(body, { ...about, decode: decodeBody }) : noChunks()),
      encodedChunks: () => (hasBody ? readChunks(body, { ...about, decode: null }) : noChunks()),
      decode: (bytes: Uint8Array) =>
        readChunks(Readable.from([bytes]), { ...about, decode: decodeBody }),
      cancel,
    }
  } catch (error) {
    close()
    throw error
  }
}

async function* noChunks(): AsyncGenerator<Uint8Array> {}

/** Names and values as they came, in one flat list although undici's type says a record. */
function readHeaders(raw: unknown, hop: Hop, limits: HopLimits): Headers {
  const flat = raw as readonly string[]
  if (flat.length / 2 > limits.maxHeaderCount) throw httpFailure('headers-too-large', hop.about)
  const headers = new Headers()
  for (let at = 0; at < flat.length; at += 2) {
    headers.append(flat[at] ?? '', flat[at + 1] ?? '')
  }
  return headers
}

interface Reading {
  readonly headers: Headers
  readonly hop: Hop
  readonly context: Context
  /** Null for the body as it was sent. */
  readonly decode: typeof decodeBody | null
}

async function* readChunks(
  body: Readable,
  { headers, hop, context, decode }: Reading,
): AsyncGenerator<Uint8Array> {
  const { maxBytes } = context.limits
  try {
    const [coding, ...more] = parseContentEncoding(headers.get('content-encoding'))
    if (more.length > 0) throw httpFailure('too-many-encodings', hop.about)
    if (Number(headers.get('content-length')) > maxBytes) throw new BodyTooLarge()
    yield* decode === null ? capBody(body, maxBytes) : decode(body, { coding, maxBytes })
  } catch (error) {
    throw explain(error, hop, context)
  } finally {
    body.on('error', () => {}).destroy()
  }
}

function explain(error: unknown, hop: Hop, { limits, deadline }: Context): unknown {
  if (deadline.signal.aborted) return deadline.signal.reason
  if (error instanceof BodyTooLarge) {
    return httpFailure('response-too-large', hop.about, { detail: describeBytes(limits.maxBytes) })
  }
  return explainNetworkError(error, hop, limits)
}
