import { describe, expect, it } from 'vitest'
import { readToken, signToken } from './signed-token.ts'

const KEY = Buffer.alloc(32, 7)
const TOKEN = signToken(KEY, 'unsubscribe', '01a20a5a-3507-776b-96f4-88b50f1858e2')

describe('a signed token', () => {
  it('names its subject', () => {
    expect(readToken(KEY, 'unsubscribe', TOKEN)).toBe('01a20a5a-3507-776b-96f4-88b50f1858e2')
  })

  it.each([
    ['of another subject', TOKEN.replace('01a2', '01a3')],
    ['cut short', TOKEN.slice(0, -1)],
    ['with another signature', `${TOKEN.slice(0, -2)}AA`],
    ['without a signature', '01a20a5a-3507-776b-96f4-88b50f1858e2'],
    ['of nothing', '.'],
    ['that is empty', ''],
  ])('%s is refused', (_, token) => {
    expect(readToken(KEY, 'unsubscribe', token)).toBeUndefined()
  })

  it('is refused for another purpose and by another key', () => {
    expect(readToken(KEY, 'sign-in', TOKEN)).toBeUndefined()
    expect(readToken(Buffer.alloc(32, 8), 'unsubscribe', TOKEN)).toBeUndefined()
  })
})
