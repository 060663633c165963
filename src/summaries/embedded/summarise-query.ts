import { cleanCopy } from '../../text/clean-copy.ts'
import { cuesOf } from '../../text/cues-of.ts'
import { rankCentrality } from '../../text/rank-centrality.ts'
import type { Reading } from '../../text/reading.ts'
import { NO_STEM } from '../../text/vocabulary.ts'
import { choosePassages } from './choose-passages.ts'
import type { Passage } from './passage.ts'
import { queryTerms } from './query-terms.ts'

/** A sentence that answers, in the order of the text. */
export type QueryPassage = {
  readonly from: number
  readonly to: number
  readonly speaker: string | null
  /** The sentence without stammers. */
  readonly text: string
}

/** Spread of relevance around a sentence that holds words of the question. In sentences. */
const REACH = 8
/** How sharply relevance falls off outside the best place. */
const RELEVANCE_POWER = 1.5
/** Relevance of everything else, so that a sparse question still fills its answer. */
const FLOOR = 0.03
const CENTRALITY_POWER = 0.3
/** What a sentence gains for being said by the person asked about. */
const SPEAKER_GAIN = 2.5
const QUESTION_LOSS = 0.5
const MIN_WORDS = 6
const MAX_WORDS = 60
/** What a word said once in the whole text is worth against others. */
const HAPAX = 0.3
/** What the first, second and third mention of a word are worth. */
const SATURATION = [1, 0.3, 0.1]
/** Words that an answer may run over its limit. */
const SLACK_WORDS = 8

/**
 * The sentences of a text that answer `query` best in about `maxWords` words, in order. A query
 * without words of the text's own gives the main points of the whole.
 *
 * Query-focused coverage after Lin and Bilmes, 2011; relevance spreads to neighbours as in
 * passage retrieval with kernels (de Kretser and Moffat, 1999), and weighs the words of what it
 * finds as in relevance models (Lavrenko and Croft, 2001).
 */
export function summariseQuery(reading: Reading, query: string, maxWords: number): QueryPassage[] {
  const sentences = sentencesOf(reading)
  const frequency = countSentences(sentences)
  const terms = queryTerms(query, reading, frequency)
  const relevance = relevanceOf(sentences, terms.weights)
  const centrality = rankCentrality(sentences.map(({ stems }) => stems))
  const passages = sentences.map((sentence, index): Passage => {
    const isNamed = sentence.speaker !== null && terms.speakers.has(sentence.speaker)
    const gain = (isNamed ? SPEAKER_GAIN : 1) * (sentence.isQuestion ? QUESTION_LOSS : 1)
    const isFit =
      sentence.words >= MIN_WORDS && sentence.words <= MAX_WORDS && sentence.concepts.length >= 2
    const rank = Math.max(centrality[index] ?? 0, 0.05) ** CENTRALITY_POWER
    return {
      index,
      first: index,
      last: index,
      chapter: 0,
      ...sentence,
      prior: isFit ? (relevance[index] ?? 0) * rank * gain : 0,
    }
  })
  const chosen = choosePassages(passages, {
    maxWords: maxWords + SLACK_WORDS,
    stopAtWords: maxWords,
    maxPassages: passages.length,
    maxPerChapter: passages.length,
    maxOverlap: 1,
    saturation: SATURATION,
    weights: weightsOf(sentences, { relevance, frequency }),
    mustCover: new Set(),
  })
  return chosen
    .sort((a, b) => a.from - b.from)
    .map(({ from, to, speaker, index }) => ({
      from,
      to,
      speaker,
      text: sentences[index]?.text ?? '',
    }))
}

type Sentence = ReturnType<typeof sentencesOf>[number]

function sentencesOf(reading: Reading) {
  const cues = cuesOf(reading.language)
  return reading.utterances.map(({ from, to, tokenFrom, tokenTo, speaker, isQuestion }) => {
    const stems = [...reading.tokens.stem.subarray(tokenFrom, tokenTo)].filter(
      (stem) => stem !== NO_STEM,
    )
    const { text } = cleanCopy(reading.text.slice(from, to), cues)
    const words = text.split(' ').length
    return { from, to, speaker, isQuestion, stems, concepts: [...new Set(stems)], text, words }
  })
}

function countSentences(sentences: readonly Sentence[]): Map<number, number> {
  const frequency = new Map<number, number>()
  for (const { concepts } of sentences) {
    for (const stem of concepts) frequency.set(stem, (frequency.get(stem) ?? 0) + 1)
  }
  return frequency
}

function relevanceOf(
  sentences: readonly Sentence[],
  weights: ReadonlyMap<number, number>,
): Float64Array {
  const count = sentences.length
  if (weights.size === 0) return new Float64Array(count).fill(1)
  const spread = new Float64Array(count)
  for (const [index, { concepts }] of sentences.entries()) {
    const direct = concepts.reduce((sum, stem) => sum + (weights.get(stem) ?? 0), 0)
    if (direct === 0) continue
    const last = Math.min(count - 1, index + REACH * 3)
    for (let near = Math.max(0, index - REACH * 3); near <= last; near++) {
      const distance = (near - index) / REACH
      spread[near] = (spread[near] ?? 0) + direct * Math.exp(-(distance * distance) / 2)
    }
  }
  const most = spread.reduce((a, b) => Math.max(a, b), 0)
  return spread.map((value) => FLOOR + (most > 0 ? (value / most) ** RELEVANCE_POWER : 0))
}

function weightsOf(
  sentences: readonly Sentence[],
  known: { relevance: Float64Array; frequency: ReadonlyMap<number, number> },
): Float64Array {
  const size = Math.max(-1, ...known.frequency.keys()) + 1
  const weights = new Float64Array(size)
  for (const [index, { concepts }] of sentences.entries()) {
    for (const stem of concepts) {
      weights[stem] = (weights[stem] ?? 0) + (known.relevance[index] ?? 0)
    }
  }
  return weights.map((weight, stem) => {
    return Math.sqrt(weight) * (known.frequency.get(stem) === 1 ? HAPAX : 1)
  })
}
