import { readCues } from './cue-lines.ts'
import type { ParsedFormat } from './parsed-format.ts'

/** SubRip, also with dots for commas, without hours or numbers, and with broken arrows. */
export function parseSrt(text: string): ParsedFormat {
  const segments = readCues(text).map(({ start, end, lines }) => {
    return { start, end, speaker: null, text: lines.join('\n').trim() }
  })
  return { segments, isTimed: true, carriesSpeakers: true }
}
