import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { summariseEmbedded } from '../src/summaries/embedded/summarise-embedded.ts'
import { loadTranscript } from './load-transcript.ts'
import type { OwnSummary } from './measure-quality.ts'

/** Shorter transcripts say little about a summariser. In words. */
const MIN_WORDS = 2000
const TRANSCRIPT = /(?:\.srt|\.vtt|\.json|\.html|\.md)$/

/** Summaries of every long transcript in the folders, with the processor time each took. */
export function summariseOwn(folders: readonly string[]): OwnSummary[] {
  return folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(
        (name) => TRANSCRIPT.test(name) && !/(?:^|[/\\])(?:notes|chapters|scripts)[/\\]/.test(name),
      )
      .sort()
      .flatMap((name) => summarise(join(folder, name))),
  )
}

function summarise(path: string): OwnSummary[] {
  const transcript = loadTranscript(path)
  if (transcript === null) return []
  const run = () => {
    const begun = process.cpuUsage()
    const summary = summariseEmbedded({
      title: '',
      show: '',
      publishedAt: null,
      durationSeconds: null,
      language: null,
      persons: [],
      notes: null,
      givenChapters: [],
      givenChaptersOrigin: 'notes',
      transcript,
    })
    const { user, system } = process.cpuUsage(begun)
    return { summary, cpuMs: (user + system) / 1000 }
  }
  const first = run()
  if (first.summary.coverage.wordsIn < MIN_WORDS) return []
  // The second run is the one of a program that has been running for a while.
  return [{ transcript, ...run() }]
}
