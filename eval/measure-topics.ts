import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import type { Segment } from '../src/model/transcript.ts'
import { cuesOf } from '../src/text/cues-of.ts'
import { type Reading, readTranscript } from '../src/text/reading.ts'
import { segmentTopics } from '../src/text/segment-topics.ts'
import { topicUnits } from '../src/text/topic-units.ts'
import { absentRow, mean, type Row } from './row.ts'
import { scoreTopics, type TopicScores } from './topic-metrics.ts'

type Marked = { reading: Reading; boundaries: number[] }

/** Podcasts with hand-marked topics (SliceCast, 2020), with and without the number of topics. */
export function measureSegments(files: readonly string[]): Row[] {
  if (files.length === 0) {
    return [absentRow('segments', 'Topics of podcasts', 'a set of ========,level,title files')]
  }
  return measure(files.map(readMarkedText), {
    id: 'segments',
    title: 'Topics of podcasts',
    published: [
      'SliceCast, trained: Pk .387 (paper); prototype Pk .355 / .408, F1 .391 / .338; nothing .436',
    ],
    gates: { known: 0.37, auto: 0.41 },
    goals: { known: 0.32, auto: 0.36, f1: 0.45 },
  })
}

/** Recorded meetings of TreeSeg (Gklezakos et al., 2024), coarse topics. */
export function measureTreeseg(pairs: readonly (readonly [string, string])[]): Row[] {
  if (pairs.length === 0)
    return [absentRow('treeseg', 'Topics of meetings', 'a set of treeseg pairs')]
  return measure(pairs.map(readTreeseg), { id: 'treeseg', title: 'Topics of meetings (treeseg)' })
}

function measure(
  marked: readonly Marked[],
  row: Pick<Row, 'id' | 'title' | 'published'> & {
    gates?: { known: number; auto: number }
    goals?: { known: number; auto: number; f1: number }
  },
): Row[] {
  const known = marked.map((item) => scoreWith(item, item.boundaries.length + 1))
  const auto = marked.map((item) => scoreWith(item))
  const { gates, goals, ...rest } = row
  return [
    {
      ...rest,
      title: `${row.title}, number known: Pk/WD/F1`,
      figures: averages(known),
      count: marked.length,
      ...(gates && { gates: [{ figure: 'pk', atMost: gates.known }] }),
      ...(goals && {
        goals: [
          { figure: 'pk', atMost: goals.known },
          { figure: 'f1', atLeast: goals.f1 },
        ],
      }),
    },
    {
      id: `${row.id}-auto`,
      title: `${row.title}, number unknown`,
      figures: averages(auto),
      count: marked.length,
      ...(gates && { gates: [{ figure: 'pk', atMost: gates.auto }] }),
      ...(goals && { goals: [{ figure: 'pk', atMost: goals.auto }] }),
    },
  ]
}

function averages(scores: readonly TopicScores[]): Record<string, number> {
  return {
    pk: mean(scores.map(({ pk }) => pk)),
    windowDiff: mean(scores.map(({ windowDiff }) => windowDiff)),
    f1: mean(scores.map(({ f1 }) => f1)),
  }
}

function scoreWith({ reading, boundaries }: Marked, count?: number): TopicScores {
  const units = topicUnits(reading, cuesOf(reading.language))
  const found = segmentTopics(units, count === undefined ? {} : { count }).slice(1)
  return scoreTopics(reading.utterances.length, boundaries, found)
}

/**
 * Lines count as turns only where topics have several: where each topic is one line, line ends
 * would give the answer away.
 */
function readMarkedText(path: string): Marked {
  const lines: { text: string; opens: boolean }[] = []
  let opens = false
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const text = line.replace(/\s+/g, ' ').trim()
    if (text.startsWith('========')) opens = true
    else if (text !== '') {
      lines.push({ text, opens: opens && lines.length > 0 })
      opens = false
    }
  }
  const topics = lines.filter((line) => line.opens).length + 1
  const hasTurns = lines.length >= topics * 3
  const segments = lines.map(({ text }, index) => ({
    start: index,
    end: index,
    speaker: hasTurns ? `turn ${index % 2}` : null,
    text,
  }))
  const starts = lines.flatMap((line, index) => (line.opens ? [index] : []))
  return markedBy(segments, starts)
}

/** Boundaries given as indexes of segments, turned into indexes of sentences. */
function markedBy(segments: Segment[], starts: readonly number[]): Marked {
  const reading = readTranscript({ language: 'en', origin: 'text', segments }, 'en')
  const boundaries = starts
    .map((start) => reading.utterances.findIndex(({ segmentLast }) => segmentLast >= start))
    .filter((index) => index > 0)
  return { reading, boundaries: [...new Set(boundaries)] }
}

const transcriptSchema = z.record(
  z.string(),
  z.object({ entries: z.array(z.object({ composite: z.string() })) }),
)
const annotationSchema = z.record(
  z.string(),
  z.object({ coarse: z.array(z.tuple([z.number(), z.number(), z.string()])) }),
)

function readTreeseg([transcriptPath, annotationPath]: readonly [string, string]): Marked {
  const transcripts = transcriptSchema.parse(JSON.parse(readFileSync(transcriptPath, 'utf8')))
  const annotations = annotationSchema.parse(JSON.parse(readFileSync(annotationPath, 'utf8')))
  const id = Object.keys(transcripts).find((key) => annotations[key] !== undefined)
  const entries = transcripts[id ?? '']?.entries
  const annotation = annotations[id ?? '']
  if (entries === undefined || annotation === undefined) {
    throw new Error(`${basename(transcriptPath)} and its annotations are about different meetings`)
  }
  const segments = entries.map(({ composite }, index) => {
    const colon = composite.indexOf(': ')
    return {
      start: index,
      end: index,
      speaker: colon > 0 ? composite.slice(0, colon) : null,
      text: composite.slice(colon + 2).trim() || '-',
    }
  })
  return markedBy(
    segments,
    annotation.coarse.map(([start]) => start).filter((start) => start > 0),
  )
}
