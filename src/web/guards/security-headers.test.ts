import { describe, expect, it } from 'vitest'
import { MAIL_DOCUMENT_CSP, mediaSource, renderCsp } from './security-headers.ts'

describe('the policy of pages', () => {
  it('allows nothing inline and nothing of others', () => {
    expect(renderCsp()).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    expect(renderCsp({ media: ['https://a.example'] })).toContain('media-src https://a.example')
    expect(renderCsp({ framesSelf: true })).toContain("frame-src 'self'")
  })

  it('lets a message style itself and no more', () => {
    expect(MAIL_DOCUMENT_CSP).toContain("default-src 'none'")
    expect(MAIL_DOCUMENT_CSP).toContain('sandbox')
    expect(MAIL_DOCUMENT_CSP).not.toMatch(/allow-scripts|allow-same-origin|script-src/)
  })

  it.each([
    ['https://audio.example/a.mp3', 'https://audio.example'],
    ['http://audio.example:8080/a.mp3', 'http://audio.example:8080'],
    ['https://user:pw@audio.example/a.mp3', 'https://audio.example'],
    ["https://audio.example/;script-src 'unsafe-inline'", 'https://audio.example'],
    ['/samples/a.mp3', "'self'"],
    ['//evil.example/a.mp3', null],
    ['javascript:alert(1)', null],
    ['data:audio/mpeg;base64,AAAA', null],
    ['ftp://audio.example/a.mp3', null],
    ['not an address', null],
    ["https://a'b.example/", null],
    ['https://a;b.example/', null],
    ['https://*.example/', null],
  ])('media from %s: %s', (url, source) => {
    expect(mediaSource(url)).toBe(source)
  })
})
