import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DeliveryGround, openDeliveryGround } from '../../tests/ground/open-delivery-ground.ts'
import { type LineGround, openLineGround } from '../../tests/ground/open-line-ground.ts'
import type { MailTransport, SendOutcome } from '../mail/mail-transport.ts'
import type { SendJournal } from '../mail/send-journal.ts'
import type { StepOutcome } from '../model/step.ts'
import { revokeClaim } from '../store/deliveries.ts'
import { exampleJob } from './example-job.ts'
import { sendDigestStep } from './steps/send-digest.ts'

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

describe('a database that forgets', () => {
  const ENDS: [string, SendOutcome, StepOutcome['outcome'], string][] = [
    ['accepted', { outcome: 'accepted', answer: '250 ok' }, 'done', 'sent'],
    ['uncertain', { outcome: 'uncertain', reason: 'No answer.' }, 'gave-up', 'uncertain'],
    [
      'refused for good',
      { outcome: 'refused', code: 550, answer: '550 no', permanent: true },
      ...(['gave-up', 'failed'] as const),
    ],
  ]
  it.each(ENDS)('does not send again what was %s', async (_what, end, outcome, state) => {
    const id = await on.build()
    on.transport.next.push(end)
    await on.run(id)
    await on.forget(id)
    expect(await on.run(id)).toMatchObject({ outcome })
    expect(await on.stateOf(id)).toBe(state)
    expect(on.transport.attempts).toHaveLength(1)
  })

  it('sends what the journal knows was refused for now', async () => {
    const id = await on.build()
    on.transport.next.push({ outcome: 'refused', code: 451, answer: '451', permanent: false })
    await on.run(id)
    await on.forget(id)
    expect(await on.run(id)).toEqual({ outcome: 'done' })
    expect(on.transport.accepted).toHaveLength(1)
  })

  it('is not sent again when the second life ends in the middle of sending', async () => {
    const id = await on.build()
    on.transport.next.push({ outcome: 'refused', code: 451, answer: '451', permanent: false })
    await on.run(id)
    await on.forget(id)
    const dies: MailTransport = { ...on.transport, send: () => Promise.reject(new Error('killed')) }
    await expect(on.run(id, await on.start({ transport: dies }))).rejects.toThrow('killed')
    expect(await on.recover()).toBe(1)
    expect(await on.stateOf(id)).toBe('uncertain')
  })
})

describe('a sender that dies', () => {
  const killed = { send: () => Promise.reject(new Error('killed')) }
  const nothing = () => Promise.resolve()

  it('before it noted its intent costs nothing: the next sends', async () => {
    const id = await on.build()
    const recordIntent = () => Promise.reject(new Error('killed'))
    const broken = { recordIntent, recordAnswer: nothing } as unknown as SendJournal
    await expect(on.run(id, await on.start({ journal: broken }))).rejects.toThrow('killed')
    expect(await on.run(id)).toMatchObject({ outcome: 'skipped' })
    expect(await on.recover()).toBe(1)
    expect(await ground.listJobs()).toMatchObject([{ step: 'send-digest', itemId: id }])
    expect(await on.run(id)).toEqual({ outcome: 'done' })
    expect(on.transport.accepted).toHaveLength(1)
  })

  it('on another machine may have sent: absence from this journal proves nothing', async () => {
    const id = await on.build()
    const recordIntent = () => Promise.reject(new Error('killed'))
    const broken = { recordIntent, recordAnswer: nothing } as unknown as SendJournal
    await expect(on.run(id, await on.start({ journal: broken }))).rejects.toThrow('killed')
    expect(await on.recover(false)).toBe(1)
    expect(await on.stateOf(id)).toBe('uncertain')
    expect(await on.listCarried()).toEqual([on.episodeId])
  })

  it('after it noted its intent leaves it uncertain, or to be kept again in the outbox', async () => {
    const id = await on.build()
    const dying = await on.start({ transport: { ...on.transport, ...killed } })
    await expect(on.run(id, dying)).rejects.toThrow('killed')
    expect(await on.recover()).toBe(1)
    expect(await on.find(id)).toMatchObject({
      ...{ state: 'uncertain', lastAnswer: expect.stringMatching(/ended while/) },
    })
    await on.forget(id)
    expect(await on.run(id, await on.start({ isRepeatable: true }))).toEqual({ outcome: 'done' })
  })

  it.each([
    [{ outcome: 'accepted', answer: '250 ok' }, 'sent'],
    [{ outcome: 'refused', code: 550, answer: '550 no', permanent: true }, 'failed'],
    [{ outcome: 'refused', code: 451, answer: '451 no', permanent: false }, 'built'],
  ] as [SendOutcome, string][])('after the answer %j leaves it %s', async (end, state) => {
    const id = await on.build()
    on.transport.next.push(end)
    const dies = { commit: () => Promise.reject(new Error('killed')) }
    const job = exampleJob(ground.db, { step: 'send-digest', itemId: id }, dies)
    await expect(sendDigestStep(await on.start(), job)).rejects.toThrow('killed')
    expect(await on.recover()).toBe(1)
    expect(await on.stateOf(id)).toBe(state)
  })

  it('is left alone while it may still live', async () => {
    const id = await on.build()
    const dying = await on.start({ transport: { ...on.transport, ...killed } })
    await expect(on.run(id, dying)).rejects.toThrow('killed')
    on.clock.moveBy(-60_000)
    expect(await on.recover()).toBe(0)
    expect(await on.stateOf(id)).toBe('sending')
  })
})

describe('a sender that only slept', () => {
  it('before its intent sends nothing once its claim was revoked', async () => {
    const id = await on.build()
    const deps = await on.start()
    const asleep = {
      recordIntent: async (...args: Parameters<SendJournal['recordIntent']>) => {
        // Others take it for dead, give the delivery back, and send it.
        expect(await on.recover()).toBe(1)
        expect(await on.run(id)).toEqual({ outcome: 'done' })
        await on.journal.recordIntent(...args)
      },
      recordAnswer: on.journal.recordAnswer.bind(on.journal),
    } as unknown as SendJournal
    const late = await on.run(id, { ...deps, journal: asleep })
    expect(late).toMatchObject({ outcome: 'wait' })
    expect(on.transport.attempts).toHaveLength(1)
    expect(await on.stateOf(id)).toBe('sent')
  })

  it('in the middle of sending changes nothing of what was settled for it', async () => {
    const id = await on.build()
    const slow: MailTransport = {
      ...on.transport,
      send: async (message) => {
        expect(await on.recover()).toBe(1)
        return on.transport.send(message)
      },
    }
    await on.run(id, await on.start({ transport: slow }))
    expect(await on.stateOf(id)).toBe('uncertain')
    expect(on.transport.attempts).toHaveLength(1)
  })

  it('does not take the claim of the one who came after it', async () => {
    const id = await on.build()
    on.transport.next.push({ outcome: 'not-sent', reason: 'Connection refused.' })
    const slow: MailTransport = {
      ...on.transport,
      send: async (message) => {
        await revokeClaim(ground.db, { id, attempt: 1 })
        return on.transport.send(message)
      },
    }
    expect(await on.run(id, await on.start({ transport: slow }))).toMatchObject({ outcome: 'wait' })
    expect(await on.stateOf(id)).toBe('sending')
  })
})
