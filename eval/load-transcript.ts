import { readFileSync } from 'node:fs'
import type { Transcript } from '../src/model/transcript.ts'
import { parseTranscript } from '../src/transcripts/parse-transcript.ts'

/** A transcript file as the line would hand it on; null for files that are none. */
export function loadTranscript(path: string): Transcript | null {
  const { segments, isTimed } = parseTranscript(readFileSync(path, 'utf8'), { url: path })
  if (segments.length === 0) return null
  return { language: 'und', origin: isTimed ? 'publisher' : 'text', segments }
}
