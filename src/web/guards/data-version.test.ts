import { describe, expect, it } from 'vitest'
import { isFresh, makeEtag } from './data-version.ts'

const parts = { dataVersion: '1', assetsVersion: 'a', sessionToken: null }

describe('ETags', () => {
  it('change with the data, the assets and the session', () => {
    const tags = [
      parts,
      { ...parts, dataVersion: '2' },
      { ...parts, assetsVersion: 'b' },
      { ...parts, sessionToken: 's' },
    ].map(makeEtag)
    expect(new Set(tags).size).toBe(4)
    expect(makeEtag(parts)).toBe(makeEtag({ ...parts }))
  })

  it.each([
    ['W/"x"', true],
    ['"x"', true],
    ['"y", W/"x"', true],
    ['*', true],
    ['"y"', false],
    ['', false],
    [undefined, false],
  ])('If-None-Match %s is fresh: %s', (given, fresh) => {
    expect(isFresh('W/"x"', given)).toBe(fresh)
  })
})
