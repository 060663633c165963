import type { Transcript } from '../../model/transcript.ts'
import { findSentenceEnds } from '../../text/find-sentence-ends.ts'
import { type Reading, readTranscript } from '../../text/reading.ts'
import { NO_STEM } from '../../text/vocabulary.ts'
import { type Figure, findFigures, type Spoken } from './find-figures.ts'
import { findJudgements, type Judgement } from './find-judgements.ts'
import { findNames, type NameCount } from './find-names.ts'

/** What an episode tells, as grouping needs it. */
export type ToldEpisode = {
  episodeId: string
  sourceId: string
  title: string
  description: string
  publishedAt: Date | null
  transcript: Transcript
  /** Stretches left out of the summary, in the transcript's own unit. */
  ads: readonly { start: number; end: number }[]
  /** The show's title, its hosts: names that say nothing about what is told. */
  ownNames: readonly string[]
}

/**
 * An episode in figures, small enough to keep: what one is compared with another by. Made once per
 * episode; comparing profiles needs no transcript.
 */
export type EpisodeProfile = {
  episodeId: string
  sourceId: string
  /** Milliseconds since 1970; null when unknown. */
  at: number | null
  language: string
  words: number
  /** By lower-case form; `isHead` when title or description name it. */
  names: Map<string, NameCount & { isHead: boolean }>
  /** Stems that carry content, with their number of occurrences: the most frequent ones. */
  stems: Map<string, number>
  figures: Figure[]
  judgements: Judgement[]
  /** The smallest hashes of all runs of five words: equal texts have equal sketches. */
  sketch: number[]
}

const MAX_STEMS = 400
const MAX_NAMES = 150
const SKETCH_SIZE = 64
const SHINGLE_WORDS = 5

/** Reads an episode into its profile: linear in its words, some 20 ms for an hour of speech. */
export function profileEpisode(told: ToldEpisode): EpisodeProfile {
  const reading = readTranscript(told.transcript, null)
  const sentencesOf = told.transcript.origin === 'text' ? readParagraphs : readUtterances
  const spoken = sentencesOf(reading).filter(
    ({ start }) => !told.ads.some((ad) => start >= ad.start && start < ad.end),
  )
  const sentences = spoken.map(({ text }) => text)
  const head = [told.title, told.description]
  return {
    episodeId: told.episodeId,
    sourceId: told.sourceId,
    at: told.publishedAt?.getTime() ?? null,
    language: reading.language,
    words: reading.tokens.count,
    names: pickNames(findNames([...sentences, told.description], reading.language), head, told),
    stems: countStems(reading.tokens),
    figures: findFigures(spoken),
    judgements: findJudgements(spoken),
    sketch: sketchWords(reading.tokens.form, reading.tokens.vocabulary.forms),
  }
}

function readUtterances({ utterances, text, segments }: Reading): Spoken[] {
  return utterances.map((utterance) => ({
    text: text.slice(utterance.from, utterance.to).trim(),
    speaker: utterance.speaker,
    start: segments[utterance.segmentFirst]?.start ?? 0,
    isQuestion: utterance.isQuestion,
  }))
}

/** A heading without a full stop must not run on into the paragraph below it. */
function readParagraphs({ segments, language }: Reading): Spoken[] {
  return segments.flatMap(({ text, speaker, start }) => {
    const ends = [...findSentenceEnds(text, language), text.length]
    return ends
      .map((end, i) => text.slice(ends[i - 1] ?? 0, end).trim())
      .filter((sentence) => sentence !== '')
      .map((sentence) => ({ text: sentence, speaker, start, isQuestion: sentence.endsWith('?') }))
  })
}

function pickNames(
  names: Map<string, NameCount>,
  head: readonly string[],
  { ownNames }: Pick<ToldEpisode, 'ownNames'>,
): EpisodeProfile['names'] {
  const own = ` ${ownNames.join(' / ').toLowerCase()} `
  const headText = ` ${head
    .join(' / ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  const kept = [...names]
    .filter(([key]) => !own.includes(key) && !ownNames.some((o) => key.includes(o.toLowerCase())))
    .sort(([, a], [, b]) => b.count - a.count)
    .slice(0, MAX_NAMES)
  return new Map(
    kept.map(([key, name]) => [key, { ...name, isHead: headText.includes(` ${key} `) }]),
  )
}

function countStems(tokens: ReturnType<typeof readTranscript>['tokens']): Map<string, number> {
  const counts = new Map<number, number>()
  for (const stem of tokens.stem) {
    if (stem !== NO_STEM) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  }
  const top = [...counts].sort(([, a], [, b]) => b - a).slice(0, MAX_STEMS)
  return new Map(top.map(([stem, count]) => [tokens.vocabulary.stems[stem] ?? '', count]))
}

/** Bottom-k sketch (Broder, "On the resemblance and containment of documents", 1997), FNV-1a. */
function sketchWords(forms: Int32Array, words: readonly string[]): number[] {
  const hashes = words.map(hashWord)
  const smallest = new Set<number>()
  let largest = Number.POSITIVE_INFINITY
  for (let i = 0; i + SHINGLE_WORDS <= forms.length; i++) {
    let hash = 0
    for (let j = 0; j < SHINGLE_WORDS; j++) {
      hash = Math.imul(hash, 31) + (hashes[forms[i + j] ?? 0] ?? 0)
    }
    hash = mix(hash)
    if (hash >= largest || smallest.has(hash)) continue
    smallest.add(hash)
    if (smallest.size <= SKETCH_SIZE) continue
    smallest.delete(Math.max(...smallest))
    largest = Math.max(...smallest)
  }
  return [...smallest].sort((a, b) => a - b)
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash
}

function mix(value: number): number {
  const a = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return (b ^ (b >>> 16)) >>> 0
}
