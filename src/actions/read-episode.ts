import { PUBLIC } from '../model/audience.ts'
import type { DiscoveredEpisode, Episode } from '../model/episode.ts'
import type { Summary } from '../model/summary.ts'
import type { Transcript } from '../model/transcript.ts'
import type { GuardedFetch } from '../platform/http/guarded-fetch.ts'
import { idOf } from '../platform/ids.ts'
import { findChapters } from '../sources/feed/read-chapters.ts'
import type { SummaryInput } from '../summaries/summary-input.ts'
import { cleanNotes } from '../text/html/clean-notes.ts'
import { getTranscript } from '../transcripts/get-transcript.ts'
import type { TranscriptProvider } from '../transcripts/transcript-provider.ts'

export type ReadDeps = {
  fetch: GuardedFetch
  now: Date
  providers: readonly TranscriptProvider[]
  summarise: (input: SummaryInput) => Promise<Summary>
  /** See `checkSource`. */
  readsFiles?: boolean
}

export type ReadSource = {
  url: string
  title: string
  siteUrl: string | null
  kind: Episode['kind']
}

/** An episode read, in one go, to its summary. */
export type ReadEpisode = {
  source: ReadSource
  episode: Episode
  transcript: Transcript
  summary: Summary
}

/** Takes one episode down the whole line without keeping it anywhere. */
export async function readEpisode(
  deps: ReadDeps,
  source: ReadSource,
  discovered: DiscoveredEpisode,
): Promise<ReadEpisode> {
  const notes = cleanNotes(discovered.notesRaw)
  const published = await findChapters({ url: discovered.chaptersUrl, fetch: deps.fetch })
  const episode: Episode = {
    ...discovered,
    id: idOf('episode', source.url, discovered.guid),
    sourceId: idOf('source', source.url),
    kind: source.kind,
    audience: PUBLIC,
    stage: 'summarised',
    stageReason: null,
    notes,
    givenChapters: published.length > 0 ? published : notes.chapters,
    discoveredAt: deps.now,
  }
  const { transcript } = await getTranscript({ episode, providers: deps.providers })
  const summary = await deps.summarise({
    title: episode.title,
    show: source.title,
    publishedAt: episode.publishedAt,
    durationSeconds: episode.durationSeconds,
    language: episode.language,
    persons: episode.persons,
    notes,
    givenChapters: episode.givenChapters,
    givenChaptersOrigin: published.length > 0 ? 'publisher' : 'notes',
    transcript,
  })
  return { source, episode, transcript, summary }
}
