import { brokenBounds, format, type Row } from './row.ts'

/** The table as lines: title, items, figures, published rows beside them, goals not reached. */
export function renderTable(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ title }) => title.length))
  return rows.flatMap((row) => renderRow(row, width)).join('\n')
}

function renderRow(row: Row, width: number): string[] {
  const figures = Object.entries(row.figures)
    .map(([name, value]) => `${name} ${format(value)}`)
    .join('  ')
  const head = `${row.title.padEnd(width)}  ${row.note ?? `n=${row.count}  ${figures}`}`
  const indent = ' '.repeat(4)
  return [
    head,
    ...(row.published ?? []).map((line) => `${indent}beside it: ${line}`),
    ...brokenBounds(row, row.goals).map((line) => `${indent}goal not reached: ${line}`),
    ...brokenBounds(row, row.gates).map((line) => `${indent}GATE MISSED: ${line}`),
  ]
}
