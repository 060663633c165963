import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Range = readonly [reason: string, ...cidrs: string[]]

/**
 * IANA's special-purpose registry for IPv4 (RFC 6890 and its successors) without the few blocks
 * that are reachable from everywhere, plus one address outside it: 168.63.129.16 looks public but
 * answers with a virtual machine's own secrets inside Azure.
 */
const FORBIDDEN_V4 = [
  ['this-network', '0.0.0.0/8'],
  ['private', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ['carrier-nat', '100.64.0.0/10'],
  ['loopback', '127.0.0.0/8'],
  ['link-local', '169.254.0.0/16'],
  ['protocol-assignment', '192.0.0.0/24', '192.88.99.0/24'],
  ['documentation', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'],
  ['benchmark', '198.18.0.0/15'],
  ['multicast', '224.0.0.0/4'],
  ['broadcast', '255.255.255.255/32'],
  ['reserved', '240.0.0.0/4'],
  ['cloud-platform', '168.63.129.16/32'],
] as const satisfies readonly Range[]

/** The two IPv6 addresses that would otherwise be taken for ones with IPv4 inside. */
const EXACT_V6 = [
  ['unspecified', '::/128'],
  ['loopback', '::1/128'],
] as const satisfies readonly Range[]

/** The same registry for IPv6. The last line is everything outside 2000::/3. */
const FORBIDDEN_V6 = [
  ['local-translation', '64:ff9b:1::/48'],
  ['discard', '100::/64', '100:0:0:1::/64'],
  ['protocol-assignment', '2001::/23'],
  ['documentation', '2001:db8::/32', '3fff::/20'],
  ['unique-local', 'fc00::/7'],
  ['link-local', 'fe80::/10'],
  ['site-local', 'fec0::/10'],
  ['multicast', 'ff00::/8'],
  ['reserved', '::/3', '4000::/2', '8000::/1'],
] as const satisfies readonly Range[]

/**
 * IPv6 blocks with an IPv4 address inside, which starts at `byte`. A `routed` block delivers to
 * that address and is as public as it is; the others lead to no server at all, and are decoded
 * only to name the reason. Teredo holds two: the relay, and the client with every bit flipped
 * (RFC 4380).
 */
const CARRIERS = [
  { name: 'mapped', cidr: '::ffff:0:0/96', byte: 12, flip: 0, isRouted: true },
  { name: 'NAT64', cidr: '64:ff9b::/96', byte: 12, flip: 0, isRouted: true },
  { name: '6to4', cidr: '2002::/16', byte: 2, flip: 0, isRouted: true },
  { name: 'translated', cidr: '::ffff:0:0:0/96', byte: 12, flip: 0, isRouted: false },
  { name: 'Teredo relay', cidr: '2001::/32', byte: 4, flip: 0, isRouted: false },
  { name: 'Teredo client', cidr: '2001::/32', byte: 12, flip: 0xff, isRouted: false },
  { name: 'compatible', cidr: '::/96', byte: 12, flip: 0, isRouted: false },
] as const

/** Why an address is not one of the open internet. */
export type AddressReason =
  | (typeof FORBIDDEN_V4)[number][0]
  | (typeof EXACT_V6)[number][0]
  | (typeof FORBIDDEN_V6)[number][0]
  | 'zoned'
  | 'not-an-address'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Cidr = [Address, number]

const forbiddenV4 = parseRanges(FORBIDDEN_V4)
const exactV6 = parseRanges(EXACT_V6)
const forbiddenV6 = parseRanges(FORBIDDEN_V6)
const carriers = CARRIERS.map((carrier) => ({ ...carrier, range: ipaddr.parseCIDR(carrier.cidr) }))

/**
 * Says whether `ip` is an address of the open internet, or else why not.
 *
 * `ip` is one address in canonical text, without brackets, as `URL` and DNS answers give it; any
 * other spelling is `not-an-address`. The decision is taken on the bytes, and an IPv4 address
 * inside an IPv6 one (mapped, compatible, translated, NAT64, 6to4, Teredo) is taken out and judged
 * by its own rules. `publicRanges` are CIDR blocks that count as public whatever the tables say;
 * only tests give them.
 */
export function classifyAddress(
  ip: string,
  publicRanges: readonly string[] = [],
): 'public' | AddressReason {
  if (isIP(ip) === 0) return 'not-an-address'
  if (ip.includes('%')) return 'zoned'
  return classify(
    parseAddress(ip),
    publicRanges.map((range) => ipaddr.parseCIDR(range)),
  )
}

/** ipaddr.js reads “::1.2.3.4” as “::ffff:1.2.3.4”, so a dotted end is rewritten before. */
function parseAddress(ip: string): Address {
  const dotted = ip.lastIndexOf(':') + 1
  if (dotted === 0 || !ip.includes('.')) return ipaddr.parse(ip)
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(ip.slice(dotted)).octets
  const groups = [(a << 8) | b, (c << 8) | d].map((group) => group.toString(16))
  return ipaddr.parse(`${ip.slice(0, dotted)}${groups.join(':')}`)
}

function classify(address: Address, publicRanges: readonly Cidr[]): 'public' | AddressReason {
  if (publicRanges.some((range) => isWithin(address, range))) return 'public'
  if (address.kind() === 'ipv4') return findReason(address, forbiddenV4) ?? 'public'
  return (
    findReason(address, exactV6) ??
    classifyEmbedded(address, publicRanges) ??
    findReason(address, forbiddenV6) ??
    'public'
  )
}

/** The verdict that the IPv4 address inside decides; null when it decides nothing. */
function classifyEmbedded(
  address: Address,
  publicRanges: readonly Cidr[],
): 'public' | AddressReason | null {
  const bytes = address.toByteArray()
  for (const { range, byte, flip, isRouted } of carriers) {
    if (!isWithin(address, range)) continue
    const inside = new ipaddr.IPv4(bytes.slice(byte, byte + 4).map((octet) => octet ^ flip))
    const verdict = classify(inside, publicRanges)
    if (isRouted || verdict !== 'public') return verdict
  }
  return null
}

function isWithin(address: Address, [network, bits]: Cidr): boolean {
  return address.kind() === network.kind() && address.match(network, bits)
}

function findReason<Reason>(
  address: Address,
  ranges: readonly { reason: Reason; cidrs: readonly Cidr[] }[],
): Reason | null {
  const match = ranges.find(({ cidrs }) => cidrs.some((cidr) => isWithin(address, cidr)))
  return match?.reason ?? null
}

function parseRanges<const Ranges extends readonly Range[]>(ranges: Ranges) {
  return ranges.map(([reason, ...cidrs]) => ({
    reason: reason as Ranges[number][0],
    cidrs: cidrs.map((cidr): Cidr => ipaddr.parseCIDR(cidr)),
  }))
}
