import { type Measured, round } from './row.ts'

const HEAD = ['row', 'work', 'ours', 'peer', 'ratio', 'target', '']

function markOf({ passed, isGate }: Measured): string {
  if (passed) return '✓'
  return isGate ? '✗' : 'not reached; no gate'
}

/** The measured rows as a table in plain text. */
export function renderTable(rows: readonly Measured[]): string {
  const cells = rows.map((row) => [
    row.name,
    row.work,
    row.ours,
    row.peer ?? '–',
    row.ratio === null ? '–' : `${round(row.ratio)}×`,
    row.target,
    markOf(row),
  ])
  const all = [HEAD, ...cells]
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [line(HEAD), rule, ...cells.map(line)].join('\n')
}
