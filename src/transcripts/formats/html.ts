import { htmlToText } from '../../text/html/html-to-text.ts'
import type { ParsedFormat } from './parsed-format.ts'
import { parsePlain } from './plain.ts'

/**
 * Transcripts as HTML: Podcasting 2.0's `<cite>`, `<time>` and `<p>`, or paragraphs as pages have
 * them. Without their markup they are lines of names, times and paragraphs.
 */
export function parseHtml(text: string): ParsedFormat {
  return parsePlain(htmlToText(text))
}
