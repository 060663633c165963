import { isIP } from 'node:net'
import { buildConnector } from 'undici'
import {
  ForbiddenAddress,
  judgeByRules,
  judgeNothing,
  lookupChecked,
  type Resolve,
  resolveChecked,
} from './checked-lookup.ts'
import { openTunnel } from './open-tunnel.ts'

type Connector = buildConnector.connector
type Destination = buildConnector.Options

export interface ConnectorOptions {
  readonly resolve: Resolve
  /** Places, as `host:port`, that the owner named: their addresses are not judged. */
  readonly trusted: ReadonlySet<string>
  readonly testPublicRanges: readonly string[]
  readonly connectTimeoutMs: number
  /** An HTTP proxy of the owner, or null to connect directly. */
  readonly proxyUrl: URL | null
}

/**
 * Opens the sockets of one agent. Every new connection is judged here and nowhere else, at the
 * moment of connecting; one that is kept alive leads where it was judged to lead.
 */
export function createGuardedConnector(options: ConnectorOptions): Connector {
  const direct = createDirectConnector(options)
  return options.proxyUrl === null
    ? direct
    : createProxiedConnector(options, { proxyUrl: options.proxyUrl, direct })
}

function createDirectConnector(options: ConnectorOptions): Connector {
  const judge = judgeByRules(options.testPublicRanges)
  // HTTP/2 has other limits for headers and silence; one protocol is one set of limits.
  const shared = { timeout: options.connectTimeoutMs, allowH2: false }
  const guarded = buildConnector({ ...shared, lookup: lookupChecked(options.resolve, judge) })
  const trusted = buildConnector({
    ...shared,
    lookup: lookupChecked(options.resolve, judgeNothing),
  })
  return (destination, callback) => {
    if (options.trusted.has(placeOf(destination))) return trusted(destination, callback)
    // Sockets look names up, but connect to a literal address without asking.
    const verdict = isIP(destination.hostname) === 0 ? 'public' : judge(destination.hostname)
    if (verdict === 'public') return guarded(destination, callback)
    queueMicrotask(() => callback(new ForbiddenAddress(verdict), null))
  }
}

/**
 * Connects through the owner's proxy. The target is resolved and judged here, and the proxy is
 * asked for the judged address, not for the name, which it might resolve otherwise. Trusted places
 * inside the owner's own network are not behind the proxy and are reached directly.
 */
function createProxiedConnector(
  options: ConnectorOptions,
  { proxyUrl, direct }: { proxyUrl: URL; direct: Connector },
): Connector {
  const judge = judgeByRules(options.testPublicRanges)
  const timeoutMs = options.connectTimeoutMs
  const secure = buildConnector({ timeout: timeoutMs, allowH2: false })

  const connect = async (destination: Destination, callback: buildConnector.Callback) => {
    const addresses = await resolveChecked(destination.hostname, options.resolve, judge)
    const socket = await openTunnel(proxyUrl, { addresses, port: portOf(destination), timeoutMs })
    if (destination.protocol !== 'https:') return callback(null, socket)
    secure({ ...destination, httpSocket: socket }, callback)
  }
  return (destination, callback) => {
    connect(destination, callback).catch((error: Error) => {
      const isTrusted = options.trusted.has(placeOf(destination))
      if (isTrusted && error instanceof ForbiddenAddress) direct(destination, callback)
      else callback(error, null)
    })
  }
}

function placeOf(destination: Destination): string {
  const { hostname } = destination
  const host = hostname.includes(':') ? `[${hostname}]` : hostname.replace(/\.$/, '')
  return `${host}:${portOf(destination)}`
}

function portOf({ port, protocol }: Destination): string {
  return port || (protocol === 'https:' ? '443' : '80')
}
