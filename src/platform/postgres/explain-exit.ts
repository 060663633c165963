import { Failure } from '../../model/failure.ts'
import { restoreAdvice } from './cluster-files.ts'

/** Why a server that was just started is gone again: another one is there, or a reason to give up. */
export type ExitReason = { reason: 'rival' | 'orphans' } | { reason: 'failure'; failure: Failure }

const rivalLine = /lock file "[^"]+" already exists|could not create lock file .*File exists/
const orphansLine = /pre-existing shared memory block .* is still in use/

type Cause = { line: RegExp; code: string; blame: 'caller' | 'outside'; advice: string }

const causes: Cause[] = [
  {
    line: /No space left on device|Disk quota exceeded/,
    code: 'disk-full',
    blame: 'outside',
    advice: 'The disk is full (or out of inodes). Free some space there, then start again',
  },
  {
    line: /Read-only file system/,
    code: 'data-folder-read-only',
    blame: 'outside',
    advice: 'That file system is read-only. Remount it for writing, then start again',
  },
  {
    line: /Input\/output error/,
    code: 'disk-error',
    blame: 'outside',
    advice: 'The disk reports errors. Save what is there and check the disk before starting again',
  },
  {
    line: /Permission denied|has wrong ownership|has invalid permissions/,
    code: 'data-folder-not-writable',
    blame: 'caller',
    advice: 'Some of its files belong to another user. Give them back to the owner of that folder',
  },
  {
    line: /Cannot allocate memory|could not (map anonymous|create) shared memory/,
    code: 'out-of-memory',
    blame: 'outside',
    advice: 'There is too little free memory. Close something else, then start again',
  },
  {
    line: /could not (bind|create any TCP|create any Unix)|Address already in use/,
    code: 'database-start-failed',
    blame: 'outside',
    advice: 'Another program uses its address. Stop that program, then start again',
  },
  {
    line: /unrecognized configuration parameter|invalid value for parameter|errors? in .*configuration/,
    code: 'database-start-failed',
    blame: 'caller',
    advice: 'Take that setting out, then start again',
  },
]

/**
 * Tells from the `lines` that a server logged before it exited at start what has happened. Anything
 * that is no known trouble around the data is taken for damage of the data itself.
 */
export function explainExit(lines: string[], clusterDir: string): ExitReason {
  if (lines.some((line) => rivalLine.test(line))) return { reason: 'rival' }
  if (lines.some((line) => orphansLine.test(line))) return { reason: 'orphans' }
  const quote = usefulLines(lines).join(' / ') || 'it wrote nothing to its log'
  const cause = causes.find(({ line }) => lines.some((text) => line.test(text)))
  const { code, blame, advice } = cause ?? {
    code: 'database-damaged',
    blame: 'outside',
    advice: restoreAdvice,
  }
  const message = `The database in ${clusterDir} did not start: ${quote}. ${advice}.`
  return { reason: 'failure', failure: new Failure(code, blame, message) }
}

/** The last three lines that tell what went wrong, without time stamps and follow-up noise. */
export function usefulLines(lines: string[]): string[] {
  const noise =
    /terminating any other active|shutting down because|was terminated by signal|aborting startup/
  const trouble = lines.filter((line) => /(FATAL|PANIC|ERROR|DETAIL):|error:/.test(line))
  const telling = trouble.filter((line) => !noise.test(line))
  const chosen = telling.length > 0 ? telling : lines.filter((line) => !noise.test(line))
  return chosen.slice(-3).map((line) => line.replace(/^\S+ \S+ \S+ \[\d+\] /, '').trim())
}
