import type { Summary } from '../src/model/summary.ts'
import type { Transcript } from '../src/model/transcript.ts'
import { absentRow, mean, type Row } from './row.ts'
import { type OwnScores, scoreOwnSummary } from './score-own-summary.ts'

export type OwnSummary = { transcript: Transcript; summary: Summary; cpuMs: number }

/** What the program's own summaries are like: true, covering, standing alone, short, quick. */
export function measureQuality(summaries: readonly OwnSummary[]): Row[] {
  if (summaries.length === 0)
    return [absentRow('own', 'Own summaries', 'any transcript over 2,000 words')]
  const scores = summaries.map(scoreOwnSummary)
  const of = (pick: (scores: OwnScores) => number) => mean(scores.map(pick))
  const most = (pick: (scores: OwnScores) => number) => Math.max(...scores.map(pick))
  const count = summaries.length
  return [
    {
      id: 'grounding',
      title: 'Quotes verbatim at their time; nothing put in; numbers and names in their span',
      figures: {
        verbatim: of(({ verbatim }) => verbatim),
        deletionOnly: of(({ deletionOnly }) => deletionOnly),
        numbersAndNames: of(({ numbersAndNames }) => numbersAndNames),
      },
      count,
      gates: [
        { figure: 'verbatim', atLeast: 1 },
        { figure: 'deletionOnly', atLeast: 1 },
        { figure: 'numbersAndNames', atLeast: 1 },
      ],
    },
    {
      id: 'coverage',
      title: 'Top entities, top numbers, long chapters with a key moment',
      figures: {
        entities: of(({ entityRecall }) => entityRecall),
        numbers: of(({ numberRecall }) => numberRecall),
        chapters: of(({ chapterCoverage }) => chapterCoverage),
      },
      count,
      gates: [
        { figure: 'entities', atLeast: 0.5 },
        { figure: 'numbers', atLeast: 0.4 },
        { figure: 'chapters', atLeast: 0.9 },
      ],
      goals: [
        { figure: 'entities', atLeast: 0.6 },
        { figure: 'numbers', atLeast: 0.5 },
        { figure: 'chapters', atLeast: 0.95 },
      ],
    },
    {
      id: 'moments',
      title: 'Key moments: stand alone, largest and mean overlap, share of words',
      figures: {
        standalone: of(({ standalone }) => standalone),
        largestOverlap: most(({ largestOverlap }) => largestOverlap),
        meanOverlap: of(({ meanOverlap }) => meanOverlap),
        compression: of(({ compression }) => compression),
      },
      count,
      gates: [
        { figure: 'standalone', atLeast: 0.6 },
        { figure: 'largestOverlap', atMost: 0.5 },
      ],
      goals: [
        { figure: 'standalone', atLeast: 0.7 },
        { figure: 'largestOverlap', atMost: 0.35 },
      ],
    },
    {
      id: 'speed',
      title: 'Processor time per hour of audio (9,000 words)',
      figures: {
        ms: of(({ msPerHour }) => msPerHour),
        slowest: most(({ msPerHour }) => msPerHour),
      },
      count,
      published: ['prototype about 70'],
      gates: [{ figure: 'ms', atMost: 300 }],
      goals: [{ figure: 'ms', atMost: 100 }],
    },
  ]
}
