import type { Segment } from '../model/transcript.ts'
import { isTimesLine } from './formats/cue-lines.ts'
import { parseHtml } from './formats/html.ts'
import type { ParsedFormat } from './formats/parsed-format.ts'
import { parsePlain } from './formats/plain.ts'
import { parsePodcastJson } from './formats/podcast-json.ts'
import { parseSrt } from './formats/srt.ts'
import { parseVtt } from './formats/vtt.ts'
import { mendSegments } from './mend-segments.ts'

export type TranscriptFormat = 'srt' | 'vtt' | 'json' | 'html' | 'plain'

export interface ParsedTranscript {
  /** Sound segments, as `transcriptSchema` asks for; empty when the text is no transcript. */
  segments: Segment[]
  /** False when the text has no times: segments then carry paragraph indexes, as origin `text`. */
  isTimed: boolean
  format: TranscriptFormat | null
  /** What was wrong, as sentences for readers. */
  warnings: string[]
}

const PARSERS: Record<TranscriptFormat, (text: string) => ParsedFormat> = {
  srt: parseSrt,
  vtt: parseVtt,
  json: parsePodcastJson,
  html: parseHtml,
  plain: parsePlain,
}

/**
 * Reads a transcript in any format that publishers offer. The text itself decides which it is; the
 * media type and the address only where the text does not. Never throws: what is no transcript
 * gives no segments and a warning that says why.
 */
export function parseTranscript(
  text: string,
  { type, url }: { type?: string | undefined; url?: string | undefined } = {},
): ParsedTranscript {
  const trimmed = text.startsWith('\ufeff') ? text.slice(1) : text
  const format = sniffFormat(trimmed, { type, url })
  if (typeof format !== 'string') return nothing(format.reason)
  const parsed = PARSERS[format](trimmed)
  const segments = mendSegments(parsed.segments, parsed)
  if (segments.length === 0) return nothing('The file holds no spoken words.', format)
  return { segments, isTimed: parsed.isTimed, format, warnings: [] }
}

function nothing(reason: string, format: TranscriptFormat | null = null): ParsedTranscript {
  return { segments: [], isTimed: false, format, warnings: [reason] }
}

function sniffFormat(
  text: string,
  said: { type?: string | undefined; url?: string | undefined },
): TranscriptFormat | { reason: string } {
  const head = text.slice(0, 20_000).trimStart()
  if (head === '') return { reason: 'The file is empty.' }
  if (head.startsWith('%PDF-') || /(?!\s)\p{Cc}(?!\s)\p{Cc}/u.test(head)) {
    return { reason: 'The file is not text.' }
  }
  if (/^WEBVTT(?:\s|$)/.test(head)) return 'vtt'
  const hasCues = head.split(/\r\n?|\n/).some(isTimesLine)
  const named = namedFormat(said)
  if (hasCues) return named === 'vtt' ? 'vtt' : 'srt'
  if (/^[[{]/.test(head) && (named === 'json' || /^[[{]\s*(?:["{\]}]|$)/.test(head))) return 'json'
  if (isPage(head) && named !== null && named !== 'html') {
    return { reason: 'The address answered with a web page instead of a transcript.' }
  }
  return /<(?:p|cite|time|div|br|span|html|body|li|h[1-6])[\s/>]/i.test(head) ? 'html' : 'plain'
}

function isPage(head: string): boolean {
  return /^(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*>\s*)?<(?:!doctype\s+html|html|head)[\s>]/i.test(head)
}

function namedFormat({
  type = '',
  url = '',
}: {
  type?: string | undefined
  url?: string | undefined
}): TranscriptFormat | null {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  for (const name of [type.toLowerCase(), path.slice(-8).toLowerCase()]) {
    if (name.includes('vtt')) return 'vtt'
    if (/srt|subrip/.test(name)) return 'srt'
    if (name.includes('json')) return 'json'
    if (name.includes('htm')) return 'html'
    if (/plain|\.txt$|\.md$|markdown/.test(name)) return 'plain'
  }
  return null
}
