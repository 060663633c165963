import type { GivenChapter } from '../../model/episode.ts'
import type { Chapter } from '../../model/summary.ts'
import { segmentTopics } from '../../text/segment-topics.ts'
import { topicUnits } from '../../text/topic-units.ts'
import type { EpisodeText } from './episode-text.ts'
import { titleChapters } from './title-chapters.ts'

/** A chapter with the utterances that it holds: `first` to before `next`. */
export type SpokenChapter = {
  readonly chapter: Chapter
  readonly first: number
  readonly next: number
}

/** Fewer given chapters than this are a mention of a time, not a table of contents. */
const MIN_GIVEN = 2

/** The publisher's chapters where given, otherwise detected ones with titles from the text. */
export function findChapters(
  text: EpisodeText,
  given: {
    chapters: readonly GivenChapter[]
    origin: 'notes' | 'publisher'
    durationSeconds: number | null
    title: string
    hints: readonly string[]
  },
): SpokenChapter[] {
  const lastEnd = text.reading.segments.reduce((latest, { end }) => Math.max(latest, end), 0)
  const isTimed = text.unit === 'time'
  const length = Math.max(lastEnd, isTimed ? (given.durationSeconds ?? 0) : 0)
  if (isTimed && given.chapters.length >= MIN_GIVEN) return takeGiven(text, given, length)
  return detect(text, given, length)
}

function takeGiven(
  text: EpisodeText,
  given: { chapters: readonly GivenChapter[]; origin: 'notes' | 'publisher' },
  length: number,
): SpokenChapter[] {
  const chapters = given.chapters.toSorted((a, b) => a.start - b.start)
  let first = 0
  return chapters.map(({ title, start }, index) => {
    const end = chapters[index + 1]?.start ?? length
    // What comes before the first chapter belongs to it.
    const next =
      index === chapters.length - 1 ? text.reading.utterances.length : utteranceAt(text, end)
    const spoken = { first, next: Math.max(first, next) }
    first = spoken.next
    return { chapter: { title, start, end: Math.max(start, end), origin: given.origin }, ...spoken }
  })
}

function utteranceAt({ reading }: EpisodeText, time: number): number {
  let low = 0
  let high = reading.utterances.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (startOf(reading, middle) < time) low = middle + 1
    else high = middle
  }
  return low
}

function startOf(reading: EpisodeText['reading'], utterance: number): number {
  return reading.segments[reading.utterances[utterance]?.segmentFirst ?? 0]?.start ?? 0
}

function detect(
  text: EpisodeText,
  { title, hints }: { title: string; hints: readonly string[] },
  length: number,
): SpokenChapter[] {
  const { reading } = text
  const starts = withoutEqualTimes(text, segmentTopics(topicUnits(reading, text.cues)))
  const ranges = starts.map((first, index) => ({
    first,
    next: starts[index + 1] ?? reading.utterances.length,
  }))
  const titles = titleChapters(text, ranges, { fallback: title, hints })
  return ranges.map(({ first, next }, index) => {
    const start = index === 0 ? 0 : startOf(reading, first)
    const end = index === ranges.length - 1 ? length : startOf(reading, next)
    return {
      chapter: {
        title: titles[index] ?? title,
        start,
        end: Math.max(start, end),
        origin: 'detected' as const,
      },
      first,
      next,
    }
  })
}

/** Two chapters that begin in one segment would have one time: the later one is dropped. */
function withoutEqualTimes({ reading }: EpisodeText, starts: readonly number[]): number[] {
  const kept: number[] = []
  for (const first of starts) {
    const last = kept.at(-1)
    if (last === undefined || startOf(reading, first) > (last === 0 ? 0 : startOf(reading, last))) {
      kept.push(first)
    }
  }
  return kept
}
