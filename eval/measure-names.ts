import { readFileSync } from 'node:fs'
import type { Segment } from '../src/model/transcript.ts'
import { findNameChanges } from '../src/text/names/find-name-fixes.ts'
import { collectRoster } from '../src/text/names/name-roster.ts'
import { readTranscript } from '../src/text/reading.ts'
import { IMPOSTORS } from './impostors.ts'
import { absentRow, type Row } from './row.ts'

const ROSTER_SIZE = 15
/** An error on a name: one to three words, the right form with a capital, not only another case. */
const NAME = /^\p{Lu}[\p{L}\p{N}'’-]{2,}(?: \p{Lu}[\p{L}\p{N}'’-]+){0,2}$/u

/** Names put right against tables of what people corrected by hand. */
export function measureNameRecall(files: readonly string[]): Row {
  const pairs = files.flatMap(readPairs)
  if (pairs.length === 0)
    return absentRow('names-recall', 'Names, known errors', 'a before/after table')
  let fixed = 0
  let suggested = 0
  for (const { before, after, context } of pairs) {
    const { fixes, suggestions } = changesFor(
      `${context} ${before} and then ${before} came back.`,
      [after],
    )
    const isRight = ({ heard, shown }: { heard: string; shown: string }) =>
      after.includes(shown) && before.includes(heard)
    if (fixes.some(isRight)) fixed++
    else if (suggestions.some(isRight)) suggested++
  }
  return {
    id: 'names-recall',
    title: 'Names, known errors: fixed, fixed or suggested',
    figures: {
      fixed: fixed / pairs.length,
      fixedOrSuggested: (fixed + suggested) / pairs.length,
    },
    count: pairs.length,
  }
}

/** Fixes made with a roster of people who are not there: all of them are false. */
export function measureFalseFixes(texts: readonly string[]): Row {
  const title = 'Names, false fixes per 10,000 words with an impostor roster'
  if (texts.length === 0) return absentRow('names-false', title, 'any transcript')
  let words = 0
  let fixes = 0
  let suggestions = 0
  for (const [index, text] of texts.entries()) {
    const lower = text.toLowerCase()
    const absent = IMPOSTORS.filter(
      (name) => !name.split(' ').some((part) => lower.includes(part.toLowerCase())),
    )
    const roster = absent.filter((_, at) => (at + index) % 3 === 0).slice(0, ROSTER_SIZE)
    const changes = changesFor(text, roster)
    words += text.split(/\s+/).length
    fixes += changes.fixes.reduce((sum, { count }) => sum + count, 0)
    suggestions += changes.suggestions.length
  }
  return {
    id: 'names-false',
    title,
    figures: {
      falseFixes: (fixes * 10_000) / words,
      suggestions: (suggestions * 10_000) / words,
      words,
    },
    count: texts.length,
    published: ['prototype: 0 to .3 (full-name anchor 0.00; lone words .30)'],
    gates: [{ figure: 'falseFixes', atMost: 0.3 }],
    goals: [{ figure: 'falseFixes', atMost: 0.1 }],
  }
}

function changesFor(text: string, names: readonly string[]) {
  const segments: Segment[] = [{ start: 0, end: 1, speaker: null, text }]
  const reading = readTranscript({ language: 'en', origin: 'captions', segments }, 'en')
  const roster = collectRoster({
    persons: names.map((name) => ({ name, role: null })),
    title: '',
    show: '',
    notes: null,
    chapterTitles: [],
    earlier: [],
  })
  return findNameChanges(reading, roster)
}

function readPairs(path: string) {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n')
  const columns = head.split('\t')
  const at = (cells: readonly string[], name: string) => cells[columns.indexOf(name)]?.trim() ?? ''
  return lines
    .map((line) => line.split('\t'))
    .map((cells) => ({
      before: at(cells, 'before'),
      after: at(cells, 'after'),
      context: at(cells, 'context_before'),
    }))
    .filter(({ before, after }) => NAME.test(after) && NAME.test(before))
    .filter(({ before, after }) => before.toLowerCase() !== after.toLowerCase())
}
