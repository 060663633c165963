import type { Transcript } from '../../model/transcript.ts'
import { isTimed } from '../../model/transcript.ts'
import { cleanCopy } from '../../text/clean-copy.ts'
import type { CueList } from '../../text/cue-list.ts'
import { cuesOf } from '../../text/cues-of.ts'
import { adCueStrengths, findAds } from '../../text/find-ads.ts'
import { type Entities, findEntities } from '../../text/find-entities.ts'
import { rankCentrality } from '../../text/rank-centrality.ts'
import { type Reading, readTranscript } from '../../text/reading.ts'
import type { UtteranceSpan } from '../../text/utterance-span.ts'
import { NO_STEM } from '../../text/vocabulary.ts'

/** An episode's words and all that is found in them before anything is chosen. */
export type EpisodeText = {
  readonly reading: Reading
  readonly unit: 'time' | 'paragraph'
  readonly cues: CueList | null
  readonly entities: Entities
  readonly ads: readonly UtteranceSpan[]
  /** 1 for utterances inside advertising. */
  readonly isAd: Uint8Array
  /** Strength of the cues of advertising in each utterance, in nats. */
  readonly adStrength: readonly number[]
  /** Stems of each utterance, repeats included. */
  readonly stems: readonly (readonly number[])[]
  /** How central each utterance is; 1 is average. */
  readonly centrality: Float64Array
  /** Occurrences of each stem outside advertising. */
  readonly frequency: Float64Array
}

/** Reads an episode. Linear in its words. */
export function readEpisodeText(
  transcript: Transcript,
  options: { language: string | null; repeatedSentences?: ReadonlySet<string> },
): EpisodeText {
  const reading = readTranscript(transcript, options.language)
  const cues = cuesOf(reading.language)
  const adStrength = adCueStrengths(reading, cues, options.repeatedSentences)
  const ads = findAds(reading, adStrength)
  const isAd = new Uint8Array(reading.utterances.length)
  for (const { first, last } of ads) isAd.fill(1, first, last + 1)
  const stems = reading.utterances.map(({ tokenFrom, tokenTo }) =>
    [...reading.tokens.stem.subarray(tokenFrom, tokenTo)].filter((stem) => stem !== NO_STEM),
  )
  const spoken = stems.map((list, index) => (isAd[index] === 1 ? [] : list))
  const frequency = new Float64Array(reading.tokens.vocabulary.stems.length)
  for (const list of spoken) for (const stem of list) frequency[stem] = (frequency[stem] ?? 0) + 1
  return {
    reading,
    unit: isTimed(transcript) ? 'time' : 'paragraph',
    cues,
    entities: findEntities(reading),
    ads,
    isAd,
    adStrength,
    stems,
    centrality: rankCentrality(spoken),
    frequency,
  }
}

/** The clean copy of the characters [from, to). */
export function cleanText({ reading, cues }: EpisodeText, from: number, to: number): string {
  return cleanCopy(reading.text.slice(from, to), cues).text
}
