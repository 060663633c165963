import { Agent } from 'undici'
import { type Resolve, resolveHost } from './checked-lookup.ts'
import { describeMs } from './describe-amounts.ts'
import { displayUrl } from './display-url.ts'
import { followRedirects } from './follow-redirects.ts'
import { createGuardedConnector } from './guarded-connector.ts'
import type { GuardedRequest, GuardedResponse } from './guarded-request.ts'
import { createResponse } from './guarded-response.ts'
import { httpFailure } from './http-failures.ts'
import { parseProxyUrl } from './open-tunnel.ts'
import { sendHop } from './send-hop.ts'
import { startDeadline } from './start-deadline.ts'
import { hostPort, parseAllowList, parseOwnOrigins, type UrlPolicy } from './url-rules.ts'

/**
 * The only way out of the house. Every answer that a server gives is a response, whatever its
 * status; what the guard refuses and what the network breaks is a Failure whose code is an
 * `HttpFailureCode`. When `signal` is aborted, its own reason is thrown.
 */
export type GuardedFetch = (request: GuardedRequest) => Promise<GuardedResponse>

/** A guarded fetch with its connections, to be disposed of by who made it. */
export interface OwnedGuardedFetch extends GuardedFetch, AsyncDisposable {
  /**
   * A fetch for one endpoint that the owner configured (a model or speech server, also inside the
   * own network): it opens exactly that URL's host and port and nothing else, and shares no
   * connection with others. Never to be given what a reader wrote.
   */
  forEndpoint(url: string): GuardedFetch
}

/** Everything has a default. Times are milliseconds. */
export interface GuardedFetchOptions {
  readonly userAgent?: string
  /** Exact `host:port` pairs that the owner opens to all, whatever their address. */
  readonly allow?: readonly string[]
  /** Origins under which this installation itself answers; they are never fetched. */
  readonly ownOrigins?: readonly string[]
  /** The owner's HTTP proxy. Environment variables are never looked at. */
  readonly proxyUrl?: string | null
  readonly maxBytes?: number
  readonly maxHeaderBytes?: number
  readonly maxHeaderCount?: number
  readonly connectTimeoutMs?: number
  readonly headersTimeoutMs?: number
  readonly idleTimeoutMs?: number
  readonly totalTimeoutMs?: number
  readonly resolve?: Resolve
  /** CIDR blocks that count as public, with all their ports. For tests alone. */
  readonly testPublicRanges?: readonly string[]
}

type Settings = Required<Omit<GuardedFetchOptions, 'allow' | 'ownOrigins'>>

const DEFAULTS: Settings = {
  userAgent: 'murmurcast',
  proxyUrl: null,
  maxBytes: 20_000_000,
  maxHeaderBytes: 65_536,
  maxHeaderCount: 256,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 10_000,
  idleTimeoutMs: 20_000,
  totalTimeoutMs: 60_000,
  resolve: resolveHost,
  testPublicRanges: [],
}

/** Most hosts are asked once an hour; a kept connection only serves what belongs together. */
const KEEP_ALIVE_MS = { keepAliveTimeout: 2_000, keepAliveMaxTimeout: 4_000 }

/**
 * Makes the guarded fetch. Only http and https, only ports 80 and 443, only addresses of the open
 * internet, checked on the address that the socket then uses, at every hop; sizes and times are
 * capped. Throws a Failure (`fetch-allow-invalid`, `proxy-invalid`) for options that make no sense.
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): OwnedGuardedFetch {
  const settings: Settings = { ...DEFAULTS, ...options }
  const agents: Agent[] = []
  const open = (policy: UrlPolicy): GuardedFetch => {
    const agent = createAgent(settings, policy)
    agents.push(agent)
    return (request) => fetchGuarded(request, { agent, policy, settings })
  }
  const policy: UrlPolicy = {
    allowed: parseAllowList(options.allow ?? []),
    own: parseOwnOrigins(options.ownOrigins ?? []),
    endpoint: null,
    isAnyPortOpen: settings.testPublicRanges.length > 0,
  }
  return Object.assign(open(policy), {
    forEndpoint: (url: string) => open(endpointPolicy(url)),
    async [Symbol.asyncDispose]() {
      await Promise.all(agents.map((agent) => agent.destroy()))
    },
  })
}

function endpointPolicy(url: string): UrlPolicy {
  const parsed = URL.parse(url)
  if (parsed === null) throw httpFailure('url-invalid', displayUrl(url))
  const endpoint = hostPort(parsed)
  return { allowed: new Set([endpoint]), own: new Set(), endpoint, isAnyPortOpen: false }
}

function createAgent(settings: Settings, policy: UrlPolicy): Agent {
  const { resolve, testPublicRanges, connectTimeoutMs } = settings
  const proxyUrl = parseProxyUrl(settings.proxyUrl)
  const trusted = policy.allowed
  return new Agent({
    ...KEEP_ALIVE_MS,
    maxHeaderSize: settings.maxHeaderBytes,
    connect: createGuardedConnector({
      resolve,
      trusted,
      testPublicRanges,
      connectTimeoutMs,
      proxyUrl,
    }),
  })
}

interface Means {
  readonly agent: Agent
  readonly policy: UrlPolicy
  readonly settings: Settings
}

async function fetchGuarded(
  request: GuardedRequest,
  { agent, policy, settings }: Means,
): Promise<GuardedResponse> {
  const limits = { ...settings, ...request }
  const tookTooLong = () =>
    httpFailure('timed-out', displayUrl(request.url), {
      detail: `took longer than ${describeMs(limits.totalTimeoutMs)} in all`,
    })
  const deadline = startDeadline(limits.totalTimeoutMs, tookTooLong, request.signal)
  try {
    const journey = await followRedirects(request, {
      policy,
      userAgent: settings.userAgent,
      send: (hop) => sendHop(agent, hop, { limits, deadline }),
    })
    return createResponse(journey, deadline.stop)
  } catch (error) {
    deadline.stop()
    throw error
  }
}
