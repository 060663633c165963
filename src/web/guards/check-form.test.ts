import { describe, expect, it } from 'vitest'
import { isSameOrigin } from './check-form.ts'
import { makeFormToken } from './form-token.ts'

const BASE = 'https://murmur.example'

describe('where a form comes from', () => {
  it.each([
    ['a form of ours', { origin: BASE, fetchSite: 'same-origin', host: 'murmur.example' }, true],
    [
      'a browser without Sec-Fetch-Site',
      { origin: BASE, fetchSite: undefined, host: 'murmur.example' },
      true,
    ],
    [
      'a browser that hides Origin',
      { origin: undefined, fetchSite: 'same-origin', host: 'murmur.example' },
      true,
    ],
    ['nothing said', { origin: undefined, fetchSite: undefined, host: 'murmur.example' }, false],
    [
      'another site',
      { origin: 'https://evil.example', fetchSite: 'cross-site', host: 'murmur.example' },
      false,
    ],
    [
      'a sister site',
      { origin: 'https://a.murmur.example', fetchSite: 'same-site', host: 'murmur.example' },
      false,
    ],
    ['typed or from mail', { origin: undefined, fetchSite: 'none', host: 'murmur.example' }, false],
    [
      'another scheme',
      { origin: 'http://murmur.example', fetchSite: undefined, host: 'murmur.example' },
      false,
    ],
    [
      'another port',
      { origin: `${BASE}:8443`, fetchSite: undefined, host: 'murmur.example' },
      false,
    ],
    [
      'a sandboxed frame',
      { origin: 'null', fetchSite: 'cross-site', host: 'murmur.example' },
      false,
    ],
    ['origin null alone', { origin: 'null', fetchSite: undefined, host: 'murmur.example' }, false],
    [
      'Origin lies, browser knows',
      { origin: BASE, fetchSite: 'cross-site', host: 'murmur.example' },
      false,
    ],
    [
      'a loopback name beside the base URL',
      { origin: 'http://127.0.0.1:3000', fetchSite: 'same-origin', host: '127.0.0.1:3000' },
      true,
    ],
    [
      'another local program',
      { origin: 'http://127.0.0.1:9999', fetchSite: undefined, host: '127.0.0.1:3000' },
      false,
    ],
  ])('%s: %o', (_, headers, isOwn) => {
    expect(isSameOrigin(headers, BASE)).toBe(isOwn)
  })

  it('gives each session a form token of its own that does not show the session', () => {
    expect(makeFormToken('a')).not.toBe(makeFormToken('b'))
    expect(makeFormToken('a')).toBe(makeFormToken('a'))
    expect(makeFormToken('secret-session')).not.toContain('secret')
  })
})
