import { isUtf8 } from 'node:buffer'
import { setImmediate as breathe } from 'node:timers/promises'
import iconv from 'iconv-lite'

export interface DecodeHints {
  /** The `Content-Type` header that came with the bytes. */
  contentType?: string | null | undefined
}

const HEAD_BYTES = 4096
const SLICE_BYTES = 1_000_000

/** Labels that everyone uses for a wider set than their name says (WHATWG Encoding Standard). */
const WIDER: Record<string, string> = {
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  iso8859_1: 'windows-1252',
  latin1: 'windows-1252',
  l1: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  'tis-620': 'windows-874',
  gb2312: 'gb18030',
  gb_2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  'euc-kr': 'cp949',
  'ks_c_5601-1987': 'cp949',
  ksc5601: 'cp949',
  shift_jis: 'cp932',
  'shift-jis': 'cp932',
  sjis: 'cp932',
  'x-sjis': 'cp932',
}

/**
 * Bytes of the web as text, whatever they call themselves.
 *
 * A byte order mark decides, then the look of UTF-16 and UTF-32, then whether the bytes are valid
 * UTF-8 whatever their label says, then the charset of the HTTP header, of the XML declaration and
 * of an HTML meta element; else Windows-1252, or damaged UTF-8 where most of it is sound. The text
 * holds no byte order mark, no NUL and no lone surrogate. Never throws.
 */
export function decodeText(bytes: Uint8Array, hints: DecodeHints = {}): string {
  const buffer = asBuffer(bytes)
  const { encoding, skip } = encodingOf(buffer, hints)
  return cleaned(iconv.decode(buffer.subarray(skip), encoding, { stripBOM: true }))
}

/** The same for texts of many megabytes, with pauses, so that the event loop goes on. */
export async function decodeTextInSlices(
  bytes: Uint8Array,
  hints: DecodeHints = {},
): Promise<string> {
  const buffer = asBuffer(bytes)
  const { encoding, skip } = encodingOf(buffer, hints)
  const decoder = iconv.getDecoder(encoding, { stripBOM: true })
  const parts: string[] = []
  for (let at = skip; at < buffer.length; at += SLICE_BYTES) {
    parts.push(decoder.write(buffer.subarray(at, at + SLICE_BYTES)))
    await breathe()
  }
  parts.push(decoder.end() ?? '')
  return cleaned(parts.join(''))
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function encodingOf(buffer: Buffer, hints: DecodeHints): { encoding: string; skip: number } {
  const marked = byteOrderMark(buffer)
  if (marked !== null) return marked
  const wide = wideEncoding(buffer)
  if (wide !== null) return { encoding: wide, skip: 0 }
  const labels = labelsOf(buffer, hints)
  // Shift sequences of ISO-2022 are ASCII bytes, which any check for UTF-8 lets pass.
  const shifted = labels.find((label) => label.startsWith('iso-2022'))
  if (shifted !== undefined && buffer.includes(0x1b) && iconv.encodingExists(shifted)) {
    return { encoding: shifted, skip: 0 }
  }
  if (isUtf8(buffer)) return { encoding: 'utf8', skip: 0 }
  const legacy = labels.find((label) => !/^utf-?(?:8|16|32)/.test(label))
  if (legacy !== undefined) return { encoding: legacy, skip: 0 }
  return { encoding: isMostlyUtf8(buffer) ? 'utf8' : 'windows-1252', skip: 0 }
}

function byteOrderMark(buffer: Buffer): { encoding: string; skip: number } | null {
  const [a, b, c, d] = buffer
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf8', skip: 3 }
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', skip: 4 }
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', skip: 4 }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', skip: 2 }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2 }
  return null
}

/** UTF-16 and UTF-32 without a mark, seen by the NULs around their first sign. */
function wideEncoding(buffer: Buffer): string | null {
  const [a, b, c, d] = buffer
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null
  if (a === 0 && b === 0 && c === 0 && d !== 0) return 'utf-32be'
  if (a !== 0 && b === 0 && c === 0 && d === 0) return 'utf-32le'
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'utf-16be'
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le'
  return null
}

/** What the bytes are said to be, in order of trust, as names that iconv-lite knows. */
function labelsOf(buffer: Buffer, { contentType }: DecodeHints): string[] {
  const head = buffer.subarray(0, HEAD_BYTES).toString('latin1')
  const said = [
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1],
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1],
    /<meta[^>]{0,500}?charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1],
  ]
  const labels: string[] = []
  for (const label of said) {
    if (label === undefined) continue
    const lower = label.toLowerCase()
    const name = WIDER[lower] ?? lower
    if (iconv.encodingExists(name)) labels.push(name)
  }
  return labels
}

/** True when nine of ten sequences beyond ASCII are sound UTF-8: a damaged file, not another set. */
function isMostlyUtf8(buffer: Buffer): boolean {
  const sample = buffer.subarray(0, 200_000)
  let beyond = 0
  for (const byte of sample) if (byte >= 0xc2) beyond++
  let damaged = 0
  for (const sign of sample.toString('utf8')) if (sign === '\ufffd') damaged++
  return beyond > 0 && damaged * 10 <= beyond
}

function cleaned(text: string): string {
  const withoutMark = text.startsWith('\ufeff') ? text.slice(1) : text
  return withoutMark.replaceAll('\u0000', '').toWellFormed()
}
