import {
  type Chapter,
  type Insight,
  type NameFix,
  type Paragraph,
  type Speaker,
  SUMMARY_SCHEMA_VERSION,
  type Summary,
} from '../../model/summary.ts'
import { noUsage } from '../../model/usage.ts'
import { findNameChanges } from '../../text/names/find-name-fixes.ts'
import { collectRoster } from '../../text/names/name-roster.ts'
import { type EvidenceBook, openEvidenceBook, spanOf } from '../grounding/evidence-book.ts'
import type { SummaryInput } from '../summary-input.ts'
import { buildPassages } from './build-passages.ts'
import { chooseBadges } from './choose-badges.ts'
import { chooseBlockSentences, chooseMoments } from './choose-moments.ts'
import { chooseStance } from './choose-stance.ts'
import { describeEpisode } from './describe-episode.ts'
import { cleanText, type EpisodeText, readEpisodeText } from './episode-text.ts'
import { findChapters, type SpokenChapter } from './find-chapters.ts'
import { fixName } from './fix-name.ts'
import { groupBlocks, SENTENCES_PER_BLOCK } from './group-blocks.ts'
import { labelMoments } from './label-moments.ts'
import { listPeople } from './list-people.ts'
import { listTopics } from './list-topics.ts'
import { type NamedSpeaker, nameSpeakers } from './name-speakers.ts'
import type { Passage } from './passage.ts'

/** Nothing is quoted from fewer words than this: there is nothing to sum up. */
const MIN_WORDS = 40
/** Words of the four blocks together, at most, and as a share of the episode. */
const BLOCK_WORDS = 340
const BLOCK_SHARE = 0.2

/**
 * Summarises an episode without a model, a key or a network: chapters, key moments and blocks in
 * the source's own words, from which words are only left out; each with its evidence. Pure; time
 * and memory are linear in the words. Never throws on any text: a poor input gives a smaller
 * summary.
 */
export function summariseEmbedded(input: SummaryInput): Summary {
  const begun = input.nowMs?.() ?? 0
  const text = readEpisodeText(input.transcript, input)
  const hints = [
    input.title,
    input.notes?.text ?? '',
    ...input.givenChapters.map(({ title }) => title),
  ]
  const chapters = findChapters(text, {
    chapters: input.givenChapters,
    origin: input.givenChaptersOrigin,
    durationSeconds: input.durationSeconds,
    title: input.title,
    hints,
  })
  const speakers = nameSpeakers(text.reading, input.persons, text.cues)
  const names = namesOf(input, text)
  const { fixes } = names
  const book = openBook(text, speakers)
  const told = tell(text, chapters, { book, names })
  const named = listSpeakers(text, { speakers, book })
  const spoken = named.flatMap(({ name }) => (name === null ? [] : [name]))
  const { insights } = told
  return {
    schemaVersion: SUMMARY_SCHEMA_VERSION,
    title: input.title,
    show: input.show,
    publishedAt: input.publishedAt?.toISOString() ?? null,
    durationSeconds: input.durationSeconds,
    language: text.reading.language,
    transcriptOrigin: input.transcript.origin,
    tier: 'embedded',
    badges: chooseBadges(text, input.title),
    description: describeEpisode(input.notes?.text ?? null, text, told.candidates),
    evidence: [...book.pieces],
    paragraphs: told.paragraphs,
    insights,
    disagreements: [],
    chapters: chapters.map(({ chapter }) => withFixedTitle(chapter, fixes)),
    topics: listTopics(text, hints, input.show).map((topic) => fixName(topic, fixes)),
    people: listPeople(text, input.persons, spoken).map(({ name, role }) => ({
      name: fixName(name, fixes),
      role,
    })),
    speakers: named,
    links: [...(input.notes?.links ?? [])],
    names: fixes,
    nameSuggestions: names.suggestions,
    ads: adTimes(text),
    coverage: coverageOf(text, { book, told }),
    checks: { claims: insights.length, passed: 0, quoted: insights.length, dropped: [] },
    usage: noUsage(Math.max(0, (input.nowMs?.() ?? 0) - begun)),
  }
}

/** Titles of ours are put right; the publisher's stand as given. */
function withFixedTitle(chapter: Chapter, fixes: readonly NameFix[]): Chapter {
  if (chapter.origin !== 'detected') return chapter
  return { ...chapter, title: fixName(chapter.title, fixes) }
}

type Names = { fixes: NameFix[]; suggestions: NameFix[] }

function namesOf(input: SummaryInput, { reading }: EpisodeText): Names {
  const roster = collectRoster({
    persons: input.persons,
    title: input.title,
    show: input.show,
    notes: input.notes,
    chapterTitles: input.givenChapters.map(({ title }) => title),
    earlier: input.rosterNames ?? [],
  })
  const { fixes, suggestions } = findNameChanges(reading, roster, input.corrections)
  return { fixes: [...fixes], suggestions: [...suggestions] }
}

