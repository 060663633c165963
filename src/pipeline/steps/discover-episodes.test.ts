import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LineGround, openLineGround } from '../../../tests/ground/open-line-ground.ts'
import type { Source } from '../../model/source.ts'
import { FakeClock } from '../../platform/clock.ts'
import { createFakeGuardedFetch, type FakeServer } from '../../platform/http/fake-guarded-fetch.ts'
import { newId } from '../../platform/ids.ts'
import { saveExampleReader, saveExampleSource } from '../../store/example-rows.ts'
import { findSource } from '../../store/sources.ts'
import { exampleJob } from '../example-job.ts'
import { discoverEpisodesStep } from './discover-episodes.ts'

const URL = 'https://feed.example/show.xml'
const NOW = '2026-11-23T12:00:00Z'

let ground: LineGround
let source: Source
let clock: FakeClock
beforeAll(async () => {
  ground = await openLineGround()
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(async () => {
  await ground.db.deleteFrom('sources').execute()
  await ground.clearJobs()
  clock = new FakeClock(NOW)
  source = await saveExampleSource(ground.db, { url: URL }, [await saveExampleReader(ground.db)])
})

/** A feed of these days of November, newest first, as publishers write them. */
const feedOf = (days: readonly number[], dated = true): string => {
  const items = days
    .toSorted((a, b) => b - a)
    .map((day) => {
      const date = dated
        ? `<pubDate>${new Date(Date.UTC(2026, 9, day)).toUTCString()}</pubDate>`
        : ''
      return `<item><guid>g${day}</guid><title>Day ${day}</title>${date}</item>`
    })
  return `<rss version="2.0"><channel><title>Salt</title>${items.join('')}</channel></rss>`
}

const discover = (server: FakeServer, change: { newId?: () => string } = {}) => {
  const fetch = createFakeGuardedFetch({ [URL]: server })
  const deps = { db: ground.db, queue: ground.queue, fetch, clock, newId, ...change }
  const job = exampleJob(ground.db, { step: 'discover-episodes', itemId: source.id })
  return discoverEpisodesStep(deps, job)
}

const episodes = async () => {
  const rows = await ground.db
    .selectFrom('episodes')
    .select(['id', 'guid', 'title', 'is_wanted'])
    .orderBy('title')
    .execute()
  const jobs = await ground.listJobs()
  return rows.map(({ id, guid, is_wanted }) => ({
    guid,
    isWanted: is_wanted,
    jobs: jobs.filter(({ itemId }) => itemId === id).map(({ step }) => step),
  }))
}
const wanted = async () => (await episodes()).filter((e) => e.isWanted).map((e) => e.guid)

/** An hour and the jitter of a tenth after the clock's time. */
const isInAnHour = (at: Date): boolean => {
  const minutes = (at.getTime() - clock.now().getTime()) / 60_000
  return minutes >= 60 && minutes <= 66
}

describe('discover-episodes', () => {
  it('takes the newest few at the first poll, and knows the others', async () => {
    const outcome = await discover({ body: feedOf([1, 2, 3, 4, 5, 6, 7, 8, 9]) })
    expect(outcome).toEqual({ outcome: 'done' })
    expect(await wanted()).toEqual(['g6', 'g7', 'g8', 'g9'])
    const all = await episodes()
    expect(all).toHaveLength(9)
    for (const { isWanted, jobs } of all) expect(jobs).toEqual(isWanted ? ['fetch-content'] : [])
    const read = await findSource(ground.db, source.id)
    expect(read).toMatchObject({ state: 'ok', title: 'Salt', lastCheckedAt: clock.now() })
    expect(Number(read?.nextCheckAt)).toBeGreaterThan(Number(clock.now()))
  })

  it('takes the newest where no dates tell', async () => {
    await discover({ body: feedOf([1, 2, 3, 4, 5, 6, 7, 8, 9], false) })
    expect(await wanted()).toEqual(['g6', 'g7', 'g8', 'g9'])
  })

  it('takes what is new later, and at most twenty of a republished archive', async () => {
    await discover({ body: feedOf([9]) })
    await discover({ body: feedOf([8, 9]) })
    expect(await wanted()).toEqual(['g8', 'g9'])
    await discover({ body: feedOf(Array.from({ length: 31 }, (_, day) => day + 1)) })
    expect(await episodes()).toHaveLength(31)
    expect(await wanted()).toHaveLength(22)
    expect(await wanted()).not.toContain('g1')
  })

  it.each([
    ['its ETag', { etag: '"v1"' } as Record<string, string>],
    ['its bytes', {}],
  ])('does nothing for what is unchanged by %s, and looks again later', async (_by, headers) => {
    await discover({ headers, body: feedOf([1]) })
    await ground.clearJobs()
    clock.moveBy(3_600_000)
    const neverMade = () => {
      throw new Error('an unchanged feed makes nothing')
    }
    const outcome = await discover({ headers, body: feedOf([1]) }, { newId: neverMade })
    expect(outcome).toEqual({ outcome: 'done' })
    expect(await ground.listJobs()).toEqual([])
    expect(await findSource(ground.db, source.id)).toMatchObject({
      ...{ lastCheckedAt: clock.now(), nextCheckAt: expect.toSatisfy(isInAnHour) },
    })
  })

  it('keeps what was there when the feed fails, and comes again less and less often', async () => {
    await discover({ body: feedOf([1]) })
    const first = await discover({ status: 503 })
    expect(first).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('503') })
    const failing = await findSource(ground.db, source.id)
    expect(failing).toMatchObject({ state: 'failing', title: 'Salt' })
    expect(failing?.stateReason).toContain('feed.example')
    expect(failing?.nextCheckAt).toEqual(new Date('2026-11-23T12:15:00Z'))
    await discover({ failure: 'dns-failed' })
    const next = (await findSource(ground.db, source.id))?.nextCheckAt
    expect(next).toEqual(new Date('2026-11-23T12:30:00Z'))
    expect(await wanted()).toEqual(['g1'])
    await discover({ body: feedOf([1, 2]) })
    expect(await findSource(ground.db, source.id)).toMatchObject({ state: 'ok', stateReason: null })
  })

  it('waits as long as the server asks', async () => {
    await discover({ status: 429, headers: { 'retry-after': '7200' } })
    const next = (await findSource(ground.db, source.id))?.nextCheckAt
    expect(next).toEqual(new Date('2026-11-23T14:00:00Z'))
  })

  it('believes a server that says the feed is gone, until somebody asks again', async () => {
    await discover({ status: 410 })
    expect(await findSource(ground.db, source.id)).toMatchObject({
      state: 'gone',
      nextCheckAt: null,
    })
  })

  it('reads one feed twice at once and finds each episode once', async () => {
    const server = { body: feedOf([1, 2, 3, 4, 5, 6]) }
    await Promise.all([discover(server), discover(server), discover(server)])
    expect(await episodes()).toHaveLength(6)
    expect(await wanted()).toHaveLength(4)
    expect(await ground.listJobs()).toHaveLength(4)
  })

  it('leaves nothing behind when it is cut off before its commit', async () => {
    const fetch = createFakeGuardedFetch({ [URL]: { body: feedOf([1]), headers: { etag: '"1"' } } })
    const deps = { db: ground.db, queue: ground.queue, fetch, clock, newId }
    const request = { step: 'discover-episodes', itemId: source.id } as const
    const job = exampleJob(ground.db, request, {
      commit: (_outcome, write) =>
        ground.db.transaction().execute(async (tx) => {
          await write?.(tx)
          throw new Error('cut off')
        }),
    })
    await expect(discoverEpisodesStep(deps, job)).rejects.toThrow('cut off')
    expect(await episodes()).toEqual([])
    await discover({ body: feedOf([1]), headers: { etag: '"1"' } })
    expect(await wanted()).toEqual(['g1'])
  })

  it('skips a source that is paused or was removed', async () => {
    await ground.db.updateTable('sources').set({ state: 'paused' }).execute()
    expect(await discover({ body: feedOf([1]) })).toMatchObject({ outcome: 'skipped' })
    await ground.db.deleteFrom('sources').execute()
    expect(await discover({ body: feedOf([1]) })).toMatchObject({ outcome: 'skipped' })
    expect(await episodes()).toEqual([])
  })

  it('throws what is our own fault, so that it is tried again', async () => {
    const fetch = () => Promise.reject(new Error('a bug'))
    const job = exampleJob(ground.db, { step: 'discover-episodes', itemId: source.id })
    const deps = { db: ground.db, queue: ground.queue, fetch, clock, newId }
    await expect(discoverEpisodesStep(deps, job)).rejects.toThrow('a bug')
    expect(await findSource(ground.db, source.id)).toMatchObject({ state: 'new' })
  })
})
