import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/ground/create-test-database.ts'
import { type Audience, MEMBERS, mayRead, PUBLIC, readersOnly } from '../model/audience.ts'
import { newId } from '../platform/ids.ts'
import { whereMayRead } from './audience-columns.ts'
import { saveNewEpisodes } from './episodes.ts'
import { exampleEpisode, exampleReader, exampleSource } from './example-rows.ts'
import { saveSourceOnce } from './sources.ts'

const ada = exampleReader({ role: 'owner' })
const ben = exampleReader({})
const AUDIENCES: Audience[] = [
  PUBLIC,
  MEMBERS,
  readersOnly([]),
  readersOnly([ada.id]),
  readersOnly([ben.id]),
  readersOnly([ben.id, ada.id]),
]

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

describe('whereMayRead says what mayRead says', () => {
  for (const reader of [null, ada, ben, exampleReader({})]) {
    it(`for ${reader === null ? 'a guest' : reader.role} ${reader?.id ?? ''}`, async () => {
      const { db } = database
      for (const audience of AUDIENCES) {
        const source = await saveSourceOnce(db, exampleSource({ audience }))
        const id = newId()
        await db
          .transaction()
          .execute((tx) => saveNewEpisodes(tx, source, [exampleEpisode({ id })]))
        const sources = await db
          .selectFrom('sources')
          .select('id')
          .where('id', '=', source.id)
          .where(whereMayRead(reader, 'sources'))
          .execute()
        const episodes = await db
          .selectFrom('episodes')
          .select('id')
          .where('id', '=', id)
          .where(whereMayRead(reader, 'episodes'))
          .execute()
        const expected = mayRead(reader, { audience }) ? 1 : 0
        expect([sources.length, episodes.length], JSON.stringify(audience)).toEqual([
          expected,
          expected,
        ])
      }
    })
  }
})
