import { describe, expect, it } from 'vitest'
import { createMessageId } from './message-id.ts'

const KEY = Buffer.from('a key of sufficient length')

describe('createMessageId', () => {
  it('is base32 of the first 130 bits of the HMAC', () => {
    // Made with `openssl dgst -sha256 -hmac` and encoded with coreutils' `base32`.
    expect(createMessageId(KEY, 'delivery-1', 'Example.org')).toBe(
      '<eo5zs5wfz4cmokr5gaiw4kpvxx.d@example.org>',
    )
  })

  it('is the same for every attempt and another for every delivery and key', () => {
    const id = createMessageId(KEY, 'd', 'a.example')
    expect(createMessageId(KEY, 'd', 'a.example')).toBe(id)
    expect(createMessageId(KEY, 'e', 'a.example')).not.toBe(id)
    expect(createMessageId(Buffer.alloc(32, 7), 'd', 'a.example')).not.toBe(id)
    const ids = new Set(Array.from({ length: 10_000 }, (_, i) => createMessageId(KEY, `${i}`, 'a')))
    expect(ids.size).toBe(10_000)
  })

  it.each(['', 'a b', 'a>b', 'a\r\nBcc: x', '-a', 'a-', 'exämple.org'])(
    'refuses the domain %j',
    (domain) => {
      expect(() => createMessageId(KEY, 'd', domain)).toThrow(
        expect.objectContaining({ code: 'mail-domain-invalid' }),
      )
    },
  )

  it('refuses a key that can be guessed', () => {
    expect(() => createMessageId(Buffer.from('short'), 'd', 'a')).toThrow(
      expect.objectContaining({ code: 'mail-key-short' }),
    )
  })
})
