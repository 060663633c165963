import {
  type Chapter,
  type Insight,
  type Paragraph,
  SUMMARY_SCHEMA_VERSION,
  type Summary,
} from '../../model/summary.ts'
import { isTimed } from '../../model/transcript.ts'
import { noUsage } from '../../model/usage.ts'
import { findKeyphrases } from '../../text/find-keyphrases.ts'
import { rankCentrality } from '../../text/rank-centrality.ts'
import { type Reading, readTranscript } from '../../text/reading.ts'
import { segmentTopics } from '../../text/segment-topics.ts'
import { NO_STEM } from '../../text/vocabulary.ts'
import { type EvidenceBook, openEvidenceBook } from '../grounding/evidence-book.ts'
import type { SummaryInput } from '../summary-input.ts'
import { choosePassages } from './choose-passages.ts'
import type { Passage } from './passage.ts'

/** Summarises an episode without a model: the source's own words, each with its evidence. */
export function summariseEmbedded(input: SummaryInput): Summary {
  const begun = input.nowMs?.() ?? 0
  const reading = readTranscript(input.transcript, input.language)
  const unit = isTimed(input.transcript) ? 'time' : 'paragraph'
  const book = openEvidenceBook(reading, { unit, nameOf: (speaker) => speaker })
  const chapters = chaptersOf(input, reading)
  const { passages, weights } = passagesOf(reading, chapters)
  const chosen = choosePassages(passages, {
    maxWords: 450,
    maxPassages: 14,
    maxPerChapter: 3,
    maxOverlap: 0.3,
    weights,
    mustCover: new Set(chapters.keys()),
  }).sort((a, b) => a.from - b.from)
  const insights = chosen.map((passage, index) => insightOf({ passage, index, reading, book }))
  const paragraphs = paragraphsOf(chosen, reading, book)
  const wordsOut = insights.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0)
  return {
    schemaVersion: SUMMARY_SCHEMA_VERSION,
    title: input.title,
    show: input.show,
    publishedAt: input.publishedAt?.toISOString() ?? null,
    durationSeconds: input.durationSeconds,
    language: reading.language,
    transcriptOrigin: input.transcript.origin,
    tier: 'embedded',
    badges: [],
    description: firstSentence(input.notes?.text ?? ''),
    evidence: [...book.pieces],
    paragraphs,
    insights,
    disagreements: [],
    chapters,
    topics: topicsOf(reading),
    people: [...input.persons],
    speakers: speakersOf(reading),
    links: [...(input.notes?.links ?? [])],
    names: [],
    ads: [],
    coverage: {
      wordsIn: reading.tokens.count,
      wordsOut,
      minutesCited: minutesOf(book, unit),
    },
    checks: { claims: insights.length, passed: 0, quoted: insights.length, dropped: [] },
    usage: noUsage(Math.max(0, (input.nowMs?.() ?? 0) - begun)),
  }
}

function chaptersOf(input: SummaryInput, reading: Reading): Chapter[] {
  const lastEnd = reading.segments.reduce((latest, { end }) => Math.max(latest, end), 0)
  const end = Math.max(lastEnd, isTimed(input.transcript) ? (input.durationSeconds ?? 0) : 0)
  const given = input.givenChapters
  if (given.length >= 2 && isTimed(input.transcript)) {
    return given.map(({ title, start }, index) => ({
      title,
      start,
      end: Math.max(start, given[index + 1]?.start ?? end),
      origin: input.givenChaptersOrigin,
    }))
  }
  const units = reading.utterances.map((utterance) => ({
    stems: [...reading.tokens.stem.subarray(utterance.tokenFrom, utterance.tokenTo)].filter(
      (stem) => stem !== NO_STEM,
    ),
    words: utterance.tokenTo - utterance.tokenFrom,
    bonus: 0,
  }))
  const starts = segmentTopics(units)
  const timeOf = (utterance: number) =>
    reading.segments[reading.utterances[utterance]?.segmentFirst ?? 0]?.start ?? 0
  return starts.map((first, index) => {
    const next = starts[index + 1]
    const range = {
      tokenFrom: reading.utterances[first]?.tokenFrom ?? 0,
      tokenTo:
        reading.utterances[next ?? reading.utterances.length]?.tokenFrom ?? reading.tokens.count,
    }
    const [phrase] = findKeyphrases(reading.text, reading.tokens, {
      ranges: [range],
      spread: () => 1,
      limit: 1,
    })
    const start = index === 0 ? 0 : timeOf(first)
    return {
      title: phrase?.text ?? input.title,
      start,
      end: Math.max(start, next === undefined ? end : timeOf(next)),
      origin: 'detected' as const,
    }
  })
}