function openBook({ reading, unit }: EpisodeText, speakers: readonly NamedSpeaker[]): EvidenceBook {
  const nameOf = new Map(speakers.map(({ label, name }) => [label, name ?? label]))
  return openEvidenceBook(reading, {
    unit,
    nameOf: (label) => (label === null ? null : (nameOf.get(label) ?? label)),
  })
}

type Told = { insights: Insight[]; paragraphs: Paragraph[]; candidates: readonly Passage[] }

function tell(
  text: EpisodeText,
  chapters: readonly SpokenChapter[],
  { book, names }: { book: EvidenceBook; names: Names },
): Told {
  if (text.reading.tokens.count < MIN_WORDS) return { insights: [], paragraphs: [], candidates: [] }
  const candidates = buildPassages(text, chapters)
  const moments = chooseMoments(text, chapters, candidates)
  const labels = labelMoments(
    text,
    moments,
    chapters.map(({ chapter }) => chapter),
  )
  const insights = moments.map((moment, index): Insight => {
    const id = book.cite(moment.from, moment.to)
    const words = cleanText(text, moment.from, moment.to)
    return {
      id: `k${index + 1}`,
      label: fixName(labels[index] ?? '', names.fixes),
      text: words,
      speaker: book.pieces.find((piece) => piece.id === id)?.speaker ?? null,
      stance: chooseStance(words, text.cues),
      evidenceIds: [id],
      check: 'quoted',
    }
  })
  return {
    insights,
    paragraphs: tellBlocks(text, chapters, { book, candidates, moments }),
    candidates,
  }
}

function tellBlocks(
  text: EpisodeText,
  chapters: readonly SpokenChapter[],
  told: { book: EvidenceBook; candidates: readonly Passage[]; moments: readonly Passage[] },
): Paragraph[] {
  const { utterances, tokens } = text.reading
  const blockOfChapter = groupBlocks(
    chapters,
    (index) =>
      (utterances[(chapters[index]?.next ?? 0) - 1]?.tokenTo ?? 0) -
      (utterances[chapters[index]?.first ?? 0]?.tokenFrom ?? 0),
  )
  const blockOf = (chapter: number) => blockOfChapter[chapter] ?? 0
  const sentences = chooseBlockSentences(text, told.candidates, {
    taken: told.moments,
    blockOf,
    perBlock: SENTENCES_PER_BLOCK,
    maxWords: Math.min(BLOCK_WORDS, Math.floor(tokens.count * BLOCK_SHARE)),
  })
  const blocks = Map.groupBy(sentences, ({ chapter }) => blockOf(chapter))
  return [...blocks]
    .sort(([a], [b]) => a - b)
    .map(([, group]) => ({
      sentences: group.map(({ from, to }) => ({
        text: cleanText(text, from, to),
        evidenceIds: [told.book.cite(from, to)],
      })),
    }))
}

function listSpeakers(
  { reading }: EpisodeText,
  { speakers, book }: { speakers: readonly NamedSpeaker[]; book: EvidenceBook },
): Speaker[] {
  const words = new Map<string, number>()
  for (const { speaker, tokenFrom, tokenTo } of reading.utterances) {
    if (speaker !== null) words.set(speaker, (words.get(speaker) ?? 0) + tokenTo - tokenFrom)
  }
  const total = Math.max(1, reading.tokens.count)
  return speakers
    .map(({ label, name, proof }) => ({
      label,
      name,
      share: (words.get(label) ?? 0) / total,
      ...(proof !== null && { proofEvidenceId: book.cite(proof.from, proof.to) }),
    }))
    .sort((a, b) => b.share - a.share)
}

function adTimes({ reading, ads }: EpisodeText): Summary['ads'] {
  return ads.map(({ first, last }) => {
    const from = reading.utterances[first]?.from ?? 0
    const to = reading.utterances[last]?.to ?? from
    const { start, end } = spanOf(reading, from, to)
    return { start, end }
  })
}

function coverageOf(
  { reading, unit }: EpisodeText,
  { book, told }: { book: EvidenceBook; told: Told },
): Summary['coverage'] {
  const texts = [
    ...told.insights.map(({ text }) => text),
    ...told.paragraphs.flatMap(({ sentences }) => sentences.map(({ text }) => text)),
  ]
  const size = unit === 'time' ? 60 : 1
  const minutes = new Set(book.pieces.map(({ start }) => Math.floor(start / size)))
  return {
    wordsIn: reading.tokens.count,
    wordsOut: texts.reduce((sum, text) => sum + (text.match(/\S+/g)?.length ?? 0), 0),
    minutesCited: [...minutes].sort((a, b) => a - b),
  }
}
