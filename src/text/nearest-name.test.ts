import { describe, expect, it } from 'vitest'
import { nearestName } from './nearest-name.ts'

const names = ['MURMURCAST_PORT', 'MURMURCAST_HOST', 'MURMURCAST_PROXY']

describe('nearestName', () => {
  it.each([
    ['MURMURCAST_PROT', 'MURMURCAST_PORT'],
    ['MURMURCAST_HOSTNAME', 'MURMURCAST_HOST'],
    ['MURMURCAST_PORT', 'MURMURCAST_PORT'],
    ['WEATHER', null],
    ['', null],
  ])('%s → %s', (written, expected) => {
    expect(nearestName(written, names)).toBe(expected)
  })

  it('finds nothing among no names', () => {
    expect(nearestName('MURMURCAST_PORT', [])).toBeNull()
  })
})
