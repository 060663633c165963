import { errors } from 'undici'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../model/failure.ts'
import { ForbiddenAddress, NoAddress } from './checked-lookup.ts'
import { explainNetworkError } from './explain-network-error.ts'
import type { Hop } from './follow-redirects.ts'

const LIMITS = { connectTimeoutMs: 10_000, headersTimeoutMs: 10_000, idleTimeoutMs: 20_000 }
const HOP: Hop = {
  url: new URL('http://a.test/'),
  method: 'GET',
  headers: new Headers(),
  body: null,
  about: 'The feed at http://a.test/',
  chosenBy: 'caller',
}

const explain = (error: unknown) => explainNetworkError(error, HOP, LIMITS)
const withCode = (code: string) => Object.assign(new Error(`banner ${code}`), { code })

describe('explainNetworkError', () => {
  it.each([
    ['ENOTFOUND', 'dns-failed', 'its host name has no address'],
    ['EAI_AGAIN', 'dns-failed', 'its host name has no address'],
    ['ECONNREFUSED', 'connection-failed', 'the connection failed'],
    ['EHOSTUNREACH', 'connection-failed', 'the connection failed'],
    ['ETIMEDOUT', 'timed-out', 'within 10 seconds'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timed-out', 'did not answer within 10 seconds'],
    ['UND_ERR_BODY_TIMEOUT', 'timed-out', 'fell silent for 20 seconds'],
    ['CERT_HAS_EXPIRED', 'tls-failed', 'its certificate has expired'],
    ['CERT_NOT_YET_VALID', 'tls-failed', 'not valid yet'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-failed', 'belongs to another host'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-failed', 'not signed by an authority we know'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-failed', 'not signed by an authority we know'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-failed', 'not signed by an authority we know'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-failed', 'not signed by an authority we know'],
    ['ERR_SSL_DH_KEY_TOO_SMALL', 'tls-failed', 'no secure connection could be agreed on'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed', 'no secure connection could be agreed on'],
    ['EPROTO', 'tls-failed', 'no secure connection could be agreed on'],
    ['Z_DATA_ERROR', 'response-damaged', 'cannot be unpacked'],
    ['Z_BUF_ERROR', 'response-damaged', 'cannot be unpacked'],
    ['ERR__ERROR_FORMAT_PADDING_1', 'response-damaged', 'cannot be unpacked'],
    ['ZSTD_error_prefix_unknown', 'response-damaged', 'cannot be unpacked'],
    ['SOMETHING_NEW', 'connection-failed', 'the connection failed'],
  ])('says what %s means', (code, expected, sentence) => {
    const failure = explain(withCode(code))
    expect(failure.code).toBe(expected)
    expect(failure.message).toMatch(/^The feed at http:\/\/a\.test\/ /)
    expect(failure.message).toContain(sentence)
    expect(failure.message).not.toContain('banner')
    expect(failure.cause).toBeInstanceOf(Error)
  })

  it('lets the first of several attempts speak, and names what has no code', () => {
    const attempts = new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')])
    expect(explain(attempts).code).toBe('connection-failed')
    expect(explain(new NoAddress('a.test')).code).toBe('dns-failed')
    expect(explain('a string').code).toBe('connection-failed')
  })

  it('keeps a Failure and tells whose choice a forbidden address was', () => {
    const failure = new Failure('x', 'us', 'y')
    expect(explain(failure)).toBe(failure)
    const redirected = { ...HOP, chosenBy: 'outside' as const }
    const forbidden = new ForbiddenAddress('link-local')
    expect(explain(forbidden)).toMatchObject({ code: 'address-forbidden', blame: 'caller' })
    expect(explainNetworkError(forbidden, redirected, LIMITS).blame).toBe('outside')
  })

  it('row 15: drops the bytes that a parser stumbled over', () => {
    const failure = explain(Object.assign(new errors.HTTPParserError('bad'), { data: 'banner' }))
    expect(failure.code).toBe('response-invalid')
    expect(JSON.stringify(Object.entries(failure.cause ?? {}))).not.toContain('banner')
  })
})
