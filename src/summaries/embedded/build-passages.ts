import type { EpisodeText } from './episode-text.ts'
import type { SpokenChapter } from './find-chapters.ts'
import type { Passage } from './passage.ts'
import { leansOnOthers, scoreStanding } from './score-standing.ts'

/** Longest passage, in sentences and in words as spoken. */
const MAX_SENTENCES = 3
const MAX_WORDS = 62
const MIN_WORDS = 6
/** Fewer different stems than this say nothing. */
const MIN_CONCEPTS = 3
/** Cues too weak to hide a sentence still keep it from being chosen. In nats, and its loss. */
const DOUBTFUL_CUE = 1.6
const DOUBTFUL_LOSS = 0.2
const LIKELY_CUE = 2.2
const LIKELY_LOSS = 0.01
const CENTRALITY_POWER = 0.6
const STANDING_POWER = 1.2

/** Runs of one to three sentences of one speaker within one chapter, without advertising. */
export function buildPassages(
  text: EpisodeText,
  chapters: readonly SpokenChapter[],
  maxSentences = MAX_SENTENCES,
): Passage[] {
  const passages: Passage[] = []
  for (const [chapter, { first, next }] of chapters.entries()) {
    for (let start = first; start < next; start++) {
      const leans = opensLeaning(text, start)
      for (let last = start; last < next && last < start + maxSentences; last++) {
        if (!belongsTogether(text, start, last)) break
        const passage = build(text, { first: start, last, chapter, leans, index: passages.length })
        if (passage !== null) passages.push(passage)
      }
    }
  }
  return passages
}

function belongsTogether({ reading, isAd }: EpisodeText, first: number, last: number): boolean {
  const start = reading.utterances[first]
  const end = reading.utterances[last]
  if (start === undefined || end === undefined || isAd[last] === 1) return false
  return start.turn === end.turn && end.tokenTo - start.tokenFrom <= MAX_WORDS
}

type Place = { first: number; last: number; chapter: number; index: number; leans: boolean }

function opensLeaning({ reading, cues }: EpisodeText, utterance: number): boolean {
  const { from = 0, to = 0 } = reading.utterances[utterance] ?? {}
  return cues !== null && leansOnOthers(reading.text.slice(from, to), cues)
}

function build(episode: EpisodeText, { leans, ...place }: Place): Passage | null {
  const { reading } = episode
  const run = reading.utterances.slice(place.first, place.last + 1)
  const [start, end] = [run[0], run.at(-1)]
  if (start === undefined || end === undefined) return null
  const words = end.tokenTo - start.tokenFrom
  const concepts = [...new Set(episode.stems.slice(place.first, place.last + 1).flat())]
  if (words < MIN_WORDS || concepts.length < MIN_CONCEPTS) return null
  const entities = new Set(episode.entities.inUtterance.slice(place.first, place.last + 1).flat())
  const raw = reading.text.slice(start.from, end.to)
  const facts = {
    leans,
    entities: entities.size,
    isQuestion: run.some(({ isQuestion }) => isQuestion),
    isWhole: !reading.isPunctuated || isSentence(raw, run),
  }
  const doubt = run.reduce((most, { index }) => Math.max(most, episode.adStrength[index] ?? 0), 0)
  const standing = scoreStanding(raw, facts, episode.cues) * lossOf(doubt)
  const centrality = run.reduce((sum, { index }) => sum + (episode.centrality[index] ?? 0), 0)
  return {
    ...place,
    from: start.from,
    to: end.to,
    words,
    speaker: start.speaker,
    concepts,
    prior: (centrality / run.length) ** CENTRALITY_POWER * standing ** STANDING_POWER,
  }
}

function lossOf(adStrength: number): number {
  if (adStrength >= LIKELY_CUE) return LIKELY_LOSS
  return adStrength >= DOUBTFUL_CUE ? DOUBTFUL_LOSS : 1
}

/** A whole sentence by its marks: not cut by us, nor broken off by its speaker. */
function isSentence(text: string, run: readonly { isWhole: boolean }[]): boolean {
  return run.every(({ isWhole }) => isWhole) && !/(?:\.{2,}|…|[-–—,:;])["'”’]?$/.test(text)
}
