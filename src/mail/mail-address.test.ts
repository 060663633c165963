import { describe, expect, it } from 'vitest'
import { parseMailAddress } from './mail-address.ts'

describe('parseMailAddress', () => {
  it.each([
    ['ada@reader.example', 'ada@reader.example'],
    ['Ada.O+tag@Reader.Example', 'Ada.O+tag@reader.example'],
    ["o'neil@reader.example", "o'neil@reader.example"],
    ['ada@exämple.org', 'ada@xn--exmple-cua.org'],
    ['root@localhost', 'root@localhost'],
  ])('takes %s', (address, parsed) => {
    expect(parseMailAddress(address)).toBe(parsed)
  })

  it.each([
    '',
    '@',
    'ada',
    'ada@',
    '@reader.example',
    'ada@@reader.example',
    'ada @reader.example',
    ' ada@reader.example',
    'ada@reader.example ',
    'ada@reader.example\n',
    'ada@reader.example\r\nRCPT TO:<b@c.d>',
    'ada@reader.example,bob@reader.example',
    'ada@reader.example;bob@reader.example',
    'Ada <ada@reader.example>',
    '<ada@reader.example>',
    '"a b"@reader.example',
    'a..b@reader.example',
    '.a@reader.example',
    'ada@-reader.example',
    'ada@reader..example',
    'ada@[127.0.0.1]',
    'ada@reader.example\0',
    'adä@reader.example',
    'ada\u2028@reader.example',
    `${'a'.repeat(65)}@reader.example`,
    `ada@${'a.'.repeat(130)}example`,
  ])('refuses %j', (address) => {
    expect(() => parseMailAddress(address)).toThrow(
      expect.objectContaining({ code: 'mail-address-invalid', blame: 'caller' }),
    )
  })
})
