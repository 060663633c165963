import type { Episode } from '../model/episode.ts'
import { minutesToRead } from '../model/minutes-to-read.ts'
import type { Evidence, Insight, Summary } from '../model/summary.ts'
import type { DigestItem, DigestMoment, Strip, Verdict } from './digest-content.ts'

const MOMENTS = 3
/** Fewer quotes prove nothing about where they lie. */
const QUOTES_FOR_VERDICT = 4
/** A stretch is worth naming when it holds this share of the quotes … */
const STRETCH_QUOTES = 0.6
/** … in at most this share of the time. */
const STRETCH_LENGTH = 0.35

/** An episode as the digest tells it, from its summary alone. `pageUrl` is absolute. */
export function describeItem(
  episode: Pick<Episode, 'id' | 'title' | 'kind' | 'publishedAt' | 'durationSeconds'>,
  summary: Summary,
  pageUrl: string,
): DigestItem {
  const evidence = new Map(summary.evidence.map((piece) => [piece.id, piece]))
  return {
    episodeId: episode.id,
    title: episode.title,
    show: summary.show,
    kind: episode.kind,
    publishedAt: episode.publishedAt?.toISOString() ?? null,
    durationSeconds: episode.durationSeconds,
    readingMinutes: minutesToRead(summary),
    language: summary.language,
    description: summary.description,
    badges: summary.badges,
    moments: chooseMoments(summary, evidence, pageUrl),
    pageUrl,
    origin: summary.transcriptOrigin,
    verdict: chooseVerdict(summary, episode.durationSeconds),
    strip: drawStrip(summary, episode.durationSeconds),
  }
}

/** The URL of a moment on an episode's page. */
export function momentUrl(
  pageUrl: string,
  { unit, start }: Pick<Evidence, 'unit' | 'start'>,
): string {
  return unit === 'time' ? `${pageUrl}#t=${Math.floor(start)}` : `${pageUrl}#p=${start}`
}

function chooseMoments(
  summary: Summary,
  evidence: ReadonlyMap<string, Evidence>,
  pageUrl: string,
): DigestMoment[] {
  return summary.insights
    .map((insight, index) => ({ insight, rank: insight.rank ?? index + 1 }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOMENTS)
    .flatMap(({ insight }) => toMoment(insight, evidence, pageUrl))
    .toSorted((a, b) => a.at.start - b.at.start)
}

function toMoment(
  insight: Insight,
  evidence: ReadonlyMap<string, Evidence>,
  pageUrl: string,
): DigestMoment[] {
  const piece = evidence.get(insight.evidenceIds[0] ?? '')
  if (piece === undefined) return []
  return [
    {
      label: insight.label === '' ? null : insight.label,
      quote: insight.text,
      speaker: insight.speaker,
      at: { unit: piece.unit, start: piece.start },
      url: momentUrl(pageUrl, piece),
    },
  ]
}

function chooseVerdict(summary: Summary, durationSeconds: number | null): Verdict | null {
  if (summary.transcriptOrigin === 'text') return null
  const starts = summary.evidence.map((piece) => piece.start).toSorted((a, b) => a - b)
  if (starts.length === 0) return { kind: 'skip' }
  if (starts.length < QUOTES_FOR_VERDICT || durationSeconds === null) return null
  const stretch = findDensestStretch(starts, durationSeconds * STRETCH_LENGTH)
  if (stretch.count < starts.length * STRETCH_QUOTES) return { kind: 'read' }
  return {
    kind: 'listen',
    fromSeconds: stretch.from,
    minutes: Math.max(1, Math.ceil((stretch.to - stretch.from) / 60)),
    quotesInside: stretch.count,
    quotesTotal: starts.length,
  }
}

/** The stretch of at most `length` that holds the most of the ascending `starts`. */
function findDensestStretch(
  starts: readonly number[],
  length: number,
): { from: number; to: number; count: number } {
  let best = { from: 0, to: 0, count: 0 }
  let first = 0
  for (const [last, to] of starts.entries()) {
    while (to - (starts[first] ?? to) > length) first += 1
    const count = last - first + 1
    if (count > best.count) best = { from: starts[first] ?? to, to, count }
  }
  return best
}

function drawStrip(summary: Summary, durationSeconds: number | null): Strip | null {
  const ends = [...summary.chapters, ...summary.evidence].map(({ end }) => end)
  const length = Math.max(durationSeconds ?? 0, ...ends)
  if (length <= 0 || summary.chapters.length < 2) return null
  return {
    length,
    chapterStarts: summary.chapters
      .map(({ start }) => start)
      .filter((start) => start > 0 && start < length),
    cited: summary.evidence
      .map(({ start, end }) => ({ start, end }))
      .toSorted((a, b) => a.start - b.start),
  }
}
