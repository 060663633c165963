import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Values under these names never reach a log. */
const SECRET_PATHS = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  '*.password',
  '*.token',
]

/**
 * A log of JSON lines. `error` is for what a person must act on; a step that failed and will be
 * tried again is a `warn`.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    redact: { paths: SECRET_PATHS, censor: '(hidden)' },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/** A log that keeps nothing, for tests and one-shot commands. */
export const silentLog: Log = pino({ level: 'silent' })
