import { describe, expect, it } from 'vitest'
import { judgeMail, type MailRecords } from './judge-mail.ts'

const RECORDS: MailRecords = {
  episodes: [
    { id: 'e1', guid: 'one', isSummarised: true },
    { id: 'e2', guid: 'two', isSummarised: true },
    { id: 'e3', guid: 'three', isSummarised: false },
  ],
  deliveries: [
    { messageId: '<1>', state: 'sent', readerId: 'r', localDate: '2026-11-24', episodeIds: ['e1'] },
    { messageId: '<2>', state: 'sent', readerId: 'r', localDate: '2026-11-25', episodeIds: ['e2'] },
    { messageId: '<3>', state: 'built', readerId: 'r', localDate: '2026-11-25', episodeIds: [] },
  ],
}
const judge = (messageIds: string[], guids: string[]) =>
  judgeMail(
    messageIds.map((messageId) => ({ messageId })),
    RECORDS,
    guids,
  )

describe('the judge of what was mailed', () => {
  it('is content when everything arrived once', () => {
    expect(judge(['<1>', '<2>'], ['one', 'two'])).toEqual({ duplicates: [], lost: [] })
  })

  it.each([
    ['the same message twice', ['<1>', '<2>', '<1>'], 2],
    ['two messages of one date', ['<1>', '<2>', '<3>'], 1],
  ])('reports %s', (_name, ids, count) => {
    const { duplicates, lost } = judge(ids, ['one', 'two'])
    expect(duplicates).toHaveLength(count)
    expect(lost).toEqual([])
  })

  it.each([
    ['a message that is called sent', ['<1>'], ['one'], 1],
    ['an episode with its message', ['<1>'], ['one', 'two'], 2],
    ['an episode that was never summarised', ['<1>', '<2>'], ['three'], 1],
    ['an episode that was never found', ['<1>', '<2>'], ['four'], 1],
    ['a message of nobody', ['<1>', '<2>', '<9>'], [], 1],
  ])('reports the loss of %s', (_name, ids, guids, count) => {
    const { duplicates, lost } = judge(ids, guids)
    expect(lost).toHaveLength(count)
    expect(duplicates).toEqual([])
  })
})
