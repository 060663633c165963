import { type DestinationStream, destination, type Logger, pino } from 'pino'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Values under these names never reach a log. */
const SECRET_NAMES = ['password', 'token', 'secret', 'authorization', 'cookie']
const STANDARD_ERROR = 2

/**
 * A log on standard error: lines of JSON for machines, readable ones when a person is watching.
 * `error` is for what a person must act on; a step that failed and is tried again is a `warn`.
 */
export async function openLog(level: LogLevel, isWatched: boolean): Promise<Log> {
  if (!isWatched) return createLog(level, destination(STANDARD_ERROR))
  const { default: pretty } = await import('pino-pretty')
  const stream = pretty({
    destination: STANDARD_ERROR,
    sync: true,
    timestampKey: 'at',
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'level',
    hideObject: true,
    messageFormat: '{if step}{step}: {outcome} {end}{reason}{msg}',
  })
  return createLog(level, stream)
}

/** A log of JSON lines into `stream`. */
export function createLog(level: LogLevel, stream: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`]), censor: '(hidden)' },
  }
  return pino(options, stream)
}

/** A log that keeps nothing, for tests and one-shot commands. */
export const silentLog: Log = pino({ level: 'silent' })
