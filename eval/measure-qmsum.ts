import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { summariseQuery } from '../src/summaries/embedded/summarise-query.ts'
import { type Reading, readTranscript } from '../src/text/reading.ts'
import { type Rouge, rouge, sentencesOf } from './rouge.ts'
import { absentRow, mean, type Row } from './row.ts'

const meetingSchema = z.object({
  general_query_list: z.array(z.object({ query: z.string(), answer: z.string() })),
  specific_query_list: z.array(z.object({ query: z.string(), answer: z.string() })),
  meeting_transcripts: z.array(z.object({ speaker: z.string(), content: z.string() })),
})
type Meeting = z.infer<typeof meetingSchema>

/** Length of an answer and of a summary of the whole, in words. Set on the validation half. */
const QUERY_WORDS = 85
const GENERAL_WORDS = 110

/** QMSum (Zhong et al., 2021): summaries of meetings, whole and for a question. */
export function measureQmsum(files: readonly string[]): Row[] {
  if (files.length === 0) {
    return [absentRow('qmsum', 'QMSum queries', 'QMSum (.jsonl with meeting_transcripts)')]
  }
  const scores = { general: [] as Rouge[], specific: [] as Rouge[] }
  for (const meeting of files.flatMap(readMeetings)) {
    const reading = readingOf(meeting)
    for (const { query, answer } of meeting.general_query_list) {
      scores.general.push(score(reading, { query, answer, words: GENERAL_WORDS }))
    }
    for (const { query, answer } of meeting.specific_query_list) {
      scores.specific.push(score(reading, { query, answer, words: QUERY_WORDS }))
    }
  }
  const all = [...scores.general, ...scores.specific]
  return [
    {
      id: 'qmsum',
      title: 'QMSum, all queries: R-1/R-2/Lsum',
      figures: figuresOf(all),
      count: all.length,
      published: [
        'TextRank re-run at equal length 23.65/3.34/19.54; random 19.76/2.08/17.39',
        'PGNet 28.74/5.98/25.13, BART 29.20/6.37/25.49, HMNet with gold spans 36.06/11.36/31.27 (paper)',
      ],
      gates: [
        { figure: 'r1', atLeast: 26.5 },
        { figure: 'r2', atLeast: 5.8 },
        { figure: 'lsum', atLeast: 23 },
      ],
      goals: [
        { figure: 'r1', atLeast: 28 },
        { figure: 'r2', atLeast: 6.5 },
        { figure: 'lsum', atLeast: 24 },
      ],
    },
    {
      id: 'qmsum-specific',
      title: 'QMSum, questions',
      figures: figuresOf(scores.specific),
      count: scores.specific.length,
    },
    {
      id: 'qmsum-general',
      title: 'QMSum, whole meetings',
      figures: figuresOf(scores.general),
      count: scores.general.length,
    },
  ]
}

function readMeetings(path: string): Meeting[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => meetingSchema.parse(JSON.parse(line)))
}

function readingOf(meeting: Meeting): Reading {
  const segments = meeting.meeting_transcripts.map(({ speaker, content }, index) => ({
    start: index,
    end: index,
    speaker,
    // The set writes words and marks apart: "that 's great ."
    text: content
      .replace(/\{[a-z]+\}/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/ ([.,?!'])/g, '$1')
      .trim(),
  }))
  return readTranscript({ language: 'en', origin: 'text', segments }, 'en')
}

function score(
  reading: Reading,
  { query, answer, words }: { query: string; answer: string; words: number },
): Rouge {
  let last: string | null = null
  const lines = summariseQuery(reading, query, words).map(({ speaker, text }) => {
    const line = speaker === null || speaker === last ? text : `${speaker} said: ${text}`
    last = speaker
    return line
  })
  return rouge(lines, sentencesOf(answer))
}

export function figuresOf(scores: readonly Rouge[]): Record<string, number> {
  return {
    r1: 100 * mean(scores.map(({ r1 }) => r1.f1)),
    r2: 100 * mean(scores.map(({ r2 }) => r2.f1)),
    lsum: 100 * mean(scores.map(({ lsum }) => lsum.f1)),
    l: 100 * mean(scores.map(({ l }) => l.f1)),
  }
}
