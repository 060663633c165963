import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type DeliveryGround,
  openDeliveryGround,
  RAW,
} from '../../../tests/ground/open-delivery-ground.ts'
import { type LineGround, openLineGround } from '../../../tests/ground/open-line-ground.ts'
import type { SendOutcome } from '../../mail/mail-transport.ts'
import { readSendJournal } from '../../mail/send-journal.ts'
import { saveWantsDigest } from '../../store/readers.ts'
import { resumeLine } from '../resume-line.ts'

let ground: LineGround
let on: DeliveryGround
beforeAll(async () => {
  ground = await openLineGround()
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(async () => {
  await ground.db.deleteFrom('readers').execute()
  await ground.clearJobs()
  on = await openDeliveryGround(ground)
  return () => on[Symbol.asyncDispose]()
})

describe('send-digest', () => {
  it('sends the bytes that were frozen, once, and writes the answer down twice', async () => {
    const id = await on.build()
    expect(await on.run(id)).toEqual({ outcome: 'done' })
    expect(on.transport.accepted).toHaveLength(1)
    const [message] = on.transport.accepted
    expect(message).toMatchObject({ to: 'ines@x.example', envelopeFrom: 'digest@x.example' })
    expect(Buffer.from(message?.raw ?? []).equals(RAW)).toBe(true)
    expect(await on.find(id)).toMatchObject({
      ...{ state: 'sent', attempts: 1, lastAnswer: '250 kept in memory', sentAt: on.clock.now() },
    })
    expect((await readSendJournal(on.journalFile)).get(id)).toMatchObject({ accepted: true })
    expect(await on.run(id)).toMatchObject({ outcome: 'skipped' })
    expect(on.transport.attempts).toHaveLength(1)
  })

  it('is sent once, however many try', async () => {
    const id = await on.build()
    const deps = await on.start()
    const ends = await Promise.all(Array.from({ length: 20 }, () => on.run(id, deps)))
    expect(ends.filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
    expect(on.transport.attempts).toHaveLength(1)
  })

  const NOT_TAKEN: [string, SendOutcome][] = [
    ['4xx', { outcome: 'refused', code: 451, answer: '451 later', permanent: false }],
    ['no connection', { outcome: 'not-sent', reason: 'Connection refused.' }],
  ]
  it.each(NOT_TAKEN)('waits after %s and sends the same bytes later', async (_what, outcome) => {
    const id = await on.build()
    on.transport.next.push(outcome, outcome)
    const first = await on.run(id)
    expect(first).toMatchObject({ outcome: 'wait', retryAt: new Date('2026-11-23T06:01:00Z') })
    expect('reason' in first && first.reason).toMatch(/451 later|Connection refused/)
    expect(await on.stateOf(id)).toBe('built')
    expect(await on.run(id)).toMatchObject({ retryAt: new Date('2026-11-23T06:02:00Z') })
    expect(await on.run(id)).toEqual({ outcome: 'done' })
    const sent = on.transport.attempts.map(({ raw, messageId }) => [Buffer.from(raw), messageId])
    expect(new Set(sent.map(String)).size).toBe(1)
    expect(await on.find(id)).toMatchObject({ state: 'sent', attempts: 3 })
  })

  it('waits no longer than an hour between tries', async () => {
    const id = await on.build()
    await ground.db.updateTable('deliveries').set({ attempts: 40 }).execute()
    on.transport.next.push({ outcome: 'not-sent', reason: 'x' })
    expect(await on.run(id)).toMatchObject({ retryAt: new Date('2026-11-23T07:00:00Z') })
  })

  it('gives up after 5xx', async () => {
    const id = await on.build()
    on.transport.next.push({ outcome: 'refused', code: 550, answer: '550 no', permanent: true })
    expect(await on.run(id)).toEqual({ outcome: 'gave-up', reason: '550 no' })
    expect(await on.stateOf(id)).toBe('failed')
    expect(await on.run(id)).toMatchObject({ outcome: 'skipped' })
    expect(on.transport.attempts).toHaveLength(1)
  })

  it('never sends again what may have arrived; its items come once more', async () => {
    const id = await on.build()
    on.transport.next.push({ outcome: 'uncertain', reason: 'No answer came.' })
    expect(await on.run(id)).toEqual({ outcome: 'gave-up', reason: 'No answer came.' })
    expect(await on.stateOf(id)).toBe('uncertain')
    expect(await on.run(id)).toMatchObject({ outcome: 'skipped' })
    await resumeLine(ground)
    expect(await on.recover()).toBe(0)
    expect(on.transport.attempts).toHaveLength(1)
    expect(await on.listCarried()).toEqual([on.episodeId])
  })

  it.each([
    ['wants no more', () => saveWantsDigest(ground.db, on.readerId, false)],
    ['has moved', () => ground.db.updateTable('readers').set({ email: 'a@b.example' }).execute()],
  ])('sends nothing to a reader who %s', async (_what, change) => {
    const id = await on.build()
    await change()
    expect(await on.run(id)).toMatchObject({ outcome: 'skipped' })
    expect(await on.stateOf(id)).toBe('cancelled')
    expect(on.transport.attempts).toEqual([])
    expect((await readSendJournal(on.journalFile)).size).toBe(0)
    expect(await on.listCarried()).toEqual([on.episodeId])
  })

  it('sends nothing when its reader was deleted', async () => {
    const id = await on.build()
    await ground.db.deleteFrom('readers').execute()
    expect(await on.run(id)).toMatchObject({ outcome: 'skipped' })
    expect(on.transport.attempts).toEqual([])
  })
})
