import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const ONE_YEAR_SECONDS = 365 * 24 * 3600
const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/

/** A new secret: 32 random bytes in base64url, 43 characters. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url')
}

/** True when `value` has the form of a token; only such values are looked up. */
export function isToken(value: string): boolean {
  return TOKEN_PATTERN.test(value)
}

/** `__Host-` binds a cookie to this very host and to https; over plain http browsers refuse it. */
export function sessionCookieName(isHttps: boolean): string {
  return isHttps ? '__Host-murmurcast' : 'murmurcast'
}

/** The session token that the request carries, or null. */
export function readSessionCookie(c: Context, isHttps: boolean): string | null {
  const value = getCookie(c, sessionCookieName(isHttps))
  return value !== undefined && isToken(value) ? value : null
}

export function writeSessionCookie(c: Context, isHttps: boolean, token: string): void {
  setCookie(c, sessionCookieName(isHttps), token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isHttps,
    maxAge: ONE_YEAR_SECONDS,
  })
}

export function clearSessionCookie(c: Context, isHttps: boolean): void {
  deleteCookie(c, sessionCookieName(isHttps), { path: '/', secure: isHttps })
}
