import type { Segment } from '../../model/transcript.ts'
import { decodeEntities } from '../../text/html/decode-entities.ts'
import { type Cue, readCues } from './cue-lines.ts'
import type { ParsedFormat } from './parsed-format.ts'

const VOICE = /<v(?:\.[^\s>]*)?[ \t]+([^>]{1,200})>/gi
/** Blocks that are not cues (WebVTT §4.1): comments, style sheets, regions. */
const ASIDE = /^(?:NOTE|STYLE|REGION)(?:\s|$)/

/** WebVTT with voice tags; comments, styles and regions are left out. */
export function parseVtt(text: string): ParsedFormat {
  const segments: Segment[] = []
  for (const cue of readCues(withoutAsides(text))) segments.push(...segmentsOf(cue))
  const hasVoices = segments.some(({ speaker }) => speaker !== null)
  return { segments, isTimed: true, carriesSpeakers: !hasVoices }
}

function withoutAsides(text: string): string {
  const kept: string[] = []
  let isAside = false
  let wasBlank = true
  for (const line of text.split(/\r\n?|\n/)) {
    const isBlank = line.trim() === ''
    if (isBlank) isAside = false
    else if (wasBlank && ASIDE.test(line) && !line.includes('-->')) isAside = true
    if (!isAside) kept.push(line)
    wasBlank = isBlank
  }
  return kept.join('\n')
}

/** One segment for each voice of a cue; its time is shared out by the length of what they say. */
function segmentsOf({ start, end, lines }: Cue): Segment[] {
  const text = lines.join('\n').trim()
  const voices = [...text.matchAll(VOICE)]
  const [first] = voices
  if (first === undefined) return [{ start, end, speaker: null, text }]
  const parts = [{ speaker: null as string | null, text: text.slice(0, first.index) }]
  for (const [index, voice] of voices.entries()) {
    const from = voice.index + voice[0].length
    const to = voices[index + 1]?.index ?? text.length
    parts.push({
      speaker: decodeEntities(voice[1] ?? '').trim() || null,
      text: text.slice(from, to),
    })
  }
  const spoken = parts.filter((part) => part.text.replace(/<[^>]*>/g, '').trim() !== '')
  return sharedOut(spoken, { start, end })
}

function sharedOut(
  parts: readonly { speaker: string | null; text: string }[],
  { start, end }: { start: number; end: number },
): Segment[] {
  const total = parts.reduce((sum, part) => sum + part.text.length, 0)
  let at = start
  return parts.map(({ speaker, text }, index) => {
    const from = at
    at = index === parts.length - 1 ? end : from + ((end - start) * text.length) / total
    return { start: from, end: at, speaker, text: text.trim() }
  })
}
