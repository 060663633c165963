import { createHmac } from 'node:crypto'
import { Failure } from '../model/failure.ts'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const LENGTH = 26

/**
 * The Message-ID of a delivery: `<…26 letters….d@domain>`, where the letters are the first 130 bits
 * of HMAC-SHA256(key, deliveryId) in base32 (RFC 4648, lower case). Every attempt at one delivery
 * carries the same id, so a receiver that drops repeats (RFC 7352) can; no two deliveries share
 * one, and nobody without the key can tell which delivery an id belongs to or make a valid one.
 *
 * `key` is the house's secret, at least 16 bytes; `domain` an ASCII host name.
 */
export function createMessageId(key: Uint8Array, deliveryId: string, domain: string): string {
  if (key.length < 16) {
    throw new Failure(
      'mail-key-short',
      'us',
      'The key for Message-IDs is under 16 bytes. Set a longer secret.',
    )
  }
  if (!/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i.test(domain)) {
    throw new Failure(
      'mail-domain-invalid',
      'caller',
      `"${domain}" cannot stand in a Message-ID. Give a plain host name, such as mail.example.org.`,
    )
  }
  const digest = createHmac('sha256', key).update(deliveryId).digest()
  return `<${encodeBase32(digest).slice(0, LENGTH)}.d@${domain.toLowerCase()}>`
}

function encodeBase32(bytes: Uint8Array): string {
  let letters = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff
    bits += 8
    for (; bits >= 5; bits -= 5) letters += ALPHABET[(buffer >> (bits - 5)) & 31]
  }
  return letters
}
