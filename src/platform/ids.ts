import { v5, v7 } from 'uuid'

/** A new identity: UUIDv7, so that rows made together lie together. */
export function newId(): string {
  return v7()
}

const NAMESPACE = '8a0c1f5e-8a55-4a0e-9d0c-6b1f8f2c7d11'

/**
 * The identity of something that is known by its parts, such as one reader's digest of one date:
 * the same parts give the same id on every machine and after every restore (UUIDv5, RFC 9562).
 */
export function idOf(...parts: readonly string[]): string {
  return v5(parts.map((part) => `${part.length}:${part}`).join(''), NAMESPACE)
}
