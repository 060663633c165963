import { describe, expect, it } from 'vitest'
import { parsePostmasterPid, withPid } from './postmaster-pid.ts'

const whole =
  '4711\n/d/postgres\n1700000000\n5432\n/d/run\n127.0.0.1\n  2203785        29\nready   \n'

describe('postmaster.pid', () => {
  it.each([
    [
      whole,
      { pid: 4711, port: 5432, socketDir: '/d/run', listenAddress: '127.0.0.1', status: 'ready' },
    ],
    [whole.replace('ready   ', 'stopping'), { status: 'stopping' }],
    [whole.replace('ready   ', 'starting'), { status: 'starting' }],
    [whole.replace('ready   ', 'standby '), { status: 'starting' }],
    [whole.replace('4711', '-4711'), { pid: 4711 }],
    ['4711\n/d/postgres\n17', { pid: 4711, port: null, socketDir: null, status: 'starting' }],
    ['4711\n/d/postgres\n1\n5432\n\n\n', { pid: 4711, socketDir: null, listenAddress: null }],
  ])('%j', (text, expected) => {
    expect(parsePostmasterPid(text)).toMatchObject(expected)
  })

  it.each(['', '\n', '0\n', 'garbage\n/d', '\0\0\0'])('%j is unreadable', (text) => {
    expect(parsePostmasterPid(text)).toBe('unreadable')
  })

  it.each([
    [whole, whole.replace('4711', '12')],
    ['4711', '12\n'],
    ['', '12\n'],
  ])('takes another pid', (text, expected) => {
    expect(withPid(text, 12)).toBe(expected)
  })
})
