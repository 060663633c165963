import type { Segment, Transcript } from '../model/transcript.ts'
import { NON_SPEECH } from './clean-copy.ts'
import { identifyLanguage } from './identify-language.ts'
import { type SpokenText, splitUtterances, type Utterance } from './split-utterances.ts'
import { type Tokens, tokenise } from './tokenise.ts'
import { NO_STEM } from './vocabulary.ts'

/** A transcript as the rest of the program reads it. Offsets are characters of `text`. */
export type Reading = {
  /** The raw text of all segments, joined by single spaces: what quotes are taken from. */
  readonly text: string
  readonly segments: readonly Segment[]
  /** First character of each segment. */
  readonly segmentFrom: Int32Array
  /** Two-letter tag, or `und`. */
  readonly language: string
  readonly tokens: Tokens
  readonly utterances: readonly Utterance[]
  /** True when the transcript has sentence marks that can be trusted. */
  readonly isPunctuated: boolean
}

/** Reads a transcript. `declared` is the language that the feed gives. Linear in the words. */
export function readTranscript(transcript: Transcript, declared: string | null): Reading {
  const segments = transcript.segments.filter(({ text }) => text.trim() !== '')
  const segmentFrom = new Int32Array(segments.length)
  const parts: string[] = []
  let length = 0
  for (const [index, { text }] of segments.entries()) {
    segmentFrom[index] = length
    parts.push(text)
    length += text.length + 1
  }
  const text = parts.join(' ')
  const given = transcript.language === 'und' ? declared : transcript.language
  const language = identifyLanguage(text, given)
  const tokens = tokenise(text, language)
  muteNonSpeech(text, tokens)
  const spoken: SpokenText = { text, segments, segmentFrom, tokens, language }
  const { utterances, isPunctuated } = splitUtterances(spoken)
  return { text, segments, segmentFrom, language, tokens, utterances, isPunctuated }
}

/** What transcribers put in brackets was not said: it has no topic. */
function muteNonSpeech(text: string, tokens: Tokens): void {
  let at = 0
  for (const match of text.matchAll(NON_SPEECH)) {
    const end = match.index + match[0].length
    while (at < tokens.count && (tokens.from[at] ?? 0) < match.index) at++
    while (at < tokens.count && (tokens.from[at] ?? 0) < end) tokens.stem[at++] = NO_STEM
  }
}
