import type { Summary } from './summary.ts'

/** Words a minute of an adult who reads silently: Brysbaert, "How many words do we read per minute?", 2019. */
const WORDS_A_MINUTE = 238

/** Minutes that a summary takes to read, at least 1. */
export function minutesToRead(summary: Summary): number {
  const texts = [
    summary.description,
    ...summary.paragraphs.flatMap((paragraph) => paragraph.sentences.map(({ text }) => text)),
    ...summary.insights.map((insight) => insight.text),
  ]
  const words = texts.reduce((sum, text) => sum + (text.match(/\S+/g)?.length ?? 0), 0)
  return Math.max(1, Math.round(words / WORDS_A_MINUTE))
}
