import type { Evidence, Insight, Summary } from './summary.ts'

/** An insight with the piece of evidence that it is shown by. */
export type Moment = { insight: Insight; evidence: Evidence }

const MIN_QUOTE = 40
const MAX_QUOTE = 280

/**
 * At most `limit` moments to stand for an episode: those whose quotation speaks for itself (a
 * figure, a known speaker, a label, a readable length), from different chapters where there are
 * any, in order of place. `shownElsewhere` holds ids of evidence that the digest quotes already.
 */
export function chooseMoments(
  summary: Pick<Summary, 'insights' | 'evidence' | 'chapters'>,
  limit: number,
  shownElsewhere: ReadonlySet<string> = new Set(),
): Moment[] {
  const byId = new Map(summary.evidence.map((piece) => [piece.id, piece]))
  const ranked = summary.insights
    .flatMap((insight) => {
      const evidence = byId.get(insight.evidenceIds[0] ?? '')
      return evidence && !shownElsewhere.has(evidence.id) ? [{ insight, evidence }] : []
    })
    .sort((a, b) => scoreOf(b) - scoreOf(a))
  const chosen = [...spreadOverChapters(ranked, summary.chapters), ...ranked]
  return [...new Set(chosen)].slice(0, limit).sort((a, b) => a.evidence.start - b.evidence.start)
}

/** The best moment of each chapter, best first. */
function spreadOverChapters(ranked: readonly Moment[], chapters: Summary['chapters']): Moment[] {
  const taken = new Set<number>()
  return ranked.filter(({ evidence }) => {
    const chapter = chapters.findLastIndex(({ start }) => start <= evidence.start)
    if (taken.has(chapter)) return false
    taken.add(chapter)
    return true
  })
}

function scoreOf({ insight, evidence }: Moment): number {
  const isReadable = evidence.quote.length >= MIN_QUOTE && evidence.quote.length <= MAX_QUOTE
  return (
    (isReadable ? 2 : 0) +
    (/\p{N}/u.test(evidence.quote) ? 1 : 0) +
    (evidence.speaker === null ? 0 : 1) +
    (insight.label === '' ? 0 : 1) +
    (evidence.quote.trimEnd().endsWith('?') ? -1 : 0)
  )
}
