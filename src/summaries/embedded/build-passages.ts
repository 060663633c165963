import type { EpisodeText } from './episode-text.ts'
import { cleanText } from './episode-text.ts'
import type { SpokenChapter } from './find-chapters.ts'
import type { Passage } from './passage.ts'
import { scoreStanding } from './score-standing.ts'

/** Longest passage, in sentences and in words as spoken. */
const MAX_SENTENCES = 3
const MAX_WORDS = 62
const MIN_WORDS = 6
/** Fewer different stems than this say nothing. */
const MIN_CONCEPTS = 3
const CENTRALITY_POWER = 0.6
const STANDING_POWER = 1.2

/** A passage with its clean copy. */
export type Candidate = Passage & { readonly text: string; readonly entities: number }

/** Runs of one to three sentences of one speaker within one chapter, without advertising. */
export function buildPassages(
  text: EpisodeText,
  chapters: readonly SpokenChapter[],
  maxSentences = MAX_SENTENCES,
): Candidate[] {
  const candidates: Candidate[] = []
  for (const [chapter, { first, next }] of chapters.entries()) {
    for (let start = first; start < next; start++) {
      for (let last = start; last < next && last < start + maxSentences; last++) {
        if (!belongsTogether(text, start, last)) break
        const candidate = build(text, { first: start, last, chapter, index: candidates.length })
        if (candidate === null) continue
        if (candidate.words > MAX_WORDS) break
        candidates.push(candidate)
      }
    }
  }
  return candidates
}

function belongsTogether({ reading, isAd }: EpisodeText, first: number, last: number): boolean {
  const { turn } = reading.utterances[first] ?? { turn: -1 }
  return isAd[last] !== 1 && reading.utterances[last]?.turn === turn
}

type Place = { first: number; last: number; chapter: number; index: number }

function build(episode: EpisodeText, place: Place): Candidate | null {
  const { reading } = episode
  const start = reading.utterances[place.first]
  const end = reading.utterances[place.last]
  if (start === undefined || end === undefined) return null
  const words = end.tokenTo - start.tokenFrom
  if (words > MAX_WORDS) return { ...EMPTY, ...place, words }
  const concepts = [...new Set(episode.stems.slice(place.first, place.last + 1).flat())]
  if (words < MIN_WORDS || concepts.length < MIN_CONCEPTS) return null
  const entities = new Set(episode.entities.inUtterance.slice(place.first, place.last + 1).flat())
  const text = cleanText(episode, start.from, end.to)
  const run = reading.utterances.slice(place.first, place.last + 1)
  const standing = scoreStanding(
    text,
    {
      entities: entities.size,
      isQuestion: run.some(({ isQuestion }) => isQuestion),
      isWhole: !reading.isPunctuated || isSentence(text, run),
    },
    episode.cues,
  )
  const centrality = run.reduce((sum, { index }) => sum + (episode.centrality[index] ?? 0), 0)
  return {
    ...place,
    from: start.from,
    to: end.to,
    words,
    speaker: start.speaker,
    concepts,
    text,
    entities: entities.size,
    prior: (centrality / run.length) ** CENTRALITY_POWER * standing ** STANDING_POWER,
  }
}

const EMPTY = { from: 0, to: 0, speaker: null, concepts: [], text: '', entities: 0, prior: 0 }

/** A whole sentence by its marks: not cut by us, nor broken off by its speaker. */
function isSentence(text: string, run: readonly { isWhole: boolean }[]): boolean {
  return run.every(({ isWhole }) => isWhole) && !/(?:\.{2,}|…|[-–—,:;])["'”’]?$/.test(text)
}
