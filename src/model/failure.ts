/** Who must act: the one who asked, something outside our control, or we ourselves. */
export type Blame = 'caller' | 'outside' | 'us'

/**
 * The only error that this product throws on purpose.
 *
 * `code` is kebab-case and stable: callers branch on it, never on the message. The message says
 * what failed, for which item, and what to do about it, in a sentence fit for a reader's screen:
 * no secrets, no answers of internal services, no stack.
 */
export class Failure extends Error {
  readonly code: string
  readonly blame: Blame

  constructor(code: string, blame: Blame, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'Failure'
    this.code = code
    this.blame = blame
  }
}

/** True when `error` is a Failure, with `code` if one is given. */
export function isFailure(error: unknown, code?: string): error is Failure {
  return error instanceof Failure && (code === undefined || error.code === code)
}

/** The sentence to show for anything that was thrown. Only a Failure may speak for itself. */
export function messageOf(error: unknown): string {
  if (error instanceof Failure) return error.message
  return 'Something went wrong inside murmurcast. The log has the details.'
}
