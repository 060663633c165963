import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/ground/create-test-database.ts'
import type { Reader } from '../model/reader.ts'
import { newId } from '../platform/ids.ts'
import type { Db } from './database.ts'
import { exampleReader, saveExampleReader } from './example-rows.ts'
import { findOwner, getDigestSettings, saveOwnerOnce, saveReaderSettings } from './readers.ts'
import {
  deleteSession,
  describeSignInToken,
  findSessionReader,
  hasEverSignedIn,
  saveSession,
  saveSignInToken,
  useSignInToken,
} from './sessions.ts'
import { listStepOutcomes, saveStepOutcome } from './step-outcomes.ts'

const NOW = new Date('2026-11-23T06:00:00Z')
const SOON = new Date('2026-11-23T06:10:00Z')

let database: TestDatabase
let db: Db
let reader: Reader
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  reader = await saveExampleReader(db)
})
afterAll(() => database[Symbol.asyncDispose]())

const newToken = () => randomBytes(24).toString('base64url')

describe('a sign-in token', () => {
  it('signs in exactly one of 50 that use it at once (row 134)', async () => {
    const token = newToken()
    await saveSignInToken(db, { token, readerId: reader.id, expiresAt: SOON })
    expect(await hasEverSignedIn(db, reader.id)).toBe(false)
    const uses = await Promise.all(Array.from({ length: 50 }, () => useSignInToken(db, token, NOW)))
    expect(uses.filter((readerId) => readerId !== undefined)).toEqual([reader.id])
    expect(await describeSignInToken(db, token, NOW)).toBe('used')
    expect(await hasEverSignedIn(db, reader.id)).toBe(true)
  })

  it('says why it signs nobody in', async () => {
    const expired = newToken()
    await saveSignInToken(db, { token: expired, readerId: reader.id, expiresAt: NOW })
    expect(await useSignInToken(db, expired, NOW)).toBeUndefined()
    expect(await describeSignInToken(db, expired, NOW)).toBe('expired')
    expect(await useSignInToken(db, newToken(), NOW)).toBeUndefined()
    expect(await describeSignInToken(db, newToken(), NOW)).toBe('unknown')
    const lasting = newToken()
    await saveSignInToken(db, { token: lasting, readerId: reader.id, expiresAt: null })
    expect(await useSignInToken(db, lasting, new Date('2036-01-01'))).toBe(reader.id)
  })

  it('is not found in the database in the clear', async () => {
    const token = newToken()
    await saveSignInToken(db, { token, readerId: reader.id, expiresAt: null })
    await saveSession(db, { token, readerId: reader.id, expiresAt: SOON })
    for (const table of ['sign_in_tokens', 'sessions'] as const) {
      const rows = await db.selectFrom(table).select('token_hash').execute()
      for (const row of rows) expect(row.token_hash.includes(token)).toBe(false)
    }
  })
})

it('a session lasts until its end or until it is deleted', async () => {
  const [token, other] = [newToken(), newToken()]
  for (const each of [token, other]) {
    await saveSession(db, { token: each, readerId: reader.id, expiresAt: SOON })
  }
  expect(await findSessionReader(db, token, NOW)).toEqual(reader)
  expect(await findSessionReader(db, token, SOON)).toBeUndefined()
  expect(await findSessionReader(db, newToken(), NOW)).toBeUndefined()
  await deleteSession(db, token)
  expect(await findSessionReader(db, token, NOW)).toBeUndefined()
  expect(await findSessionReader(db, other, NOW)).toEqual(reader)
})

describe('readers', () => {
  it('have one owner, however many processes make one at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 6 }, () => saveOwnerOnce(db, exampleReader({ role: 'owner' }))),
    )
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect(await findOwner(db)).toEqual(made[0])
  })

  it('keep when the digest was last moved, and only then', async () => {
    const changedAt = async () => (await getDigestSettings(db, reader.id)).changedAt
    const settings = { ...reader, displayName: 'Ada', email: 'ada@x.example' }
    await saveReaderSettings(db, settings, NOW)
    expect(await changedAt()).toBeNull()
    await saveReaderSettings(db, { ...settings, digestAt: '08:00' }, NOW)
    expect(await changedAt()).toEqual(NOW)
    await saveReaderSettings(db, { ...settings, digestAt: '08:00', language: 'de' }, SOON)
    expect(await changedAt()).toEqual(NOW)
  })
})

it('step outcomes come newest first, also those of one transaction', async () => {
  const itemId = newId()
  const wait = { outcome: 'wait', reason: 'Not yet.', retryAt: SOON } as const
  const ends = [
    wait,
    { outcome: 'failed', reason: 'Broken.' } as const,
    { outcome: 'done' } as const,
  ]
  await db.transaction().execute(async (tx) => {
    for (const outcome of ends) {
      await saveStepOutcome(tx, { id: newId(), step: 'get-transcript', itemId, outcome, ms: 5 })
    }
  })
  const found = await listStepOutcomes(db, itemId, 10)
  expect(found.map(({ outcome, reason, retryAt }) => [outcome, reason, retryAt])).toEqual([
    ['done', null, null],
    ['failed', 'Broken.', null],
    ['wait', 'Not yet.', SOON],
  ])
  expect(await listStepOutcomes(db, itemId, 1)).toMatchObject([{ outcome: 'done' }])
})
