import { describe, expect, it } from 'vitest'
import { Failure } from '../../model/failure.ts'
import { explainExit, usefulLines } from './explain-exit.ts'
import { explainIoError } from './explain-io-error.ts'

const stamp = '2026-11-23 21:09:59.138 UTC [15680] '

describe('why a server is gone again', () => {
  it.each([
    ['FATAL:  lock file "postmaster.pid" already exists', 'rival'],
    ['FATAL:  lock file "/d/run/.s.PGSQL.5432.lock" already exists', 'rival'],
    ['FATAL:  pre-existing shared memory block (key 2203785, ID 29) is still in use', 'orphans'],
  ])('%s', (line, reason) => {
    expect(explainExit([stamp + line], '/d/postgres')).toEqual({ reason })
  })

  it.each([
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'disk-full'],
    ['PANIC:  could not fsync file "global/pg_control": Input/output error', 'disk-error'],
    [
      'FATAL:  could not create lock file "postmaster.pid": Read-only file system',
      'data-folder-read-only',
    ],
    ['FATAL:  data directory "/d/postgres" has wrong ownership', 'data-folder-not-writable'],
    ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'out-of-memory'],
    ['FATAL:  could not create any TCP/IP sockets', 'database-start-failed'],
    ['FATAL:  unrecognized configuration parameter "x"', 'database-start-failed'],
    ['PANIC:  could not locate a valid checkpoint record at 0/1DA0768', 'database-damaged'],
    ['FATAL:  something that was never seen before', 'database-damaged'],
  ])('%s', (line, code) => {
    const exit = explainExit(['LOG:  starting PostgreSQL', stamp + line], '/d/postgres')
    const failure = exit.reason === 'failure' ? exit.failure : null
    expect(failure?.code).toBe(code)
    expect(failure?.message).toContain(`did not start: ${line}`)
    expect(failure?.message).not.toContain(stamp)
  })

  it('a server that wrote nothing', () => {
    const exit = explainExit([], '/d/postgres')
    expect(exit.reason === 'failure' && exit.failure.message).toContain('wrote nothing to its log')
  })

  it('keeps the lines that tell, with their details, and drops what follows from them', () => {
    const lines = [
      'LOG:  database system was shut down at 2026-11-23 20:46:47 UTC',
      'FATAL:  could not access status of transaction 758',
      'DETAIL:  Could not open file "pg_xact/0000": No such file or directory.',
      'LOG:  startup process (PID 9) exited with exit code 1',
      'LOG:  aborting startup due to startup process failure',
      'LOG:  database system is shut down',
    ]
    expect(usefulLines(lines.map((line) => stamp + line))).toEqual([
      'FATAL:  could not access status of transaction 758',
      'DETAIL:  Could not open file "pg_xact/0000": No such file or directory.',
    ])
  })
})

describe('an error of the file system in plain words', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'data-folder-read-only'],
    ['EACCES', 'data-folder-not-writable'],
    ['EPERM', 'data-folder-not-writable'],
    ['EIO', 'disk-error'],
    ['EEXIST', 'data-folder-unusable'],
    ['EWHATEVER', 'database-start-failed'],
  ])('%s', (errno, code) => {
    const failure = explainIoError(Object.assign(new Error('raw'), { code: errno }), 'make /x')
    expect(failure.code).toBe(code)
    expect(failure.message).toMatch(/^Could not make \/x/)
  })

  it('leaves a Failure as it is', () => {
    const failure = new Failure('mine', 'us', 'words')
    expect(explainIoError(failure, 'do')).toBe(failure)
  })
})
