import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { summariseQuery } from '../src/summaries/embedded/summarise-query.ts'
import { readTranscript } from '../src/text/reading.ts'
import { figuresOf } from './measure-qmsum.ts'
import { rouge, sentencesOf } from './rouge.ts'
import { absentRow, type Row } from './row.ts'

/** Length of an extract from a meeting of AMI's size and of ICSI's, in words. */
const SHORT_WORDS = 350
const LONG_WORDS = 450
const LONG_MEETING_WORDS = 9000

const utteranceSchema = z
  .object({
    speaker: z.union([z.string(), z.number()]).nullish(),
    text: z.string().optional(),
    content: z.string().optional(),
    utterance: z.string().optional(),
  })
  .transform(({ speaker, text, content, utterance }) => ({
    speaker: speaker === undefined || speaker === null ? null : String(speaker),
    text: text ?? content ?? utterance ?? '',
  }))

/** Extracts of meetings (AMI, ICSI) against the abstracts that people wrote. */
export function measureMeetings(folders: readonly string[]): Row {
  const title = 'Meetings, 350 or 450 words: R-1/R-2/L'
  if (folders.length === 0) {
    return absentRow('meetings', title, 'a set of utterances.jsonl with reference.txt')
  }
  const scores = folders.map((folder) => {
    const segments = readUtterances(join(folder, 'utterances.jsonl'))
    const reading = readTranscript({ language: 'en', origin: 'text', segments }, 'en')
    const words = reading.tokens.count > LONG_MEETING_WORDS ? LONG_WORDS : SHORT_WORDS
    const lines = summariseQuery(reading, '', words).map(({ text }) => text)
    return bestOf(readReferences(folder).map((text) => rouge(lines, sentencesOf(text))))
  })
  return {
    id: 'meetings',
    title,
    figures: figuresOf(scores),
    count: folders.length,
    published: [
      'prototype AMI 38.67/7.04/16.54, ICSI 32.60/5.64/13.40; TextRank AMI 35.85/6.77/16.42',
    ],
  }
}

function readUtterances(path: string) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => utteranceSchema.parse(JSON.parse(line)))
    .map(({ speaker, text }, index) => ({
      start: index,
      end: index,
      speaker,
      text: text.replace(/\s+/g, ' ').trim(),
    }))
    .filter(({ text }) => text !== '')
}

function readReferences(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('reference'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}

type Scores = ReturnType<typeof rouge>

/** Several references: the one that fits best, as in ROUGE's jackknifing without the folds. */
function bestOf(scores: readonly Scores[]): Scores {
  const [best] = scores.toSorted((a, b) => b.r1.f1 - a.r1.f1)
  return best ?? rouge([], [])
}
