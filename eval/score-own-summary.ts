import { leansOnOthers, saysNumber } from '../src/summaries/embedded/score-standing.ts'
import { findFalseQuotes, segmentsWithin } from '../src/summaries/grounding/find-false-quotes.ts'
import { isDeletionOf } from '../src/summaries/grounding/find-quote.ts'
import { numbersIn } from '../src/summaries/grounding/number-words.ts'
import { cuesOf } from '../src/text/cues-of.ts'
import { type Entity, findEntities } from '../src/text/find-entities.ts'
import { type Reading, readTranscript } from '../src/text/reading.ts'
import type { OwnSummary } from './measure-quality.ts'
import { rougeTokens } from './rouge.ts'
import { mean } from './row.ts'

const TOP_ENTITIES = 20
const TOP_NUMBERS = 30
const LONG_CHAPTER_SECONDS = 180
const WORDS_PER_HOUR = 9000

/** Figures of one summary; shares from 0 to 1. */
export type OwnScores = ReturnType<typeof scoreOwnSummary>

/** Measures a summary against its own transcript. */
export function scoreOwnSummary({ transcript, summary, cpuMs }: OwnSummary) {
  const reading = readTranscript(transcript, summary.language)
  const entities = findEntities(reading).list
  const shown = shownText(summary)
  const claims = claimsOf(summary)
  const overlaps = pairOverlaps(summary.insights.map(({ text }) => text))
  return {
    verbatim:
      1 -
      findFalseQuotes(summary, transcript.segments).length / Math.max(1, summary.evidence.length),
    deletionOnly: shareOf(claims, ({ text, quote }) => isDeletionOf(text, quote)),
    numbersAndNames: shareOf(claims, (claim) => isInSpan(claim, transcript.segments)),
    entityRecall: entityRecall(entities, shown),
    numberRecall: numberRecall(reading, shown),
    chapterCoverage: chapterCoverage(summary),
    standalone: shareOf(summary.insights, ({ text }) =>
      standsAlone(text, entities, summary.language),
    ),
    largestOverlap: Math.max(0, ...overlaps),
    meanOverlap: mean(overlaps),
    compression: summary.coverage.wordsOut / Math.max(1, summary.coverage.wordsIn),
    msPerHour: (cpuMs * WORDS_PER_HOUR) / Math.max(1, summary.coverage.wordsIn),
  }
}

type ClaimText = { text: string; quote: string; start: number; end: number }

function claimsOf(summary: OwnSummary['summary']): ClaimText[] {
  const evidence = new Map(summary.evidence.map((piece) => [piece.id, piece]))
  const sentences = summary.paragraphs.flatMap((paragraph) => paragraph.sentences)
  return [...summary.insights, ...sentences].map(({ text, evidenceIds }) => {
    const pieces = evidenceIds.map((id) => evidence.get(id)).filter((piece) => piece !== undefined)
    return {
      text,
      quote: pieces.map(({ quote }) => quote).join(' '),
      start: Math.min(...pieces.map(({ start }) => start)),
      end: Math.max(...pieces.map(({ end }) => end)),
    }
  })
}

function isInSpan({ text, start, end }: ClaimText, segments: OwnSummary['transcript']['segments']) {
  const spoken = segmentsWithin(segments, start, end)
    .map((segment) => segment.text)
    .join(' ')
  const said = new Set(numbersIn(spoken))
  const lower = spoken.toLowerCase()
  const names = text.match(/(?<=[\p{Ll},] )\p{Lu}[\p{L}\p{N}'’-]+/gu) ?? []
  return (
    numbersIn(text).every((number) => said.has(number)) &&
    names.every((name) => lower.includes(name.toLowerCase()))
  )
}

/** Everything of the summary that a reader sees, in lower case. */
function shownText({
  description,
  insights,
  paragraphs,
  topics,
  people,
  chapters,
}: OwnSummary['summary']) {
  return [
    description,
    ...insights.flatMap(({ label, text }) => [label, text]),
    ...paragraphs.flatMap(({ sentences }) => sentences.map(({ text }) => text)),
    ...topics,
    ...people.map(({ name }) => name),
    ...chapters.map(({ title }) => title),
  ].join('\n')
}

function entityRecall(entities: readonly Entity[], shown: string): number {
  const lower = shown.toLowerCase()
  return shareOf(entities.slice(0, TOP_ENTITIES), ({ name }) => lower.includes(name.toLowerCase()))
}

/** Of the numbers said most often, and twice at least. */
function numberRecall({ text }: Reading, shown: string): number {
  const counts = new Map<number, number>()
  for (const number of numbersIn(text)) counts.set(number, (counts.get(number) ?? 0) + 1)
  const top = [...counts]
    .filter(([, count]) => count >= 2)
    .sort((a, b) => b[1] - a[1])
    .slice(0, TOP_NUMBERS)
  const said = new Set(numbersIn(shown))
  return shareOf(top, ([number]) => said.has(number))
}

function chapterCoverage({
  chapters,
  insights,
  evidence,
  transcriptOrigin,
}: OwnSummary['summary']) {
  const starts = insights.flatMap(({ evidenceIds }) =>
    evidence.filter(({ id }) => evidenceIds.includes(id)).map(({ start }) => start),
  )
  const least = transcriptOrigin === 'text' ? 0 : LONG_CHAPTER_SECONDS
  const long = chapters.filter(({ start, end }) => end - start > least)
  return shareOf(long, ({ start, end }) => starts.some((at) => at >= start && at <= end))
}

/** Names a thing or a number, and does not open with a word that leans on what came before. */
function standsAlone(text: string, entities: readonly Entity[], language: string): boolean {
  const cues = cuesOf(language)
  const isSpecific = saysNumber(text) || entities.some(({ name }) => text.includes(name))
  return isSpecific && (cues === null || !leansOnOthers(text, cues))
}

function pairOverlaps(texts: readonly string[]): number[] {
  const sets = texts.map((text) => new Set(rougeTokens(text).filter((token) => token.length > 3)))
  return sets.flatMap((a, index) =>
    sets.slice(index + 1).map((b) => {
      const shared = [...a].filter((token) => b.has(token)).length
      return shared / Math.max(1, a.size + b.size - shared)
    }),
  )
}

function shareOf<T>(items: readonly T[], isTrue: (item: T) => boolean): number {
  return items.length === 0 ? 1 : items.filter(isTrue).length / items.length
}
