import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findData } from './find-data.ts'
import { measureAds } from './measure-ads.ts'
import { measureMeetings } from './measure-meetings.ts'
import { measureFalseFixes, measureNameRecall } from './measure-names.ts'
import { measureQmsum } from './measure-qmsum.ts'
import { measureQuality } from './measure-quality.ts'
import { measureScorer } from './measure-scorer.ts'
import { measureSegments, measureTreeseg } from './measure-topics.ts'
import { summariseOwn } from './own-summaries.ts'
import { renderTable } from './print-table.ts'
import { brokenBounds } from './row.ts'

const ROOT = resolve(import.meta.dirname, '..')
const SHARED = join(ROOT, '..', 'shared')

/**
 * Measures the embedded summariser on the sets at hand: `../shared/eval`, or the folder named by
 * `MURMURCAST_EVAL`. Prints a table and one line of JSON; returns 1 when a gate is missed.
 */
export function runEvaluation(): number {
  const folder = resolve(process.env.MURMURCAST_EVAL ?? join(SHARED, 'eval'))
  if (!existsSync(folder)) console.log(`No folder ${folder}: only what needs no data is measured.`)
  const data = findData(folder)
  const own = summariseOwn([join(SHARED, 'fixtures', 'transcripts'), join(ROOT, 'samples')])
  const texts = [
    ...data.segments.map((path) => readFileSync(path, 'utf8').replace(/^={8}.*$/gm, ' ')),
    ...own.map(({ transcript }) => transcript.segments.map(({ text }) => text).join(' ')),
  ]
  const rows = [
    measureScorer(),
    ...measureQmsum(data.qmsum),
    measureMeetings(data.meetings),
    ...measureSegments(data.segments),
    ...measureTreeseg(data.treeseg),
    measureAds(data.ads),
    measureFalseFixes(texts),
    measureNameRecall(data.names),
    ...measureQuality(own),
  ]
  const missed = rows.flatMap((row) => brokenBounds(row, row.gates))
  const result = rows.map(({ id, count, figures }) => ({ id, count, ...figures }))
  console.log(renderTable(rows))
  console.log('')
  console.log(JSON.stringify({ rows: result, missed }))
  return missed.length === 0 ? 0 : 1
}
