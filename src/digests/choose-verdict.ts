import type { SourceKind } from '../model/source.ts'
import type { Evidence, Summary } from '../model/summary.ts'
import type { Verdict } from './digest-content.ts'

/** As long as a walk round the block: what a reader with a quarter of an hour can hear. */
const WINDOW_SECONDS = 11 * 60
/** Shorter episodes are heard whole or not at all. */
const MIN_DURATION_SECONDS = 20 * 60
/** Fewer moments prove nothing about where the worth lies. */
const MIN_MOMENTS = 5
const MIN_SHARE = 0.6

/**
 * What to do with an episode, or null where its figures do not tell. `listen` when at least 60 % of
 * its key moments, and five at least, lie within eleven minutes of an episode of twenty or more.
 */
export function chooseVerdict(
  summary: Pick<Summary, 'insights' | 'evidence' | 'durationSeconds' | 'transcriptOrigin'>,
  kind: SourceKind,
): Verdict | null {
  if (summary.transcriptOrigin === 'text') {
    return kind === 'newsletter' || kind === 'blog' ? { kind: 'read' } : null
  }
  if (summary.evidence.length === 0) return { kind: 'skip' }
  if ((summary.durationSeconds ?? 0) < MIN_DURATION_SECONDS) return null
  const moments = listMoments(summary)
  if (moments.length < MIN_MOMENTS) return null
  const inside = findDensestWindow(moments)
  const first = inside[0]
  if (!first || inside.length < MIN_MOMENTS || inside.length / moments.length < MIN_SHARE) {
    return null
  }
  const end = Math.max(...inside.map((moment) => moment.end))
  return {
    kind: 'listen',
    fromSeconds: Math.floor(first.start),
    minutes: Math.max(1, Math.ceil((end - first.start) / 60)),
    quotesInside: inside.length,
    quotesTotal: moments.length,
  }
}

/** The first place of each insight, by time. */
function listMoments(summary: Pick<Summary, 'insights' | 'evidence'>): Evidence[] {
  const byId = new Map(summary.evidence.map((piece) => [piece.id, piece]))
  return summary.insights
    .flatMap((insight) => byId.get(insight.evidenceIds[0] ?? '') ?? [])
    .filter((piece) => piece.unit === 'time')
    .sort((a, b) => a.start - b.start)
}

/** The moments of the window that holds most of them; the earliest of equals. */
function findDensestWindow(moments: readonly Evidence[]): Evidence[] {
  let best: Evidence[] = []
  for (const [index, { start }] of moments.entries()) {
    const inside = moments.slice(index).filter(({ end }) => end <= start + WINDOW_SECONDS)
    if (inside.length > best.length) best = inside
  }
  return best
}
