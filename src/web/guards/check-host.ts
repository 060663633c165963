import type { MiddlewareHandler } from 'hono'
import { Failure } from '../../model/failure.ts'
import type { WebEnv } from '../web-env.ts'

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * True when `host`, a Host header with its port, is one that this site answers to: exactly that of
 * the base URL, or a loopback name at any port while the server listens on loopback only. That a
 * foreign name which resolves to this machine is refused is what stops DNS rebinding.
 */
export function isOwnHost(host: string, site: { baseUrl: string; isLoopback: boolean }): boolean {
  if (!/^[a-z0-9.:[\]-]+$/i.test(host)) return false
  const parsed = URL.parse(`http://${host}`)
  if (parsed === null || parsed.pathname !== '/' || parsed.username !== '') return false
  if (host.toLowerCase() === new URL(site.baseUrl).host) return true
  return site.isLoopback && LOOPBACK_NAMES.has(parsed.hostname)
}

/**
 * Refuses what was sent to another name, whether in the Host header or in an absolute request line.
 * X-Forwarded-Host and its like are read nowhere.
 */
export function checkHost(site: {
  baseUrl: string
  isLoopback: boolean
}): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const host = c.req.header('host') ?? ''
    const lineHost = new URL(c.req.url).host
    const named = URL.parse(`http://${host}`)
    if (
      !isOwnHost(host, site) ||
      !isOwnHost(lineHost, site) ||
      named?.hostname !== hostname(c.req.url)
    ) {
      throw new Failure(
        'wrong-host',
        'caller',
        `This address is not one that murmurcast answers to. Open ${site.baseUrl} instead; whoever runs the house can change it with the setting MURMURCAST_URL.`,
      )
    }
    await next()
  }
}

function hostname(url: string): string {
  return new URL(url).hostname
}
