import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyAddress } from './address-rules.ts'

const V4_REFUSED = [
  ['127.0.0.0', 'loopback'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.255', 'loopback'],
  ['10.0.0.0', 'private'],
  ['10.255.255.255', 'private'],
  ['172.16.0.0', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.0.1', 'private'],
  ['192.168.255.255', 'private'],
  ['169.254.0.1', 'link-local'],
  ['169.254.169.254', 'link-local'],
  ['100.64.0.0', 'carrier-nat'],
  ['100.127.255.255', 'carrier-nat'],
  ['100.100.100.200', 'carrier-nat'],
  ['0.0.0.0', 'this-network'],
  ['0.255.255.255', 'this-network'],
  ['192.0.0.1', 'protocol-assignment'],
  ['192.0.0.192', 'protocol-assignment'],
  ['192.88.99.1', 'protocol-assignment'],
  ['192.0.2.1', 'documentation'],
  ['198.51.100.1', 'documentation'],
  ['203.0.113.1', 'documentation'],
  ['198.18.0.0', 'benchmark'],
  ['198.19.255.255', 'benchmark'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.254', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['168.63.129.16', 'cloud-platform'],
] as const

const V4_PUBLIC = [
  '1.0.0.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
]

const V6_REFUSED = [
  ['::', 'unspecified'],
  ['0:0:0:0:0:0:0:0', 'unspecified'],
  ['::1', 'loopback'],
  ['0000::1', 'loopback'],
  ['fe80::1', 'link-local'],
  ['febf:ffff::1', 'link-local'],
  ['fe80::1%eth0', 'zoned'],
  ['2606:4700::1111%1', 'zoned'],
  ['fc00::1', 'unique-local'],
  ['fdff:ffff::1', 'unique-local'],
  ['fd00:ec2::254', 'unique-local'],
  ['fd20:ce::254', 'unique-local'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
  ['100::1', 'discard'],
  ['2001:db8::1', 'documentation'],
  ['3fff::1', 'documentation'],
  ['3fff:fff:ffff::1', 'documentation'],
  ['2001:2::1', 'protocol-assignment'],
  ['2001:10::1', 'protocol-assignment'],
  ['2001:20::1', 'protocol-assignment'],
  ['2001:1ff:ffff::1', 'protocol-assignment'],
  ['64:ff9b:1::808:808', 'local-translation'],
  ['5f00::1', 'reserved'],
  ['4000::1', 'reserved'],
  ['8000::1', 'reserved'],
  ['1fff::1', 'reserved'],
] as const

const V6_WITH_V4 = [
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['0:0:0:0:0:ffff:127.0.0.1', 'loopback'],
  ['::ffff:a9fe:a9fe', 'link-local'],
  ['::ffff:8.8.8.8', 'public'],
  ['::127.0.0.1', 'loopback'],
  ['::7f00:1', 'loopback'],
  ['::8.8.8.8', 'reserved'],
  ['::ffff:0:7f00:1', 'loopback'],
  ['::ffff:0:10.1.2.3', 'private'],
  ['::ffff:0:808:808', 'reserved'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['64:ff9b::169.254.169.254', 'link-local'],
  ['64:ff9b::808:808', 'public'],
  ['64:ff9b:1::7f00:1', 'local-translation'],
  ['2002:7f00:1::', 'loopback'],
  ['2002:a00:1::1', 'private'],
  ['2002:c0a8:101::', 'private'],
  ['2002:808:808::', 'public'],
  ['2001:0:7f00:1::', 'loopback'],
  // The client's address has its bits flipped: 80ff:fffe is 127.0.0.1.
  ['2001:0:808:808:0:0:80ff:fffe', 'loopback'],
  ['2001:0:808:808:0:0:f7f7:f7f7', 'protocol-assignment'],
] as const

const V6_PUBLIC = ['2606:4700:4700::1111', '2001:4860:4860::8888', '2a00:1450::1', '2001:200::1']

describe('classifyAddress', () => {
  it.each(V4_REFUSED)('row 1: %s is %s', (ip, reason) => {
    expect(classifyAddress(ip)).toBe(reason)
  })

  it.each(V4_PUBLIC)('row 1: %s, next to a refused block, is public', (ip) => {
    expect(classifyAddress(ip)).toBe('public')
  })

  it.each(V6_REFUSED)('row 3: %s is %s', (ip, reason) => {
    expect(classifyAddress(ip)).toBe(reason)
  })

  it.each(V6_WITH_V4)('rows 4 and 5: %s is %s', (ip, verdict) => {
    expect(classifyAddress(ip)).toBe(verdict)
  })

  it.each(V6_PUBLIC)('row 3: %s is public', (ip) => {
    expect(classifyAddress(ip)).toBe('public')
  })

  it.each([
    '127.1',
    '0177.0.0.1',
    '0x7f.1',
    '2130706433',
    '017700000001',
    '0',
    '8.8.8.8 ',
    '08.8.8.8',
    '[::1]',
    '8.8.8.8.',
    '::ffff:0177.0.0.1',
    '',
    'localhost',
  ])('row 2: %j is no canonical address and never public', (spelling) => {
    expect(classifyAddress(spelling)).toBe('not-an-address')
  })

  it('rows 4 and 5: an IPv4 address in a routed IPv6 one is judged as by itself', () => {
    fc.assert(
      fc.property(fc.ipV4(), (ip) => {
        const [a = 0, b = 0, c = 0, d = 0] = ip.split('.').map(Number)
        const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
        const plain = classifyAddress(ip)
        expect(classifyAddress(`::ffff:${ip}`)).toBe(plain)
        expect(classifyAddress(`64:ff9b::${hex}`)).toBe(plain)
        expect(classifyAddress(`2002:${hex}::1`)).toBe(plain)
      }),
    )
  })

  it('counts a declared test range as public, also inside IPv6, and nothing beside it', () => {
    const ranges = ['127.0.0.1/32', '2001:db8::/32']
    expect(classifyAddress('127.0.0.1', ranges)).toBe('public')
    expect(classifyAddress('::ffff:127.0.0.1', ranges)).toBe('public')
    expect(classifyAddress('2001:db8::7', ranges)).toBe('public')
    expect(classifyAddress('127.0.0.2', ranges)).toBe('loopback')
    expect(classifyAddress('::1', ranges)).toBe('loopback')
  })
})
