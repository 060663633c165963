import type { Chapter } from '../../model/summary.ts'
import { countPhrases, findKeyphrases } from '../../text/find-keyphrases.ts'
import type { EpisodeText } from './episode-text.ts'
import type { Passage } from './passage.ts'
import { capitalise, speakerStems, spokenRanges } from './title-chapters.ts'

const CANDIDATES = 8
/** Power of a stem's frequency in the episode: a label names what is talked about. */
const FREQUENCY_POWER = 0.35
/** A one-word label says little beside a phrase. */
const SINGLE_LOSS = 0.75
/** A phrase that is said again elsewhere is one, and not a chance row of words. */
const SET_GAIN = 1.6

/**
 * A label for each key moment, in its own words, or the publisher's title of its chapter where the
 * moment offers no more than a plain word. No two alike while there is a choice.
 */
export function labelMoments(
  text: EpisodeText,
  moments: readonly Passage[],
  chapters: readonly Pick<Chapter, 'title' | 'origin'>[],
): string[] {
  const { reading, frequency } = text
  const { vocabulary } = reading.tokens
  const speakers = speakerStems(text)
  const counts = new Map(vocabulary.stems.map((stem, index) => [stem, frequency[index] ?? 0]))
  const everything = spokenRanges(text, { first: 0, next: reading.utterances.length })
  const phrasesSaid = countPhrases(reading.text, reading.tokens, everything)
  const used = new Set<string>()
  return moments.map(({ first, last, chapter }) => {
    const ranges = reading.utterances
      .slice(first, last + 1)
      .map(({ tokenFrom, tokenTo }) => ({ tokenFrom, tokenTo }))
    const phrases = findKeyphrases(reading.text, reading.tokens, {
      ranges,
      spread: (key) => (speakers.has(key) ? 0 : weightOf(key, { counts, phrasesSaid })),
      limit: CANDIDATES,
    }).filter(({ score }) => score > 0)
    const phrase = phrases.find(({ key }) => !used.has(key)) ?? phrases[0]
    const { title = '', origin } = chapters[chapter] ?? {}
    const isGiven = origin !== undefined && origin !== 'detected'
    const isPlain = phrase === undefined || /^\p{Ll}+$/u.test(phrase.text)
    if (isGiven && isPlain && !used.has(title)) {
      used.add(title)
      return title
    }
    if (phrase === undefined) return title
    used.add(phrase.key)
    return capitalise(phrase.text)
  })
}

function weightOf(
  key: string,
  {
    counts,
    phrasesSaid,
  }: { counts: ReadonlyMap<string, number>; phrasesSaid: ReadonlyMap<string, number> },
): number {
  const stems = key.split(' ')
  const sum = stems.reduce((total, stem) => total + (counts.get(stem) ?? 1) ** FREQUENCY_POWER, 0)
  const isSet = (phrasesSaid.get(key) ?? 0) > 1
  return (sum / stems.length) * (stems.length === 1 ? SINGLE_LOSS : isSet ? SET_GAIN : 1)
}
