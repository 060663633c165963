/** How large texts are as UTF-8 and in the two ways that mail carries them. */
export type WireSize = { bytes: number; quotedPrintable: number }

/** Measures a text. Lines are wrapped on the wire, which costs some four bytes in a hundred. */
export function measureWireSize(text: string): WireSize {
  let bytes = 0
  let escaped = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) {
      bytes++
      if (code === 0x3d || code < 0x20) escaped++
      continue
    }
    // Each half of a surrogate pair stands for two of its four bytes.
    const length = code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3
    bytes += length
    escaped += length
  }
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
