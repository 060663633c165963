import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Failure, messageOf } from '../../model/failure.ts'
import type { PageFrame } from '../page-frame.ts'
import { Notice } from '../parts/notice.tsx'
import { Layout } from './layout.tsx'

const STATUS_OF_CODE: ReadonlyMap<string, ContentfulStatusCode> = new Map([
  ['wrong-host', 421],
  ['sign-in-needed', 403],
  ['foreign-form', 403],
  ['form-too-large', 413],
  ['bad-form', 400],
  ['page-not-found', 404],
  ['episode-not-found', 404],
  ['source-not-found', 404],
  ['digest-not-found', 404],
  ['delivery-not-found', 404],
  ['email-taken', 409],
])

/** The status for what was thrown: by its code where one is known, else by who must act. */
export function statusOf(error: unknown): ContentfulStatusCode {
  if (!(error instanceof Failure)) return 500
  const known = STATUS_OF_CODE.get(error.code)
  if (known !== undefined) return known
  return error.blame === 'caller' ? 400 : error.blame === 'outside' ? 502 : 500
}

const HEADINGS: ReadonlyMap<number, string> = new Map([
  [400, 'That did not work'],
  [403, 'That was not let through'],
  [404, 'Nothing is at this address'],
  [409, 'That is taken'],
  [413, 'That was too much at once'],
  [421, 'Wrong address'],
  [502, 'Something outside did not answer'],
])

/** What happened and what to do, for any error; in development with the stack as well. */
export function ErrorPage({ frame, error }: { frame: PageFrame; error: unknown }) {
  const heading = HEADINGS.get(statusOf(error)) ?? 'Something broke here'
  return (
    <Layout frame={frame} title={heading} class="narrow">
      <h1>{heading}</h1>
      <Notice kind="error">
        <p>{messageOf(error)}</p>
      </Notice>
      <p>
        <a href="/">Back to the front page</a>
      </p>
      {frame.development && error instanceof Error && !(error instanceof Failure) && (
        <pre class="stack">{error.stack}</pre>
      )}
    </Layout>
  )
}

/** The one Failure for an address with nothing behind it, or nothing that the one who asks may see. */
export function pageNotFound(): Failure {
  return new Failure(
    'page-not-found',
    'caller',
    'There is no page here, or it is one that you may not see. If somebody sent you the link, ask them whether it is for members; otherwise start from the front page.',
  )
}
