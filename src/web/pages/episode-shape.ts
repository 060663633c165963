import type { EpisodePage } from '../../store/views/episode-page.ts'
import { findInTranscript, findInVideo, type MomentFinder } from '../parts/moment-link.tsx'

export type EpisodeChapter = { title: string; start: number; end: number }

/** The summary's chapters, or the publisher's own while there is no summary. */
export function chaptersOf(view: EpisodePage): EpisodeChapter[] {
  if (view.summary !== null && view.summary.chapters.length > 0) return view.summary.chapters
  const given = view.givenChapters
  return given.map(({ title, start }, index) => ({
    title,
    start,
    end: given[index + 1]?.start ?? Math.max(start, view.durationSeconds ?? start),
  }))
}

/** Seconds, or paragraphs where the words are a text. */
export function unitOf(view: EpisodePage): 'time' | 'paragraph' {
  if (view.transcript.state === 'shown')
    return view.transcript.origin === 'text' ? 'paragraph' : 'time'
  return view.summary?.transcriptOrigin === 'text' ? 'paragraph' : 'time'
}

/** How moments on this page are reached: in the transcript, else at the publisher's. */
export function momentFinderOf(view: EpisodePage): MomentFinder {
  if (view.transcript.state === 'shown') return findInTranscript(view.transcript.segments)
  return findInVideo(view.link)
}
