/** As `JSON.stringify` writes what jsonb refuses: NUL, and halves of surrogate pairs. */
const NOT_STORABLE = /\\u(?:0000|d[89a-f])/

/**
 * The text of a jsonb value. NUL is left out and a half of a surrogate pair becomes U+FFFD: Postgres
 * refuses both, and feeds contain both.
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value)
  return NOT_STORABLE.test(json) ? JSON.stringify(value, clean) : json
}

function clean(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value
}
