import { displayUrl } from '../../platform/http/display-url.ts'

const MAX_URL_LENGTH = 4096

/** Query parameters that change with the reader or the hour and do not name the file. */
const TOKEN_NAME =
  /^(?:.*(?:token|auth|sig|signature|expires?|hmac|policy|secret|session|nonce)|key|key-pair-id|exp|hash|hdnea|ts|x-amz-.*|dest-id|feed|source|updated|aid|awcollectionid|awepisodeid|awnetwork|utm_.*)$/i

/**
 * An address of a feed made absolute, or null when it may not be followed: only http and https,
 * and the feed's own scheme when it is `sample:`. `javascript:`, `data:`, `file:` are dropped.
 */
export function resolveUrl(address: string | undefined | null, base: string): string | null {
  if (address === undefined || address === null) return null
  // Browsers drop control characters inside a scheme, so they must not hide one from us.
  const text = address.replace(/\p{Cc}/gu, '').trim()
  if (text === '' || text.length > MAX_URL_LENGTH) return null
  const url = parseUrl(text, base)
  if (url === null || url.href.length > MAX_URL_LENGTH) return null
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  const isOwnSample = url.protocol === 'sample:' && base.startsWith('sample:')
  if (!isWeb && !isOwnSample) return null
  return isWeb && url.hostname === '' ? null : url.href
}

/** An address without what makes it this hour's or this reader's own: enough to name a file. */
export function withoutTokens(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isTokenPair(pair))
  url.search = kept.join('&')
  url.hash = ''
  url.username = ''
  url.password = ''
  return url.href
}

/** Where a feed was read, fit for a sentence: nothing in it that could be a secret. */
export function sourceName(address: string): string {
  if (URL.canParse(address) && new URL(address).protocol === 'file:') {
    return decodeURIComponent(new URL(address).pathname)
  }
  return displayUrl(address)
}

function parseUrl(text: string, base: string): URL | null {
  if (URL.canParse(text)) return new URL(text)
  return URL.canParse(text, base) ? new URL(text, base) : null
}

function isTokenPair(pair: string): boolean {
  const at = pair.indexOf('=')
  const name = at < 0 ? pair : pair.slice(0, at)
  const value = at < 0 ? '' : pair.slice(at + 1)
  return TOKEN_NAME.test(name) || isRandomLooking(value)
}

function isRandomLooking(value: string): boolean {
  return value.length >= 20 && /\d/.test(value) && /[a-z]/i.test(value) && !/[.\s/]/.test(value)
}
