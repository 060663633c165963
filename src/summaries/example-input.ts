import type { Segment } from '../model/transcript.ts'
import type { SummaryInput } from './summary-input.ts'

/** An input for tests: an empty episode, with whatever the test is about laid over it. */
export function exampleInput(changes: Partial<SummaryInput> = {}): SummaryInput {
  return {
    title: 'An episode',
    show: 'A show',
    publishedAt: new Date('2026-11-20T06:00:00Z'),
    durationSeconds: null,
    language: null,
    persons: [],
    notes: null,
    givenChapters: [],
    givenChaptersOrigin: 'notes',
    transcript: { language: 'und', origin: 'publisher', segments: [] },
    ...changes,
  }
}

/** A timed transcript of one segment per line, `secondsEach` apart; `Name: text` gives a speaker. */
export function timedLines(text: string, secondsEach = 6): SummaryInput['transcript'] {
  const segments: Segment[] = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const match = /^(\p{Lu}[\p{L}\p{N} ]{0,30}): (.*)$/u.exec(line)
      return {
        start: index * secondsEach,
        end: (index + 1) * secondsEach,
        speaker: match?.[1] ?? null,
        text: match?.[2] ?? line,
      }
    })
  return { language: 'und', origin: 'publisher', segments }
}
