import { createPoliteFetch } from '../sources/polite-fetch.ts'
import type { LineStep } from './run-line.ts'
import { type BuildDigestDeps, buildDigestStep } from './steps/build-digest.ts'
import { type DiscoverDeps, discoverEpisodesStep } from './steps/discover-episodes.ts'
import { type FetchContentDeps, fetchContentStep } from './steps/fetch-content.ts'
import { type GetTranscriptDeps, getTranscriptStep } from './steps/get-transcript.ts'
import { type SendDigestDeps, sendDigestStep } from './steps/send-digest.ts'
import { type SummariseDeps, summariseEpisodeStep } from './steps/summarise-episode.ts'

/** All that the steps of the line need between them. */
export type LineDeps = DiscoverDeps &
  FetchContentDeps &
  GetTranscriptDeps &
  SummariseDeps &
  BuildDigestDeps &
  SendDigestDeps

/** The line, step by step, and how many of each a process works at a time. */
export function createLineSteps(deps: LineDeps): LineStep[] {
  const polls = { ...deps, fetch: createPoliteFetch(deps.fetch) }
  return [
    { name: 'discover-episodes', step: (job) => discoverEpisodesStep(polls, job), concurrency: 4 },
    { name: 'fetch-content', step: (job) => fetchContentStep(deps, job), concurrency: 4 },
    { name: 'get-transcript', step: (job) => getTranscriptStep(deps, job), concurrency: 4 },
    { name: 'summarise-episode', step: (job) => summariseEpisodeStep(deps, job), concurrency: 2 },
    { name: 'build-digest', step: (job) => buildDigestStep(deps, job), concurrency: 2 },
    { name: 'send-digest', step: (job) => sendDigestStep(deps, job), concurrency: 4 },
  ]
}
