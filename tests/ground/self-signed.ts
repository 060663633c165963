import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A key and a certificate for `localhost`, as PEM, made for one test run. */
export type SelfSigned = { key: string; cert: string }

const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts)
const bytes = (tag: number, ...values: number[]) => der(tag, Buffer.from(values))
const utcTime = (date: Date) =>
  der(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))

const COMMON_NAME = [0x55, 0x04, 0x03]
const SUBJECT_ALT_NAME = [0x55, 0x1d, 0x11]
const BASIC_CONSTRAINTS = [0x55, 0x1d, 0x13]
const ECDSA_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]

/**
 * A self-signed X.509 certificate (RFC 5280) for the name `localhost`, valid from an hour ago for a
 * day: a trusted peer for TLS tests, with no key kept anywhere.
 */
export function makeSelfSigned(): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(bytes(0x06, ...ECDSA_SHA256))
  const name = sequence(
    der(0x31, sequence(bytes(0x06, ...COMMON_NAME), der(0x0c, Buffer.from('localhost')))),
  )
  const now = Date.now()
  const validity = sequence(utcTime(new Date(now - 3_600_000)), utcTime(new Date(now + 86_400_000)))
  const altName = der(0x04, sequence(der(0x82, Buffer.from('localhost'))))
  const isAuthority = der(0x04, sequence(bytes(0x01, 0xff)))
  const extensions = sequence(
    sequence(bytes(0x06, ...SUBJECT_ALT_NAME), altName),
    sequence(bytes(0x06, ...BASIC_CONSTRAINTS), bytes(0x01, 0xff), isAuthority),
  )
  const serial = randomBytes(8)
  serial[0] = 0x40
  const body = sequence(
    der(0xa0, bytes(0x02, 2)),
    der(0x02, serial),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const base64 = sequence(body, algorithm, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  }
}
