import { domainToASCII } from 'node:url'
import { Failure } from '../model/failure.ts'

/** RFC 5321 4.5.3.1. */
const MAX_LOCAL = 64
const MAX_ADDRESS = 254
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const DOMAIN =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i

/**
 * One address, checked and with its domain in ASCII: `ada@exämple.org` → `ada@xn--exmple-cua.org`.
 * Exactly one bare mailbox: no display name, no list, no quoted local part, no line break. Local
 * parts beyond ASCII are refused, because few servers take them (SMTPUTF8).
 *
 * Throws `mail-address-invalid` otherwise.
 */
export function parseMailAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, Math.max(at, 0))
  const domain = domainToASCII(address.slice(at + 1))
  const parsed = `${local}@${domain}`
  const isSound =
    // The domain's conversion drops tabs and line breaks in silence.
    !/[\s\p{Cc}]/u.test(address) &&
    LOCAL_PART.test(local) &&
    local.length <= MAX_LOCAL &&
    DOMAIN.test(domain) &&
    parsed.length <= MAX_ADDRESS
  if (isSound) return parsed
  throw new Failure(
    'mail-address-invalid',
    'caller',
    `${JSON.stringify(address.slice(0, 80))} is not an e-mail address that mail can be sent to.`,
  )
}
