import type { GuardedFetch } from './guarded-fetch.ts'
import type { GuardedRequest, GuardedResponse, HttpMethod } from './guarded-request.ts'

const METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const NULL_BODY_STATUSES = new Set([204, 205, 304])

/** What a library cannot say through the web's own fetch, said once for all its requests. */
export type WebFetchLimits = Pick<
  GuardedRequest,
  'purpose' | 'maxBytes' | 'maxRedirects' | 'headersTimeoutMs' | 'idleTimeoutMs' | 'totalTimeoutMs'
>

/**
 * The guarded fetch in the shape of the web's `fetch`, for libraries that take one. Bodies of
 * requests are read into memory first; `redirect: 'error'` and `'manual'` are kept; cookies, cache
 * modes and integrity are not. Rejects with the Failures of the guarded fetch, not with TypeError.
 */
export function asWebFetch(guarded: GuardedFetch, limits: WebFetchLimits = {}): typeof fetch {
  return async (input, init) => toResponse(await guarded(await toRequest(input, init, limits)))
}

async function toRequest(
  input: string | URL | Request,
  init: RequestInit | undefined,
  limits: WebFetchLimits,
): Promise<GuardedRequest> {
  const isRequest = input instanceof Request
  // A Request refuses a URL with a password; the guard has its own way with those.
  const parts = new Request(isRequest ? input : 'http://unused.invalid', init)
  const signal = init?.signal ?? (isRequest ? input.signal : undefined)
  const body = parts.body === null ? null : new Uint8Array(await parts.arrayBuffer())
  return {
    ...limits,
    ...(parts.redirect === 'error' ? { maxRedirects: 0 } : {}),
    ...(body === null ? {} : { body }),
    ...(signal ? { signal } : {}),
    url: isRequest ? input.url : String(input),
    method: toMethod(parts.method),
    headers: Object.fromEntries(parts.headers),
    redirect: parts.redirect === 'manual' ? 'manual' : 'follow',
  }
}

function toMethod(method: string): HttpMethod {
  const known = METHODS.find((name) => name === method)
  if (known === undefined) throw new TypeError(`${method} is not a method of the guarded fetch`)
  return known
}

function toResponse(guarded: GuardedResponse): Response {
  const { status, headers, url } = guarded
  const hasBody = !NULL_BODY_STATUSES.has(status)
  if (!hasBody) guarded.cancel()
  const response = new Response(hasBody ? toWebStream(guarded) : null, { status, headers })
  // A Response made by hand has no address, and libraries read both of these.
  Object.defineProperties(response, {
    url: { value: url },
    redirected: { value: guarded.redirects.length > 0 },
  })
  return response
}

function toWebStream(guarded: GuardedResponse): ReadableStream<Uint8Array> {
  const chunks = guarded.stream()[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => guarded.cancel(),
    },
    { highWaterMark: 0 },
  )
}
