import { type Blame, Failure } from '../../model/failure.ts'

type Kind = readonly [blame: Blame, sentence: (detail: string) => string]

const ALLOW_HINT = 'The owner can allow one host and port with MURMURCAST_FETCH_ALLOW.'

const KINDS = {
  'url-invalid': ['caller', () => 'is not a web address. Check how it is written.'],
  'request-invalid': ['us', (detail) => `cannot be asked like that: ${detail}.`],
  'scheme-forbidden': ['caller', () => 'cannot be opened: only http and https addresses can.'],
  'port-forbidden': [
    'caller',
    (port) => `asks for port ${port}, and only ports 80 and 443 are open. ${ALLOW_HINT}`,
  ],
  'address-forbidden': [
    'caller',
    (reason) =>
      `leads to an address that is not on the open internet (${reason}), so it was not opened. ${ALLOW_HINT}`,
  ],
  'own-instance': [
    'caller',
    () => 'is an address of this installation itself. Follow the original source instead.',
  ],
  'endpoint-only': [
    'us',
    () => 'is not the endpoint that the owner configured, so it was not opened.',
  ],
  'redirect-loop': ['outside', () => 'leads back to itself. Only its publisher can mend that.'],
  'too-many-redirects': [
    'outside',
    (most) => `was redirected more than ${most} times, so it was given up.`,
  ],
  'redirect-downgrade': [
    'outside',
    () => 'would carry a password over an open connection, so it was not followed.',
  ],
  'response-too-large': ['outside', (most) => `is larger than ${most}, so it was not read.`],
  'too-many-encodings': [
    'outside',
    () => 'is packed more than once (Content-Encoding), so it was not read.',
  ],
  'headers-too-large': ['outside', () => 'answered with too many headers, so it was not read.'],
  'timed-out': ['outside', (detail) => `${detail}. It may be busy; it can be tried again later.`],
  'dns-failed': [
    'outside',
    () => 'could not be found: its host name has no address. Check the spelling, or try later.',
  ],
  'connection-failed': [
    'outside',
    () => 'could not be reached: the connection failed. It can be tried again later.',
  ],
  'tls-failed': [
    'outside',
    (detail) => `could not be opened safely: ${detail}. Its publisher has to mend that.`,
  ],
  'response-invalid': ['outside', () => 'did not answer as a web server does.'],
  'response-cut-short': [
    'outside',
    () => 'stopped before the end of its answer. It can be tried again later.',
  ],
  'response-damaged': ['outside', () => 'sent an answer that cannot be unpacked.'],
  'proxy-failed': [
    'us',
    () => 'could not be opened through the configured proxy. Check the proxy and its settings.',
  ],
  'body-used': ['us', () => 'has already been read, and can be read only once.'],
  'fetch-closed': ['us', () => 'was not fetched because murmurcast is stopping.'],
} as const satisfies Record<string, Kind>

/** Codes of every Failure that leaves this folder; callers branch on them. */
export type HttpFailureCode = keyof typeof KINDS

/**
 * A Failure with the sentence of its code. `about` is the subject of that sentence and must be
 * fit for showing, as `describeTarget` makes it; `detail` fills the sentence's one gap.
 */
export function httpFailure(
  code: HttpFailureCode,
  about: string,
  extra: { detail?: string | number; blame?: Blame; cause?: unknown } = {},
): Failure {
  const [blame, sentence]: Kind = KINDS[code]
  const message = `${about} ${sentence(String(extra.detail ?? ''))}`
  return new Failure(code, extra.blame ?? blame, message, { cause: extra.cause })
}
