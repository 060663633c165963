import { readFileSync } from 'node:fs'
import { cuesOf } from '../src/text/cues-of.ts'
import { adCueStrengths, findAds } from '../src/text/find-ads.ts'
import { readTranscript } from '../src/text/reading.ts'
import { absentRow, type Row } from './row.ts'

type Labelled = { sentence: string; isAd: boolean }

/** Advertising found sentence by sentence, against B/I/E/O labels. */
export function measureAds(files: readonly string[]): Row {
  const title = 'Advertising, sentences: precision/recall/content lost'
  if (files.length === 0) return absentRow('ads', title, 'a set of sentence,label tables')
  const total = { hits: 0, found: 0, marked: 0, content: 0 }
  for (const file of files) {
    const rows = readRows(file)
    const found = findIn(rows)
    for (const [index, { isAd }] of rows.entries()) {
      if (isAd) total.marked++
      else total.content++
      if (found.has(index)) total.found++
      if (found.has(index) && isAd) total.hits++
    }
  }
  const precision = total.found === 0 ? 1 : total.hits / total.found
  const recall = total.marked === 0 ? 0 : total.hits / total.marked
  return {
    id: 'ads',
    title,
    figures: {
      precision,
      recall,
      f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
      contentLost: (total.found - total.hits) / Math.max(1, total.content),
    },
    count: files.length,
    published: ['prototype .84/.45, content lost .5 %; Reddy et al. 2021, trained: F1 .71 to .77'],
    gates: [
      { figure: 'precision', atLeast: 0.8 },
      { figure: 'contentLost', atMost: 0.007 },
    ],
    goals: [
      { figure: 'precision', atLeast: 0.8 },
      { figure: 'recall', atLeast: 0.6 },
    ],
  }
}

/** Indexes of the rows that lie in a found span. */
function findIn(rows: readonly Labelled[]): Set<number> {
  const segments = rows.map(({ sentence }, index) => ({
    start: index,
    end: index,
    // A speaker of its own keeps each row an utterance, as labelled.
    speaker: `row ${index % 2}`,
    text: sentence,
  }))
  const reading = readTranscript({ language: 'en', origin: 'text', segments }, 'en')
  const spans = findAds(reading, adCueStrengths(reading, cuesOf('en')))
  const found = new Set<number>()
  for (const { first, last } of spans) {
    const from = reading.utterances[first]?.segmentFirst ?? 0
    const to = reading.utterances[last]?.segmentLast ?? from
    for (let row = from; row <= to; row++)
      found.add(Math.round(reading.segments[row]?.start ?? row))
  }
  return found
}

function readRows(path: string): Labelled[] {
  const [head = [], ...rows] = parseCsv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  const names = head.map((name) => name.trim().toLowerCase())
  const sentenceAt = names.findIndex((name) => name.includes('sentence'))
  const labelAt = names.findIndex((name) => name.includes('label'))
  return rows
    .filter((row) => row.length > Math.max(sentenceAt, labelAt))
    .map((row) => ({
      sentence: (row[sentenceAt] ?? '').replace(/\s+/g, ' ').trim() || '-',
      isAd: /^["']?[BIE]/i.test((row[labelAt] ?? '').trim()),
    }))
}

/** Rows of a table with commas, quotes doubled inside quotes (RFC 4180). */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g,
  )) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}
