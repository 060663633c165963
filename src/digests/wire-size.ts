/** How large texts are as UTF-8 and in the two ways that mail carries them. */
export type WireSize = { bytes: number; quotedPrintable: number }

/**
 * Measures a text: its bytes exactly, quoted-printable at most. A character of two bytes or more
 * has at most two escaped bytes for each byte that it has over one. Lines are wrapped on the wire,
 * which costs some four bytes in a hundred.
 */
export function measureWireSize(text: string): WireSize {
  const bytes = Buffer.byteLength(text)
  let escaped = 2 * (bytes - text.length)
  for (let i = text.indexOf('='); i >= 0; i = text.indexOf('=', i + 1)) escaped++
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) escaped++
  return { bytes, quotedPrintable: Math.ceil((bytes + 2 * escaped) * 1.045) }
}

/** The sum of two sizes. */
export function addWireSize(a: WireSize, b: WireSize): WireSize {
  return { bytes: a.bytes + b.bytes, quotedPrintable: a.quotedPrintable + b.quotedPrintable }
}

/** Bytes on the wire in the shorter of quoted-printable and base64. */
export function wireBytes(size: WireSize): number {
  return Math.min(size.quotedPrintable, Math.ceil(size.bytes * (4 / 3) * (78 / 76)) + 4)
}
