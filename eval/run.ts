import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findData } from './find-data.ts'
import { measureQmsum } from './measure-qmsum.ts'
import { measureSegments, measureTreeseg } from './measure-topics.ts'
import { renderTable } from './print-table.ts'
import { brokenBounds } from './row.ts'

const ROOT = resolve(import.meta.dirname, '..')

/**
 * Measures the embedded summariser on the sets at hand: `../shared/eval`, or the folder named by
 * `MURMURCAST_EVAL`. Prints a table and one line of JSON; returns 1 when a gate is missed.
 */
export function runEvaluation(): number {
  const folder = process.env.MURMURCAST_EVAL ?? join(ROOT, '..', 'shared', 'eval')
  const data = findData(resolve(folder))
  if (!existsSync(data.root))
    console.log(`No folder ${folder}: only what needs no data is measured.`)
  const rows = [
    ...measureQmsum(data.qmsum),
    ...measureSegments(data.segments),
    ...measureTreeseg(data.treeseg),
  ]
  const missed = rows.flatMap((row) => brokenBounds(row, row.gates))
  console.log(renderTable(rows))
  console.log('')
  console.log(
    JSON.stringify({
      rows: rows.map(({ id, count, figures }) => ({ id, count, ...figures })),
      missed,
    }),
  )
  return missed.length === 0 ? 0 : 1
}
