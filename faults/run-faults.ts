import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Fault, FaultResult } from './fault.ts'
import { FAULTS } from './list-faults.ts'

type Row = Fault & { result: FaultResult; seconds: number }

/**
 * Strikes as often as asked, prints a table of what came of it, and returns the exit code: 1 when
 * anything was lost, came twice or was otherwise wrong, 2 when the question makes no sense.
 */
export async function runFaults(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { cycles: { type: 'string' }, only: { type: 'string' } },
  })
  const cycles = values.cycles === undefined ? undefined : Number(values.cycles)
  const chosen = FAULTS.filter(({ name }) => values.only === undefined || name === values.only)
  if (chosen.length === 0 || (cycles !== undefined && !(Number.isInteger(cycles) && cycles > 0))) {
    const names = FAULTS.map(({ name }) => name).join(', ')
    console.error(`Use --cycles with a number from 1 and --only with one of: ${names}.`)
    return 2
  }
  const rows: Row[] = []
  for (const fault of chosen) rows.push(await runFault(fault, cycles ?? fault.cycles))
  console.log(renderTable(rows))
  return rows.every((row) => isHeld(row.result)) ? 0 : 1
}

async function runFault(fault: Fault, cycles: number): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'mc-faults-'))
  const startedAt = performance.now()
  const progress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${fault.name}: ${text}`)
  }
  try {
    const result = await fault.run({ cycles, folder, progress }).catch(brokenOff)
    return { ...fault, result, seconds: (performance.now() - startedAt) / 1000 }
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

function brokenOff(error: unknown): FaultResult {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const faults = [`It could not be carried through: ${message}`]
  return { cycles: 0, lost: 0, duplicates: 0, faults, note: '' }
}

const isHeld = ({ cycles, lost, duplicates, faults }: FaultResult): boolean =>
  cycles > 0 && lost === 0 && duplicates === 0 && faults.length === 0

function renderTable(rows: readonly Row[]): string {
  const head = ['row', 'what', 'cycles', 'lost', 'duplicates', 'seconds', 'verdict', '']
  const lines = rows.map(({ row, what, result, seconds }) => [
    ...[String(row), what, String(result.cycles), String(result.lost), String(result.duplicates)],
    ...[seconds.toFixed(1), isHeld(result) ? 'held' : 'MISSED', result.note],
  ])
  const table = [head, ...lines]
  const widths = head.map((_, n) => Math.max(...table.map((line) => line[n]?.length ?? 0)))
  const text = table.map((line) =>
    line
      .map((cell, n) => cell.padEnd(widths[n] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const wrong = rows.flatMap(({ name, result }) => result.faults.map((it) => `${name}: ${it}`))
  return [...text, ...wrong].join('\n')
}
