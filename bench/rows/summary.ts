import lexrank from 'lexrank.js'
import { summariseEmbedded } from '../../src/summaries/embedded/summarise-embedded.ts'
import type { SummaryInput } from '../../src/summaries/summary-input.ts'
import { compare, type Row, ratioRow } from '../row.ts'
import { makeSentences } from '../synthetic-feed.ts'

const WORDS = 30_000
const SECONDS_A_SENTENCE = 6
const SENTENCES_A_PARAGRAPH = 8

function inputOf(sentences: readonly string[]): SummaryInput {
  const segments = sentences.map((text, index) => ({
    start: index * SECONDS_A_SENTENCE,
    end: (index + 1) * SECONDS_A_SENTENCE,
    speaker: index % 3 === 0 ? 'Ada' : 'Per',
    text,
  }))
  return {
    title: 'A long talk',
    show: 'A synthetic show',
    publishedAt: null,
    durationSeconds: sentences.length * SECONDS_A_SENTENCE,
    language: 'en',
    persons: [],
    notes: null,
    givenChapters: [],
    givenChaptersOrigin: 'notes',
    transcript: { language: 'en', origin: 'publisher', segments },
  }
}

/** The peer ranks each paragraph once more by itself, so it is given short ones. */
function paragraphsOf(sentences: readonly string[]): string[] {
  const starts = sentences.keys().filter((index) => index % SENTENCES_A_PARAGRAPH === 0)
  return [...starts].map((at) => sentences.slice(at, at + SENTENCES_A_PARAGRAPH).join(' '))
}

/** A talk of three hours, summarised with no model. */
export const summaryRow: Row = {
  name: 'summary',
  async measure() {
    const sentences = makeSentences(WORDS)
    const input = inputOf(sentences)
    const text = paragraphsOf(sentences).join('\n')
    const result = await compare(
      async () => {
        if (summariseEmbedded(input).evidence.length === 0) throw new Error('nothing was cited')
        return 1
      },
      async () => {
        if (lexrank(text).length === 0) throw new Error('nothing was ranked')
        return 1
      },
      // A round of the peer takes ten seconds and more; there is nothing to warm in that.
      { warms: false },
    )
    const work = `${WORDS.toLocaleString('en')} words, ${sentences.length} sentences`
    const about = { name: 'summary', work, peerName: 'lexrank.js', atLeast: 200, isGate: false }
    return [ratioRow(about, result)]
  },
}
