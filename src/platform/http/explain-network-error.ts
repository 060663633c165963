import { errors } from 'undici'
import { Failure } from '../../model/failure.ts'
import { ForbiddenAddress, NoAddress } from './checked-lookup.ts'
import { describeMs } from './describe-amounts.ts'
import type { Hop } from './follow-redirects.ts'
import { type HttpFailureCode, httpFailure } from './http-failures.ts'
import { ProxyFailure } from './open-tunnel.ts'

interface Limits {
  readonly connectTimeoutMs: number
  readonly headersTimeoutMs: number
  readonly idleTimeoutMs: number
}

type Explanation = readonly [code: HttpFailureCode, detail?: string]

/** Codes of undici and of Node's net, dns and http parts. */
const BY_CODE: ReadonlyMap<string, (limits: Limits) => Explanation> = new Map([
  ['UND_ERR_CONNECT_TIMEOUT', noConnection],
  ['ETIMEDOUT', noConnection],
  ['UND_ERR_HEADERS_TIMEOUT', noAnswer],
  ['UND_ERR_BODY_TIMEOUT', fellSilent],
  ['UND_ERR_HEADERS_OVERFLOW', () => ['headers-too-large']],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', () => ['response-cut-short']],
  ['UND_ERR_SOCKET', () => ['response-cut-short']],
  ['UND_ERR_INVALID_ARG', () => ['request-invalid', 'a part of the request is not valid']],
  ['UND_ERR_NOT_SUPPORTED', () => ['request-invalid', 'a part of the request is not supported']],
  ['UND_ERR_CLOSED', () => ['fetch-closed']],
  ['UND_ERR_DESTROYED', () => ['fetch-closed']],
  ['ENOTFOUND', () => ['dns-failed']],
  ['ENODATA', () => ['dns-failed']],
  ['ESERVFAIL', () => ['dns-failed']],
  ['EAI_AGAIN', () => ['dns-failed']],
  ['EAI_FAIL', () => ['dns-failed']],
  ['EAI_NODATA', () => ['dns-failed']],
  ['EAI_NONAME', () => ['dns-failed']],
  ['EBADNAME', () => ['dns-failed']],
])

const TLS_DETAILS: ReadonlyMap<string, string> = new Map([
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet'],
  ['CERT_REVOKED', 'its certificate was revoked'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate belongs to another host'],
])
const UNKNOWN_SIGNER = 'its certificate is not signed by an authority we know'
const NO_COMMON_TLS = 'no secure connection could be agreed on'

const SIGNER_CODE = /SELF_SIGNED|UNABLE_TO_|INVALID_CA|CERT_(?:UNTRUSTED|REJECTED|CHAIN_TOO_LONG)/
const TLS_CODE = /^(?:ERR_TLS|ERR_SSL|CERT_|CRL_|EPROTO|INVALID_PURPOSE|PATH_LENGTH)|KEY_TOO_SMALL/
const DECODER_CODE = /^(?:Z_|ERR_|ZSTD_error_)(?!STREAM)/

/**
 * The Failure for anything that undici, the sockets or the decoders throw. A Failure passes
 * through. The message is made from error codes alone: the text of an error can quote what a
 * server inside the network said.
 */
export function explainNetworkError(error: unknown, hop: Hop, limits: Limits): Failure {
  if (error instanceof Failure) return error
  if (error instanceof ForbiddenAddress) {
    const detail = error.reason.replaceAll('-', ' ')
    return httpFailure('address-forbidden', hop.about, { detail, blame: hop.chosenBy })
  }
  const [code, detail = ''] = explain(error, limits)
  return httpFailure(code, hop.about, { detail, cause: causeOf(error) })
}

function explain(error: unknown, limits: Limits): Explanation {
  if (error instanceof NoAddress) return ['dns-failed']
  if (error instanceof ProxyFailure) return ['proxy-failed']
  if (error instanceof errors.HTTPParserError) return ['response-invalid']
  const code = codeOf(error)
  const known = BY_CODE.get(code)
  if (known !== undefined) return known(limits)
  if (SIGNER_CODE.test(code)) return ['tls-failed', UNKNOWN_SIGNER]
  if (TLS_CODE.test(code)) return ['tls-failed', TLS_DETAILS.get(code) ?? NO_COMMON_TLS]
  if (DECODER_CODE.test(code)) return ['response-damaged']
  return ['connection-failed']
}

/** Several addresses fail as one AggregateError, whose first error speaks for all. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** A parser's error carries the bytes that it stumbled over; a log must not print those. */
function causeOf(error: unknown): unknown {
  return error instanceof errors.HTTPParserError ? new Error(error.message) : error
}

function noConnection({ connectTimeoutMs }: Limits): Explanation {
  return ['timed-out', `did not accept a connection within ${describeMs(connectTimeoutMs)}`]
}

function noAnswer({ headersTimeoutMs }: Limits): Explanation {
  return ['timed-out', `did not answer within ${describeMs(headersTimeoutMs)}`]
}

function fellSilent({ idleTimeoutMs }: Limits): Explanation {
  return ['timed-out', `fell silent for ${describeMs(idleTimeoutMs)} in the middle of its answer`]
}
