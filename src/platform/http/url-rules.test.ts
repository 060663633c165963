import { describe, expect, it } from 'vitest'
import { isFailure } from '../../model/failure.ts'
import { classifyAddress } from './address-rules.ts'
import { parseAllowList, parseOwnOrigins, readTarget, type UrlPolicy } from './url-rules.ts'

const WEB: UrlPolicy = {
  allowed: new Set(),
  own: new Set(),
  endpoint: null,
  isAnyPortOpen: false,
}

function judge(raw: string, policy: Partial<UrlPolicy> = {}): string {
  const verdict = readTarget(raw, { ...WEB, ...policy })
  return verdict.ok ? verdict.target.url.href : verdict.code
}

/** What the host of `raw` is, when it is written as an address in whatever spelling. */
function judgeHost(raw: string): string {
  const verdict = readTarget(raw, { ...WEB, isAnyPortOpen: true })
  if (!verdict.ok) return verdict.code
  return classifyAddress(verdict.target.url.hostname.replace(/^\[|\]$/g, ''))
}

describe('readTarget', () => {
  it.each([
    ['http://127.1/', 'loopback'],
    ['http://127.0.1/', 'loopback'],
    ['http://0177.0.0.1/', 'loopback'],
    ['http://0x7f.1/', 'loopback'],
    ['http://0x7f000001/', 'loopback'],
    ['http://2130706433/', 'loopback'],
    ['http://017700000001/', 'loopback'],
    ['http://0/', 'this-network'],
    ['http://0x7f.0.0x0.01/', 'loopback'],
    ['http://0251.0376.0251.0376/', 'link-local'],
    ['http://0xA9.0xFE.43518/', 'link-local'],
    ['http://2852039166/', 'link-local'],
    ['http://127.0.0.1./', 'loopback'],
    ['http://127。0。0。1/', 'loopback'],
    ['http://①②⑦.⓪.⓪.①/', 'loopback'],
    ['http://[::ffff:7f00:1]/', 'loopback'],
    ['http://[::1]/', 'loopback'],
    ['http://010.8.8.8/', 'public'],
    ['http://425.510.425.510/', 'url-invalid'],
    ['http://0x41414141A9FEA9FE/', 'url-invalid'],
    ['http://[fe80::1%25eth0]/', 'url-invalid'],
  ])('row 2: the host of %s is %s', (url, verdict) => {
    expect(judgeHost(url)).toBe(verdict)
  })

  it.each([
    ['http://a@b/', 'http://b/'],
    ['http://good.example@evil.example/', 'http://evil.example/'],
    ['http://evil.example\\@good.example/', 'http://evil.example/@good.example/'],
    ['http:\\\\good.example\\path', 'http://good.example/path'],
    ['ht\ttp://good.exa\r\nmple/\tpath', 'http://good.example/path'],
    ['  http://good.example/  ', 'http://good.example/'],
    ['http:good.example', 'http://good.example/'],
    ['http://good。example/', 'http://good.example/'],
    ['http://good.example./', 'http://good.example./'],
    ['http://bücher.example/', 'http://xn--bcher-kva.example/'],
    ['http://ⓔⓧⓐⓜⓟⓛⓔ.ⓒⓞⓜ/', 'http://example.com/'],
    ['http://good.example/a#secret', 'http://good.example/a'],
    ['http://good.example:80/', 'http://good.example/'],
    ['https://good.example:80/', 'https://good.example:80/'],
    ['http://good.example:443/', 'http://good.example:443/'],
    ['http://good.example:22/', 'port-forbidden'],
    ['http://good.example:25/', 'port-forbidden'],
    ['https://good.example:5432/', 'port-forbidden'],
    ['http://good.example:6379/', 'port-forbidden'],
    ['http://good.example:0/', 'port-forbidden'],
    ['http://good.example:65536/', 'url-invalid'],
    ['ftp://good.example/', 'scheme-forbidden'],
    ['file:///etc/passwd', 'scheme-forbidden'],
    ['gopher://good.example:80/_', 'scheme-forbidden'],
    ['data:text/html,hi', 'scheme-forbidden'],
    ['javascript:alert(1)', 'scheme-forbidden'],
    ['jar:http://good.example!/', 'scheme-forbidden'],
    ['//good.example/', 'url-invalid'],
    ['http://', 'url-invalid'],
    ['http://a b/', 'url-invalid'],
    ['', 'url-invalid'],
    [`http://good.example/${'a'.repeat(20_000)}`, 'url-invalid'],
  ])('row 10: %j becomes %s', (raw, expected) => {
    expect(judge(raw)).toBe(expected)
  })

  it.each([
    ['http://user:pass@good.example/', 'user:pass'],
    ['http://us%40er:p%3Aä@good.example/', 'us@er:p:ä'],
    ['http://user@good.example/', 'user:'],
    ['http://user:50%@good.example/', 'user:50%'],
  ])('row 16: takes user name and password out of %s', (url, pair) => {
    const verdict = readTarget(url, WEB)
    expect(verdict.ok && verdict.target.url.href).toBe('http://good.example/')
    expect(verdict.ok && verdict.target.authorization).toBe(
      `Basic ${Buffer.from(pair).toString('base64')}`,
    )
  })

  it('row 18: opens exactly the host and port that the owner allowed', () => {
    const allowed = parseAllowList(['rss.lan:8080', '[::1]:3000', '10.0.0.5:80'])
    expect(judge('http://rss.lan:8080/feed', { allowed })).toBe('http://rss.lan:8080/feed')
    expect(judge('http://RSS.lan.:8080/feed', { allowed })).toBe('http://rss.lan.:8080/feed')
    expect(judge('http://[0::1]:3000/', { allowed })).toBe('http://[::1]:3000/')
    expect(judge('http://rss.lan:8081/feed', { allowed })).toBe('port-forbidden')
    expect(judge('http://sub.rss.lan:8080/feed', { allowed })).toBe('port-forbidden')
    expect(judge('http://rss.lan.evil.example:8080/', { allowed })).toBe('port-forbidden')
  })

  it('opens nothing but its endpoint when it has one', () => {
    const policy = { endpoint: 'ollama.lan:11434' }
    expect(judge('http://ollama.lan:11434/v1', policy)).toBe('http://ollama.lan:11434/v1')
    expect(judge('http://ollama.lan/v1', policy)).toBe('endpoint-only')
    expect(judge('https://good.example/', policy)).toBe('endpoint-only')
  })

  it.each([
    ['https://murmur.example', 'https://murmur.example/feeds/all', 'own-instance'],
    ['https://murmur.example', 'http://MURMUR.example./feeds/all', 'own-instance'],
    ['https://murmur.example', 'https://other.example/', 'https://other.example/'],
    ['http://localhost:8080', 'http://localhost:8080/feeds', 'own-instance'],
    ['http://localhost:8080', 'http://localhost/feeds', 'http://localhost/feeds'],
  ])('row 17: with %s as our own, %s is %s', (own, url, expected) => {
    expect(judge(url, { own: parseOwnOrigins([own]) })).toBe(expected)
  })
})

describe('parseAllowList', () => {
  it.each([
    'rss.lan',
    '*.lan:80',
    '10.0.0.0/8:80',
    'http://rss.lan:80',
    'rss.lan:80/path',
    'user@rss.lan:80',
    'rss.lan:99999',
    ':80',
    '',
  ])('row 18: refuses %j', (entry) => {
    let error: unknown
    try {
      parseAllowList([entry])
    } catch (thrown) {
      error = thrown
    }
    expect(isFailure(error, 'fetch-allow-invalid')).toBe(true)
  })
})
