import { parseArgs } from 'node:util'
import { renderTable } from './render-table.ts'
import type { Measured, Row } from './row.ts'
import { emailRow } from './rows/email.ts'
import { jobsRow } from './rows/jobs.ts'
import { oneShotRow } from './rows/one-shot.ts'
import { parseRow } from './rows/parse.ts'
import { pollRow } from './rows/poll.ts'
import { startRow } from './rows/start.ts'
import { summaryRow } from './rows/summary.ts'

const ROWS: readonly Row[] = [
  ...[startRow, jobsRow, pollRow, parseRow, oneShotRow, emailRow, summaryRow],
]

/**
 * Measures every row, or those named by `--only`, prints the table and one line of JSON, and
 * returns the exit code: 0 when every target that is a gate is met, 1 when one is missed, 2 for a
 * name that no row has.
 */
export async function runBench(args: readonly string[]): Promise<0 | 1 | 2> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', multiple: true, default: [] } },
  })
  const names = ROWS.map(({ name }) => name)
  const unknown = values.only.find((name) => !names.includes(name))
  if (unknown !== undefined) {
    console.error(`There is no row “${unknown}”. There are ${names.join(', ')}.`)
    return 2
  }
  const measured: Measured[] = []
  for (const row of ROWS) {
    if (values.only.length > 0 && !values.only.includes(row.name)) continue
    console.error(`Measuring ${row.name} …`)
    measured.push(...(await row.measure()))
  }
  console.log(renderTable(measured))
  console.log(JSON.stringify({ rows: measured }))
  return measured.every(({ passed, isGate }) => passed || !isGate) ? 0 : 1
}
