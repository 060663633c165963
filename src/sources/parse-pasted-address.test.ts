import { describe, expect, it } from 'vitest'
import { parsePastedAddress } from './parse-pasted-address.ts'

describe('parsePastedAddress', () => {
  it.each([
    [' example.org/feed \n', 'https://example.org/feed'],
    ['http://example.org', 'http://example.org/'],
    ['example.org:8080/feed', 'https://example.org:8080/feed'],
    ['localhost:8000/feed.xml', 'https://localhost:8000/feed.xml'],
    ['feed:https://example.org/a', 'https://example.org/a'],
    ['feed://example.org/a', 'https://example.org/a'],
    ['itpc://example.org/a', 'https://example.org/a'],
    ['<https://example.org/a>,', 'https://example.org/a'],
    ['Listen here: https://example.org/a today', 'https://example.org/a'],
    ['@harbour.light', 'https://www.youtube.com/@harbour.light'],
    ['UCabcdefghijklmnopqrstuv', 'https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv'],
    ['https://ada:pw@example.org/a', 'https://ada:pw@example.org/a'],
    ['sample:show/feed.xml', 'sample:show/feed.xml'],
  ])('%j → %s', (text, url) => {
    expect(parsePastedAddress(text)).toEqual({ url })
  })

  it.each([
    ['', /is not a web address/],
    ['harbour light', /“harbour light” is not a web address/],
    ['file:///etc/passwd', /is not a web address/],
    ['javascript:alert(1)', /is not a web address/],
    ['ada@example.org', /is an e-mail address/],
    ['x'.repeat(100_000), /^“x{80}” is not/],
  ])('%.30j is none', (text, reason) => {
    const address = parsePastedAddress(text)
    expect(address).toMatchObject({ url: null, reason: expect.stringMatching(reason) })
  })
})