function passagesOf(reading: Reading, chapters: readonly Chapter[]) {
  const { tokens } = reading
  const frequency = new Map<number, number>()
  for (const stem of tokens.stem) {
    if (stem !== NO_STEM) frequency.set(stem, (frequency.get(stem) ?? 0) + 1)
  }
  const weights = new Float64Array(tokens.vocabulary.stems.length)
  for (const [stem, count] of frequency) weights[stem] = Math.sqrt(count) * (count === 1 ? 0.3 : 1)
  const stems = reading.utterances.map((utterance) =>
    [...tokens.stem.subarray(utterance.tokenFrom, utterance.tokenTo)].filter(
      (stem) => stem !== NO_STEM,
    ),
  )
  const centrality = rankCentrality(stems)
  const passages: Passage[] = []
  for (const utterance of reading.utterances) {
    const words = utterance.tokenTo - utterance.tokenFrom
    const start = reading.segments[utterance.segmentFirst]?.start ?? 0
    const concepts = [...new Set(stems[utterance.index] ?? [])]
    const isGood = words >= 9 && words <= 45 && concepts.length >= 3 && !utterance.isQuestion
    passages.push({
      index: passages.length,
      first: utterance.index,
      last: utterance.index,
      from: utterance.from,
      to: utterance.to,
      words,
      speaker: utterance.speaker,
      chapter: Math.max(
        0,
        chapters.findLastIndex((chapter) => chapter.start <= start),
      ),
      concepts,
      prior: isGood ? (centrality[utterance.index] ?? 0) : 0,
    })
  }
  return { passages, weights }
}

function insightOf({
  passage,
  index,
  reading,
  book,
}: {
  passage: Passage
  index: number
  reading: Reading
  book: EvidenceBook
}): Insight {
  const utterance = reading.utterances[passage.first]
  const [phrase] = findKeyphrases(reading.text, reading.tokens, {
    ranges: [{ tokenFrom: utterance?.tokenFrom ?? 0, tokenTo: utterance?.tokenTo ?? 0 }],
    spread: () => 1,
    limit: 1,
  })
  return {
    id: `k${index + 1}`,
    label: phrase?.text ?? '',
    text: reading.text.slice(passage.from, passage.to),
    speaker: passage.speaker,
    stance: null,
    evidenceIds: [book.cite(passage.from, passage.to)],
    check: 'quoted',
  }
}

function paragraphsOf(
  chosen: readonly Passage[],
  reading: Reading,
  book: EvidenceBook,
): Paragraph[] {
  const size = Math.max(1, Math.ceil(chosen.length / 4))
  const paragraphs: Paragraph[] = []
  for (let first = 0; first < chosen.length; first += size) {
    const sentences = chosen.slice(first, first + Math.min(size, 3)).map(({ from, to }) => ({
      text: reading.text.slice(from, to),
      evidenceIds: [book.cite(from, to)],
    }))
    paragraphs.push({ sentences })
  }
  return paragraphs
}

function firstSentence(text: string): string {
  return /^[^\n]*?[.!?](?=\s|$)/.exec(text.trim())?.[0] ?? text.trim().split('\n')[0] ?? ''
}

function topicsOf(reading: Reading): string[] {
  const ranges = reading.utterances.map(({ tokenFrom, tokenTo }) => ({ tokenFrom, tokenTo }))
  return findKeyphrases(reading.text, reading.tokens, { ranges, spread: () => 1, limit: 8 }).map(
    ({ text }) => text,
  )
}

function speakersOf(reading: Reading) {
  const words = new Map<string, number>()
  for (const { speaker, tokenFrom, tokenTo } of reading.utterances) {
    if (speaker !== null) words.set(speaker, (words.get(speaker) ?? 0) + tokenTo - tokenFrom)
  }
  const total = Math.max(1, reading.tokens.count)
  return [...words]
    .map(([label, count]) => ({ label, name: null, share: count / total }))
    .sort((a, b) => b.share - a.share)
}

function minutesOf(book: EvidenceBook, unit: 'time' | 'paragraph'): number[] {
  const size = unit === 'time' ? 60 : 1
  return [...new Set(book.pieces.map(({ start }) => Math.floor(start / size)))].sort(
    (a, b) => a - b,
  )
}
