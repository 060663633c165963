import { findKeyphrases } from '../../text/find-keyphrases.ts'
import type { EpisodeText } from './episode-text.ts'
import { capitalise, speakerStems, spokenRanges } from './title-chapters.ts'

const MAX_TOPICS = 8
const CANDIDATES = 24
/** What a phrase gains that the publisher's title, notes or chapters have as well. */
const HINT_GAIN = 2
/** A topic comes up this often, or the publisher names it. */
const MIN_COUNT = 3
/** One-word topics are mostly too broad, unless they are names. */
const SINGLE_LOSS = 0.5
const CALENDAR =
  /^(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|january|february|march|april|june|july|august|september|october|november|december|christmas|mr|mrs|ms|dr)$/i

/** Up to eight topics in the words of the text, none containing another. */
export function listTopics(text: EpisodeText, hints: readonly string[], show: string): string[] {
  const { reading } = text
  const hint = ` ${hints.join(' ').toLowerCase()} `
  const speakers = speakerStems(text)
  const isName = new Set(text.entities.list.map(({ name }) => name.toLowerCase()))
  const all = { first: 0, next: reading.utterances.length }
  const phrases = findKeyphrases(reading.text, reading.tokens, {
    ranges: spokenRanges(text, all),
    spread: (key) => (speakers.has(key) ? 0 : key.includes(' ') ? 1 : SINGLE_LOSS),
    limit: CANDIDATES,
  })
  return phrases
    .filter(
      ({ text: phrase }) =>
        !CALENDAR.test(phrase) && !show.toLowerCase().includes(phrase.toLowerCase()),
    )
    .map((phrase) => {
      const isHinted = hint.includes(phrase.text.toLowerCase())
      const nameGain = isName.has(phrase.text.toLowerCase()) && !phrase.key.includes(' ') ? 1.5 : 1
      return { ...phrase, isHinted, score: phrase.score * nameGain * (isHinted ? HINT_GAIN : 1) }
    })
    .filter(
      ({ count, isHinted, score }) => score > 0 && (count >= MIN_COUNT || (isHinted && count > 1)),
    )
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_TOPICS)
    .map((phrase) => capitalise(phrase.text))
}
