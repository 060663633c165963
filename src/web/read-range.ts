/** Offsets of the first and the last byte. */
export type ByteRange = { start: number; end: number }

/**
 * Reads a Range header (RFC 9110 14.2) for something of `size` bytes. Null when all of it should be
 * sent: without a header, for other units, and for several ranges at once, which players do not ask
 * for. Players need ranges to jump to a minute.
 */
export function readRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (start >= size) return 'unsatisfiable'
  return start > end ? null : { start, end }
}
