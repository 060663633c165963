import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { Segment, Transcript } from '../src/model/transcript.ts'
import { parseHtml } from '../src/transcripts/formats/html.ts'
import type { ParsedFormat } from '../src/transcripts/formats/parsed-format.ts'
import { parsePlain } from '../src/transcripts/formats/plain.ts'
import { parsePodcastJson } from '../src/transcripts/formats/podcast-json.ts'
import { parseSrt } from '../src/transcripts/formats/srt.ts'
import { parseVtt } from '../src/transcripts/formats/vtt.ts'

const PARSERS: Readonly<Record<string, (text: string) => ParsedFormat>> = {
  '.srt': parseSrt,
  '.vtt': parseVtt,
  '.json': parsePodcastJson,
  '.html': parseHtml,
  '.md': parsePlain,
  '.txt': parsePlain,
}

/** A transcript file as the line would hand it on; null for files that are none. */
export function loadTranscript(path: string): Transcript | null {
  const parse = PARSERS[extname(path)]
  if (parse === undefined) return null
  const { segments, isTimed } = parse(readFileSync(path, 'utf8'))
  const sound = segments.map(soundSegment).filter(({ text }) => text !== '')
  sound.sort((a, b) => a.start - b.start)
  if (sound.length === 0) return null
  return { language: 'und', origin: isTimed ? 'publisher' : 'text', segments: sound }
}

function soundSegment({ start, end, speaker, text }: Segment): Segment {
  const from = Math.max(0, start)
  return {
    start: from,
    end: Math.max(from, end),
    speaker: speaker?.trim() || null,
    text: text
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  }
}
