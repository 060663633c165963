import { findSentenceEnds } from '../../text/find-sentence-ends.ts'
import { cleanText, type EpisodeText } from './episode-text.ts'
import type { Passage } from './passage.ts'
import { leansOnOthers } from './score-standing.ts'

/** What notes say about following, paying and listening is no description. */
const NO_DESCRIPTION =
  /https?:|www\.|@\w|\b(?:subscribe|follow us|sponsor|support (?:the|this|us)|patreon|sign up|show notes|transcript|newsletter|rate and review|leave a review|learn more about your ad|promo code|% off|privacy policy|apple podcasts|spotify|join us on|click here|links? (?:mentioned|below)|produced by|edited by|music by|copyright|advertis)/i
const MIN_WORDS = 6
const MAX_WORDS = 60
/** The host says what it is about within this share of the words, and within so many seconds. */
const INTRO_SHARE = 0.15
const INTRO_SECONDS = 180
/** A sentence about the speaker describes no episode: loss per share of such words. */
const PERSONAL_LOSS = 8
/** Only the start of long notes is looked at. In characters. */
const NOTES_CHARS = 4000

/**
 * One sentence on what the episode is about: the first of the notes that says something, else the
 * host's own opening, else the most telling sentence; empty when there is none.
 *
 * Creators' notes and openings beat extracted sentences by far: TREC Podcasts 2020, table 7.
 */
export function describeEpisode(
  notes: string | null,
  text: EpisodeText,
  candidates: readonly Passage[],
): string {
  return fromNotes(notes ?? '', text.reading.language) ?? fromIntro(text) ?? best(text, candidates)
}

function fromNotes(notes: string, language: string): string | null {
  const paragraphs = notes.slice(0, NOTES_CHARS).split(/\n+/)
  for (const paragraph of paragraphs) {
    const line = paragraph.replace(/\s+/g, ' ').trim()
    const ends = findSentenceEnds(line, language)
    let from = 0
    for (const end of [...ends, line.length]) {
      const sentence = line.slice(from, end).trim()
      from = end
      const words = sentence.split(' ').length
      if (words < MIN_WORDS || words > MAX_WORDS || NO_DESCRIPTION.test(sentence)) continue
      if (/^(?:\d{1,2}:\d\d|[-•*–(\d])|:$/.test(sentence)) continue
      return sentence
    }
  }
  return null
}

function fromIntro(text: EpisodeText): string | null {
  const { reading, cues, isAd, unit } = text
  if (cues === null) return null
  for (const utterance of reading.utterances) {
    const segment = reading.segments[utterance.segmentFirst]
    const isLate = unit === 'time' && (segment?.start ?? 0) > INTRO_SECONDS
    if (isLate || utterance.tokenFrom > reading.tokens.count * INTRO_SHARE) return null
    const words = utterance.tokenTo - utterance.tokenFrom
    if (isAd[utterance.index] === 1 || utterance.isQuestion || !utterance.isWhole) continue
    if (words < MIN_WORDS + 2 || words > MAX_WORDS) continue
    const sentence = cleanText(text, utterance.from, utterance.to)
    if (!cues.intro.test(sentence.toLowerCase()) || leansOnOthers(sentence, cues)) continue
    return sentence
  }
  return null
}

/** Share of words such as "I" and "you" in a passage. */
function personalShare({ reading, cues }: EpisodeText, { from, to, words }: Passage): number {
  const said = reading.text.slice(from, to).toLowerCase().replaceAll('’', "'")
  const count = (said.match(/[\p{L}']+/gu) ?? []).filter((word) => cues?.personal.has(word)).length
  return count / Math.max(1, words)
}

function best(text: EpisodeText, candidates: readonly Passage[]): string {
  let top: Passage | undefined
  let most = 0
  for (const candidate of candidates) {
    if (candidate.first !== candidate.last || candidate.prior <= most) continue
    const personal = personalShare(text, candidate)
    const score = candidate.prior * Math.max(0.1, 1 - PERSONAL_LOSS * personal)
    if (score > most) {
      most = score
      top = candidate
    }
  }
  return top === undefined ? '' : cleanText(text, top.from, top.to)
}
