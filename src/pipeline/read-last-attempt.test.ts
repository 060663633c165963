import { expect, it } from 'vitest'
import type { JournalAnswer } from '../mail/send-journal.ts'
import { readLastAttempt } from './read-last-attempt.ts'

const answer = (outcome: JournalAnswer['outcome'], text = ''): JournalAnswer => ({
  ...{ deliveryId: 'd', attempt: 1, outcome, answer: text },
})

it.each([
  [null, 'uncertain', 'not-taken'],
  [answer('accepted', '250 ok'), 'sent', 'sent'],
  [answer('uncertain'), 'uncertain', 'not-taken'],
  [answer('not-sent'), 'not-taken', 'not-taken'],
  [answer('refused', '451 later'), 'not-taken', 'not-taken'],
  [answer('refused', '550 no'), 'failed', 'failed'],
] as const)('reads %j as %s, or as %s where sending twice leaves one', (last, once, twice) => {
  const record = { deliveryId: 'd', attempts: 1, last, accepted: false }
  expect(readLastAttempt(record, false)).toBe(once)
  expect(readLastAttempt(record, true)).toBe(twice)
  expect(readLastAttempt({ ...record, accepted: true }, false)).toBe('sent')
})
