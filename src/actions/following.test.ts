import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LineGround, openLineGround } from '../../tests/ground/open-line-ground.ts'
import type { Reader } from '../model/reader.ts'
import { FakeClock } from '../platform/clock.ts'
import { createFakeGuardedFetch } from '../platform/http/fake-guarded-fetch.ts'
import { newId } from '../platform/ids.ts'
import { saveExampleEpisode, saveExampleReader, saveExampleSummary } from '../store/example-rows.ts'
import { findSource } from '../store/sources.ts'
import { listSubscriptions } from '../store/subscriptions.ts'
import {
  pauseSource,
  resumeSource,
  retrySource,
  unfollowNamed,
  unfollowSource,
} from './change-following.ts'
import { followSource } from './follow-source.ts'

const URL = 'https://salt.example/feed.xml'
const feed = (title: string) =>
  `<rss version="2.0"><channel><title>${title}</title><item><guid>1</guid><title>One</title></item></channel></rss>`
const fetch = createFakeGuardedFetch({
  [URL]: { body: feed('Salt') },
  'https://pepper.example/feed.xml': { body: feed('Pepper') },
  'https://twin.example/feed.xml': { body: feed('Salt') },
  'https://page.example/': { body: '<!doctype html><title>A page</title>' },
})

let ground: LineGround
let ines: Reader
let jon: Reader
const clock = new FakeClock('2026-11-23T12:00:00Z')
beforeAll(async () => {
  ground = await openLineGround()
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(async () => {
  await ground.db.deleteFrom('sources').execute()
  await ground.db.deleteFrom('readers').execute()
  await ground.clearJobs()
  ines = await saveExampleReader(ground.db)
  jon = await saveExampleReader(ground.db)
})

const deps = () => ({ db: ground.db, queue: ground.queue, fetch, clock, newId })
const follow = (reader: Reader, address = URL) =>
  followSource(deps(), { readerId: reader.id, address })
const of = (reader: Reader, source: { id: string }) => ({
  readerId: reader.id,
  sourceId: source.id,
})
const countOf = async (table: 'sources' | 'episodes' | 'transcripts' | 'summaries') =>
  (await ground.db.selectFrom(table).select('id').execute()).length

describe('followSource', () => {
  it('reads it at once, and shares what others follow', async () => {
    const source = await follow(ines)
    expect(source).toMatchObject({ title: 'Salt', url: URL })
    expect(await ground.listJobs()).toMatchObject([
      { step: 'discover-episodes', itemId: source.id },
    ])
    const read = fetch.requests.length
    expect((await follow(jon, 'http://salt.example/feed.xml')).id).toBe(source.id)
    expect(fetch.requests).toHaveLength(read)
    expect(await countOf('sources')).toBe(1)
  })

  it('follows once, however often and at once it is asked to', async () => {
    await Promise.all([follow(ines), follow(ines), follow(jon), follow(ines, ` ${URL} `)])
    expect(await countOf('sources')).toBe(1)
    expect(await listSubscriptions(ground.db, ines.id)).toHaveLength(1)
  })

  it.each([
    ['https://page.example/', /page\.example/],
    ['https://nobody.example/feed.xml', /nobody\.example/],
    ['', /./],
    ['/etc/passwd', /./],
    ['file:///etc/passwd', /./],
  ])('keeps nothing of %j, and says why', async (address, words) => {
    await expect(follow(ines, address)).rejects.toMatchObject({
      ...{ code: 'source-not-readable', blame: 'caller', message: expect.stringMatching(words) },
    })
    expect(await countOf('sources')).toBe(0)
  })
})

describe('a followed source', () => {
  it('that one reader pauses goes on for the other', async () => {
    const source = await follow(ines)
    await follow(jon)
    await pauseSource(deps(), of(ines, source))
    expect(await listSubscriptions(ground.db, ines.id)).toMatchObject([{ paused: true }])
    expect(await listSubscriptions(ground.db, jon.id)).toMatchObject([{ paused: false }])
    await ground.clearJobs()
    await resumeSource(deps(), of(ines, source))
    expect(await listSubscriptions(ground.db, ines.id)).toMatchObject([{ paused: false }])
    expect(await ground.listJobs()).toMatchObject([{ step: 'discover-episodes' }])
  })

  it('that was given up is read again when somebody asks', async () => {
    const source = await follow(ines)
    await ground.clearJobs()
    const gone = { state: 'gone', state_reason: 'It is gone.', next_check_at: null } as const
    await ground.db.updateTable('sources').set(gone).execute()
    await retrySource(deps(), of(ines, source))
    expect(await findSource(ground.db, source.id)).toMatchObject({
      ...{ state: 'new', stateReason: null, nextCheckAt: clock.now() },
    })
    expect(await ground.listJobs()).toMatchObject([{ itemId: source.id }])
  })

  it('is removed with all that came of it when its last follower goes', async () => {
    const source = await follow(ines)
    await follow(jon)
    await saveExampleSummary(ground.db, await saveExampleEpisode(ground.db, source))
    await unfollowSource(deps(), of(ines, source))
    expect([await countOf('sources'), await countOf('episodes')]).toEqual([1, 1])
    await unfollowSource(deps(), of(jon, source))
    expect([await countOf('sources'), await countOf('episodes')]).toEqual([0, 0])
    expect(await countOf('summaries')).toBe(0)
  })

  it('is removed when its last two followers go at once', async () => {
    const source = await follow(ines)
    await follow(jon)
    const gone = [ines, jon].map((reader) => unfollowSource(deps(), of(reader, source)))
    await Promise.all(gone)
    expect(await countOf('sources')).toBe(0)
  })

  it('stays whole when one comes while the last goes', async () => {
    for (let round = 0; round < 8; round += 1) {
      const source = await follow(ines)
      const came = follow(jon).catch((error: unknown) => error)
      await Promise.all([unfollowSource(deps(), of(ines, source)), came])
      expect(await came).not.toBeInstanceOf(Error)
      expect(await listSubscriptions(ground.db, jon.id)).toHaveLength(1)
      const [left] = await listSubscriptions(ground.db, jon.id)
      await unfollowSource(deps(), of(jon, { id: left?.sourceId ?? '' }))
    }
  })

  it.each([
    ['pause', pauseSource],
    ['resume', resumeSource],
    ['retry', retrySource],
    ['unfollow', unfollowSource],
  ])('is not there to %s for who does not follow it', async (_what, action) => {
    const source = await follow(ines)
    await ground.clearJobs()
    const failure = { code: 'source-not-found', blame: 'caller' }
    await expect(action(deps(), of(jon, source))).rejects.toMatchObject(failure)
    await expect(action(deps(), of(ines, { id: newId() }))).rejects.toMatchObject(failure)
    expect(await ground.listJobs()).toEqual([])
    expect(await listSubscriptions(ground.db, ines.id)).toMatchObject([{ paused: false }])
  })
})

describe('unfollowNamed', () => {
  const unfollow = (which: string) => unfollowNamed(deps(), { readerId: ines.id, which })

  it.each([
    ['title', ' sALT '],
    ['address', URL],
  ])('finds it by its %s', async (_by, which) => {
    await follow(ines)
    expect(await unfollow(which)).toBe('Salt')
    expect(await listSubscriptions(ground.db, ines.id)).toEqual([])
  })

  it('finds it by its id, and never that of another', async () => {
    const source = await follow(ines)
    const theirs = await follow(jon, 'https://pepper.example/feed.xml')
    await expect(unfollow(theirs.id)).rejects.toMatchObject({ code: 'source-not-found' })
    expect(await unfollow(source.id)).toBe('Salt')
  })

  it('takes no guess between two of one title', async () => {
    await follow(ines)
    await follow(ines, 'https://twin.example/feed.xml')
    await expect(unfollow('Salt')).rejects.toMatchObject({ code: 'source-not-found' })
    expect(await listSubscriptions(ground.db, ines.id)).toHaveLength(2)
  })
})
