import { createHmac, timingSafeEqual } from 'node:crypto'

const MAC_BYTES = 16

/**
 * A token that names `subject` for one `purpose` and that nobody without the key can make:
 * `subject.mac`, where mac is the first 128 bits of HMAC-SHA256 in base64url. It does not expire:
 * it stands in e-mails that are kept for years.
 */
export function signToken(key: Uint8Array, purpose: string, subject: string): string {
  return `${subject}.${macOf(key, purpose, subject).toString('base64url')}`
}

/** The subject of a token that was signed for this purpose; undefined for every other text. */
export function readToken(key: Uint8Array, purpose: string, token: string): string | undefined {
  const dot = token.lastIndexOf('.')
  const subject = token.slice(0, dot)
  const given = Buffer.from(token.slice(dot + 1), 'base64url')
  if (dot < 1 || given.length !== MAC_BYTES) return undefined
  return timingSafeEqual(given, macOf(key, purpose, subject)) ? subject : undefined
}

function macOf(key: Uint8Array, purpose: string, subject: string): Buffer {
  const mac = createHmac('sha256', key).update(`${purpose}\n${subject}`).digest()
  return mac.subarray(0, MAC_BYTES)
}
