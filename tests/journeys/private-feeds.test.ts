import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindActions } from '../../src/actions/bind-actions.ts'
import { checkSource } from '../../src/actions/check-source.ts'
import type { Reader } from '../../src/model/reader.ts'
import type { StepOutcome } from '../../src/model/step.ts'
import { discoverEpisodesStep } from '../../src/pipeline/steps/discover-episodes.ts'
import { createFakeGuardedFetch } from '../../src/platform/http/fake-guarded-fetch.ts'
import { newId } from '../../src/platform/ids.ts'
import type { Tx } from '../../src/store/database.ts'
import { saveExampleReader } from '../../src/store/example-rows.ts'
import type { JobQueue } from '../../src/store/jobs/job-queue.ts'
import { findSource } from '../../src/store/sources.ts'
import { findEpisodePage } from '../../src/store/views/find-episode-page.ts'
import { getSourcesPage } from '../../src/store/views/get-sources-page.ts'
import {
  createTestDatabase,
  openTestQueue,
  type TestDatabase,
} from '../ground/create-test-database.ts'

const SECRET = 'q8Zk3Qp9Xv7LmT2aRw'
const URL = `https://show.example/private/${SECRET}/feed.xml`
const now = new Date('2026-11-23T12:00:00Z')
const feed = (guids: string[]) =>
  `<rss version="2.0"><channel><title>For patrons</title>${guids.map((guid) => `<item><guid>${guid}</guid><title>${guid}</title></item>`).join('')}</channel></rss>`

let database: TestDatabase
let queue: JobQueue
let guids = ['one']
let status = 200
const fetch = createFakeGuardedFetch({ [URL]: () => ({ status, body: feed(guids) }) })
const clock = { now: () => now }
beforeAll(async () => {
  database = await createTestDatabase()
  queue = await openTestQueue(database)
})
afterAll(async () => {
  await queue[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const actions = () =>
  bindActions({
    ...{ db: database.db, queue, clock, newId, fetch, linkKey: new Uint8Array(32) },
    samples: { sources: [], findFile: async () => undefined },
  })

const poll = (itemId: string) =>
  discoverEpisodesStep(
    { db: database.db, queue, fetch, clock, newId },
    {
      ...{ id: newId(), step: 'discover-episodes', itemId, detail: null, attempt: 0 },
      signal: new AbortController().signal,
      commit: async (outcome: StepOutcome, write?: (tx: Tx) => Promise<void>) => {
        if (write) await database.db.transaction().execute(write)
        return outcome
      },
    },
  )

/** How many episodes of the source a reader may open. */
async function countSeen(reader: Reader, sourceId: string): Promise<number> {
  const rows = await database.db
    .selectFrom('episodes')
    .select('id')
    .where('source_id', '=', sourceId)
    .execute()
  const pages = await Promise.all(rows.map(({ id }) => findEpisodePage(database.db, reader, id)))
  return pages.filter((page) => page !== null).length
}

describe('a private feed', () => {
  it('is seen by those alone who hold its address, and by nobody who stops', async () => {
    const [ada, ben, cleo] = [
      await saveExampleReader(database.db, { role: 'owner' }),
      await saveExampleReader(database.db),
      await saveExampleReader(database.db),
    ]
    const { sourceId, url } = await actions().addSource(ada, URL)
    expect(url).toBe('https://show.example/private/…/feed.xml')
    await poll(sourceId)
    const seen = async () =>
      Promise.all([ada, ben, cleo].map((reader) => countSeen(reader, sourceId)))
    expect(await seen()).toEqual([1, 0, 0])
    expect((await getSourcesPage(database.db, ben)).sources).toEqual([])

    expect((await actions().addSource(ben, URL)).sourceId).toBe(sourceId)
    await actions().addSource(ben, URL)
    guids = ['two', 'one']
    await poll(sourceId)
    expect(await seen()).toEqual([2, 2, 0])
    expect((await findSource(database.db, sourceId))?.audience).toEqual({
      kind: 'readers',
      readerIds: [ada.id, ben.id],
    })

    await actions().removeSource(ada, sourceId)
    guids = ['three', 'two', 'one']
    await poll(sourceId)
    expect(await seen()).toEqual([0, 3, 0])
    expect((await getSourcesPage(database.db, ada)).sources).toEqual([])
    await expect(actions().retrySource(cleo, sourceId)).rejects.toMatchObject({
      code: 'source-not-found',
    })

    await actions().removeSource(ben, sourceId)
    expect(await findSource(database.db, sourceId)).toBeUndefined()
  })

  it('never shows its address: not on pages, not in reasons, not when it is checked', async () => {
    const ada = await saveExampleReader(database.db)
    const { sourceId } = await actions().addSource(ada, URL)
    status = 403
    const outcome = await poll(sourceId)
    const page = await getSourcesPage(database.db, ada)
    expect(page.sources).toMatchObject([{ isPrivate: true, state: 'failing' }])
    const finding = await checkSource({ fetch, now }, URL)
    status = 200
    const shown = JSON.stringify([outcome, page, finding, await findSource(database.db, sourceId)])
    expect(shown.replace(`"url":"${URL}"`, '')).not.toContain(SECRET)
    // A person can still name it by the address that they know.
    expect(await actions().removeSourceNamed(ada, URL)).toBe('For patrons')
  })

  it('is told from one that all may see', async () => {
    const open = createFakeGuardedFetch({ 'https://show.example/feed': { body: feed(['one']) } })
    const finding = await checkSource({ fetch: open, now }, 'show.example/feed')
    expect(finding).toMatchObject({ isPrivate: false, shownUrl: 'https://show.example/feed' })
  })
})
