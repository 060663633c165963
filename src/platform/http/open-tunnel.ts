import { isIPv4, isIPv6, Socket } from 'node:net'
import { Client } from 'undici'
import { Failure } from '../../model/failure.ts'

/** The proxy could not be reached, refused, or dropped the connection. */
export class ProxyFailure extends Error {}

/**
 * The owner's `HTTP(S) proxy` setting as a URL; null when there is none. Throws a Failure
 * (`proxy-invalid`) for anything but an http or https URL.
 */
export function parseProxyUrl(text: string | null): URL | null {
  if (text === null) return null
  const url = URL.parse(text)
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url
  throw new Failure(
    'proxy-invalid',
    'caller',
    'The outgoing proxy must be an http or https address such as http://proxy.lan:3128.',
  )
}

/**
 * Asks an HTTP proxy for a connection to one of `addresses` (RFC 9110 §9.3.6). IPv4 comes first,
 * as a proxy says too late that it has no IPv6. Throws ProxyFailure.
 */
export async function openTunnel(
  proxyUrl: URL,
  target: { addresses: readonly string[]; port: string; timeoutMs: number },
): Promise<Socket> {
  const address = target.addresses.find(isIPv4) ?? target.addresses[0] ?? ''
  const authority = `${isIPv6(address) ? `[${address}]` : address}:${target.port}`
  const client = new Client(proxyUrl.origin, {
    connect: { timeout: target.timeoutMs, allowH2: false },
    headersTimeout: target.timeoutMs,
  })
  try {
    const { socket, statusCode } = await client.connect({
      path: authority,
      headers: { ...proxyAuthorization(proxyUrl) },
    })
    if (statusCode === 200 && socket instanceof Socket) return socket
    socket.on('error', () => {}).destroy()
    throw new ProxyFailure(`the proxy answered ${statusCode}`)
  } catch (cause) {
    // The agent takes a bare socket error for a passing one and would connect again for ever.
    throw cause instanceof ProxyFailure ? cause : new ProxyFailure('no tunnel', { cause })
  } finally {
    // The tunnel no longer belongs to the client, and stays open.
    void client.destroy()
  }
}

function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
