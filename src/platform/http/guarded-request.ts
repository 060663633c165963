export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** One thing to fetch. Everything but `url` has a default; times are milliseconds. */
export interface GuardedRequest {
  /**
   * http or https. A user name and password in it become an Authorization header for that origin
   * alone.
   */
  readonly url: string
  /** Default GET. */
  readonly method?: HttpMethod
  /**
   * Headers of the caller. Connection-level ones (Host, Content-Length, Accept-Encoding …) are
   * ignored. On a redirect to another origin only the harmless ones go along.
   */
  readonly headers?: Readonly<Record<string, string>>
  /** ETag of the copy that the caller has; a 304 answers when it is still good. */
  readonly ifNoneMatch?: string | null
  /** Last-Modified of the copy that the caller has, as the server wrote it. */
  readonly ifModifiedSince?: string | null
  readonly body?: string | Uint8Array
  /** What this is, for messages: “feed” gives “The feed at https://… could not be found”. */
  readonly purpose?: string
  /** Largest body, counted both as sent and as decoded. Default 20 MB. */
  readonly maxBytes?: number
  /** Default 5; enclosures need 10. */
  readonly maxRedirects?: number
  /** `manual` hands the first redirect back as it came. Default `follow`. */
  readonly redirect?: 'follow' | 'manual'
  /** From connection to the last response header. Default 10 s. */
  readonly headersTimeoutMs?: number
  /** Longest silence inside the body. Default 20 s. */
  readonly idleTimeoutMs?: number
  /** Everything together, redirects and reading included. Default 60 s. */
  readonly totalTimeoutMs?: number
  readonly signal?: AbortSignal
}

/** One hop that was followed. Neither URL holds a user name or password. */
export interface Redirect {
  readonly from: string
  readonly to: string
  readonly status: number
  /** True for 301 and 308: the publisher says that it has moved for good. */
  readonly isPermanent: boolean
}

/** A body as it was sent: known again by its bytes, and decoded only if somebody wants to. */
export interface EncodedBody {
  /** As received, with whatever Content-Encoding it has. */
  readonly bytes: Uint8Array
  /** Decodes it under the cap of its request. Fails as `response-too-large` at the cap. */
  decode(): Promise<Uint8Array>
}

/**
 * An answer of any status. The body is read once, by `read`, `readEncoded` or `stream`, or given up
 * with `cancel`; one that is left alone keeps its connection until the total time is over.
 */
export interface GuardedResponse {
  readonly status: number
  /** As received: Content-Encoding and Content-Length describe the body before decoding. */
  readonly headers: Headers
  /** Where the answer came from in the end, without user name, password and fragment. */
  readonly url: string
  readonly redirects: readonly Redirect[]
  /** The whole decoded body. Fails as `response-too-large` at the cap. */
  read(): Promise<Uint8Array>
  /** The whole body before decoding. Fails as `response-too-large` at the cap. */
  readEncoded(): Promise<EncodedBody>
  /** The decoded body piece by piece under the same caps. Leaving the loop closes it. */
  stream(): AsyncIterable<Uint8Array>
  /** Closes the connection without reading on. Safe at any time. */
  cancel(): void
}
