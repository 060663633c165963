import type { Strip } from './digest-content.ts'
import { fillPart, type Html, joinHtml } from './email/fill-part.ts'
import { stripPart } from './email/skeleton.generated.ts'

const CELLS = 40

type Run = { cells: number; cited: boolean; opensChapter: boolean }

/**
 * The strip as one table row: cells in colour for what is quoted, a gap where a chapter begins.
 * Drawn without images, so it stands where they are blocked. At most 40 cells.
 */
export function renderStripHtml(strip: Strip): Html {
  const cells = measureRuns(strip).map((run) => {
    const colour = run.cited ? '#b5482a' : '#e6dece'
    const gap = run.opensChapter ? ' gap" style="border-left:2px solid #fffdf8' : ''
    const width = (run.cells * 100) / CELLS
    return `<td class="s${run.cited ? 1 : 0}${gap}" width="${width}%" bgcolor="${colour}"></td>` as Html
  })
  return fillPart(stripPart, { cells: joinHtml(cells) })
}

/** The strip as characters, for the text part: `═══│═▓▓═══│══`. */
export function renderStripText(strip: Strip): string {
  return measureRuns(strip)
    .map((run) => (run.opensChapter ? '│' : '') + (run.cited ? '▓' : '═').repeat(run.cells))
    .join('')
}

function measureRuns(strip: Strip): Run[] {
  const cited = new Set<number>()
  for (const span of strip.cited) {
    for (let i = cellOf(span.start, strip); i <= cellOf(span.end, strip); i++) cited.add(i)
  }
  const opening = new Set(strip.chapterStarts.map((start) => cellOf(start, strip)))
  opening.delete(0)
  const runs: Run[] = []
  for (let i = 0; i < CELLS; i++) {
    const last = runs.at(-1)
    const opensChapter = opening.has(i)
    if (last && !opensChapter && last.cited === cited.has(i)) last.cells++
    else runs.push({ cells: 1, cited: cited.has(i), opensChapter })
  }
  return runs
}

function cellOf(place: number, strip: Strip): number {
  return Math.min(CELLS - 1, Math.max(0, Math.floor((place / strip.length) * CELLS)))
}
