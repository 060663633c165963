import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/ground/create-test-database.ts'
import { newId } from '../platform/ids.ts'
import type { Db } from './database.ts'
import {
  claimDelivery,
  findDelivery,
  isClaimed,
  listAbandonedDeliveries,
  listBuiltDeliveries,
  releaseDelivery,
  revokeClaim,
  saveDeliveryOnce,
  settleDelivery,
} from './deliveries.ts'
import { saveDigestOnce } from './digests.ts'
import { saveExampleReader } from './example-rows.ts'

const NOW = new Date('2026-11-23T06:00:00Z')
const LATER = new Date('2026-11-23T06:05:00Z')
const RAW = Buffer.from([0, 13, 10, 255, 0x1f])

let database: TestDatabase
let db: Db
let digestId: string
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  await db.deleteFrom('readers').execute()
  const reader = await saveExampleReader(db, { email: 'ines@x.example' })
  digestId = newId()
  await db.transaction().execute((tx) =>
    saveDigestOnce(tx, {
      ...{ id: digestId, readerId: reader.id, edition: 'daily', localDate: '2026-11-23' },
      ...{ content: { stories: [] }, missing: [], episodeIds: [], carriedEpisodeIds: [] },
    }),
  )
})

async function build(address = 'ines@x.example', id = newId()): Promise<string> {
  const messageId = `<${id}@x.example>`
  const row = { id, digestId, address, messageId, subject: 'Good morning', raw: RAW }
  await db.transaction().execute((tx) => saveDeliveryOnce(tx, row))
  return id
}

const settle = (id: string, state: 'sent' | 'uncertain', attempt?: number) =>
  db.transaction().execute((tx) =>
    settleDelivery(tx, {
      ...{ id, state, answer: `250 ${state}`, now: LATER },
      ...(attempt !== undefined && { attempt }),
    }),
  )
const release = (id: string) => db.transaction().execute((tx) => releaseDelivery(tx, id))

describe('a delivery', () => {
  it('is made once per digest and address', async () => {
    const id = await build()
    await build('ines@x.example')
    await build('other@x.example', id)
    expect(await listBuiltDeliveries(db, 10)).toEqual([id])
    await build('other@x.example')
    expect(await listBuiltDeliveries(db, 10)).toHaveLength(2)
    expect(await listBuiltDeliveries(db, 1)).toEqual([id])
  })

  it('is claimed by exactly one of many', async () => {
    const id = await build()
    const claims = await Promise.all(Array.from({ length: 40 }, () => claimDelivery(db, id, NOW)))
    const won = claims.filter((claim) => claim !== undefined)
    expect(won).toMatchObject([{ id, state: 'sending', attempts: 1 }])
    expect(Buffer.compare(Buffer.from(won[0]?.raw ?? []), RAW)).toBe(0)
    expect(await listBuiltDeliveries(db, 10)).toEqual([])
  })

  it('ends once: who settles it later changes nothing', async () => {
    const id = await build()
    await claimDelivery(db, id, NOW)
    await settle(id, 'sent')
    await settle(id, 'uncertain')
    expect(await findDelivery(db, id)).toMatchObject({
      ...{ state: 'sent', lastAnswer: '250 sent', sentAt: LATER, attempts: 1 },
    })
    expect(await claimDelivery(db, id, NOW)).toBeUndefined()
    await release(id)
    expect(await findDelivery(db, id)).toMatchObject({ state: 'sent' })
  })

  it('that was abandoned is found, given back, and sent by the next', async () => {
    const id = await build()
    await build('other@x.example')
    await claimDelivery(db, id, NOW)
    expect(await listAbandonedDeliveries(db, NOW)).toEqual([])
    expect(await listAbandonedDeliveries(db, LATER)).toMatchObject([{ id }])
    await release(id)
    expect(await listAbandonedDeliveries(db, LATER)).toEqual([])
    expect(await claimDelivery(db, id, LATER)).toMatchObject({ id, attempts: 2 })
  })

  it('is not settled by an attempt that another has replaced', async () => {
    const id = await build()
    await claimDelivery(db, id, NOW)
    await release(id)
    await claimDelivery(db, id, LATER)
    await settle(id, 'uncertain', 1)
    expect(await findDelivery(db, id)).toMatchObject({ state: 'sending', lastAnswer: null })
    await settle(id, 'sent', 2)
    expect(await findDelivery(db, id)).toMatchObject({ state: 'sent' })
  })

  it('leaves a sender whose claim was revoked with nothing to decide', async () => {
    const id = await build()
    await claimDelivery(db, id, NOW)
    expect(await isClaimed(db, { id, attempt: 1 })).toBe(true)
    const revoked = await Promise.all([1, 2, 3].map(() => revokeClaim(db, { id, attempt: 1 })))
    expect(revoked.filter(Boolean)).toHaveLength(1)
    expect(await isClaimed(db, { id, attempt: 1 })).toBe(false)
    await db.transaction().execute((tx) => releaseDelivery(tx, id, 1))
    expect(await findDelivery(db, id)).toMatchObject({ state: 'sending' })
    await release(id)
    expect(await claimDelivery(db, id, LATER)).toMatchObject({ attempts: 3 })
    expect(await revokeClaim(db, { id, attempt: 1 })).toBe(false)
  })

  it.each([
    ['has another address now', { email: 'new@x.example' }],
    ['has none any more', { email: null }],
    ['wants no digests', { wants_digest: false }],
  ])('is cancelled when its reader %s', async (_what, change) => {
    const id = await build()
    await db.updateTable('readers').set(change).execute()
    expect(await claimDelivery(db, id, NOW)).toBeUndefined()
    expect(await findDelivery(db, id)).toMatchObject({ state: 'cancelled' })
  })

  it('goes to the outbox whatever address its reader has', async () => {
    const id = await build('outbox')
    await db.updateTable('readers').set({ email: 'new@x.example' }).execute()
    expect(await claimDelivery(db, id, NOW)).toMatchObject({ id })
  })

  it('that is unknown is nothing', async () => {
    expect(await claimDelivery(db, newId(), NOW)).toBeUndefined()
    expect(await findDelivery(db, newId())).toBeUndefined()
  })
})
