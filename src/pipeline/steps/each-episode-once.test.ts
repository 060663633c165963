import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type LineGround, openLineGround } from '../../../tests/ground/open-line-ground.ts'
import type { Source } from '../../model/source.ts'
import { createFakeGuardedFetch } from '../../platform/http/fake-guarded-fetch.ts'
import { newId } from '../../platform/ids.ts'
import { saveExampleReader, saveExampleSource } from '../../store/example-rows.ts'
import { findSource } from '../../store/sources.ts'
import { exampleJob } from '../example-job.ts'
import { discoverEpisodesStep } from './discover-episodes.ts'

const URL = 'https://feed.example/show.xml'
const now = new Date('2026-11-23T12:00:00Z')

let ground: LineGround
let source: Source
beforeAll(async () => {
  ground = await openLineGround()
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(async () => {
  await ground.db.deleteFrom('sources').execute()
  await ground.clearJobs()
  source = await saveExampleSource(ground.db, { url: URL }, [await saveExampleReader(ground.db)])
})

const item = (n: number, guid: string) =>
  `<item><guid>${guid}</guid><title>Part ${n}</title><link>https://show.example/${n}</link>
  <pubDate>${new Date(now.getTime() - n * 86_400_000).toUTCString()}</pubDate></item>`
const rss = (items: string[]) =>
  `<rss version="2.0"><channel><title>Salt</title>${items.join('')}</channel></rss>`
const archive = (size: number, mark: string) =>
  Array.from({ length: size }, (_, n) => item(n + 1, `${mark}-${n + 1}`))

async function poll(body: string, headers: Record<string, string> = {}): Promise<void> {
  const fetch = createFakeGuardedFetch({ [URL]: { body, headers } })
  const deps = { db: ground.db, queue: ground.queue, fetch, clock: { now: () => now }, newId }
  const job = exampleJob(ground.db, { step: 'discover-episodes', itemId: source.id })
  await discoverEpisodesStep(deps, job)
}
const count = async () => (await ground.db.selectFrom('episodes').select('id').execute()).length
const announced = async () => (await ground.listJobs()).length
const reasons = async () => {
  const rows = await ground.db
    .selectFrom('episodes')
    .select(['stage_reason', 'is_wanted'])
    .where('is_wanted', '=', false)
    .execute()
  return [...new Set(rows.map((row) => row.stage_reason))]
}

it('announces nothing of an archive of five thousand that comes again under new ids', async () => {
  await poll(rss(archive(5_000, 'old')))
  expect([await announced(), await count()]).toEqual([4, 5_000])
  for (const mark of ['new', 'newer']) {
    await poll(rss(archive(5_000, mark)))
    expect([mark, await announced(), await count()]).toEqual([mark, 4, 5_000])
  }
  await poll(rss([item(0, 'fresh'), ...archive(5_000, 'newest')]))
  expect([await announced(), await count()]).toEqual([5, 5_001])
}, 60_000)

it('announces nothing of an archive that is opened later, and says why', async () => {
  await poll(rss(archive(5, 'a')))
  await poll(rss(archive(600, 'a')))
  // Three of them came in the week before the newest that was known.
  expect([await announced(), await count()]).toEqual([4 + 3, 600])
  expect((await reasons()).toSorted()).toEqual([
    'It is from the archive: newer ones were known before it.',
    'It was published before the source was followed.',
  ])
})

it('leaves Shorts off the line with a reason, and lets upcoming videos wait', async () => {
  const entry = (id: string, path: string, views: number) =>
    `<entry><id>yt:video:${id}</id><title>${id}</title><link href="https://www.youtube.com/${path}"/>
    <published>2026-11-23T10:00:00Z</published><media:group><media:community><media:statistics views="${views}"/></media:community></media:group></entry>`
  const feed = (views: number) =>
    `<feed xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><id>yt:channel:a</id><title>Tide</title>
    ${entry('short', 'shorts/short', 9)}${entry('video', 'watch?v=video', 9)}${entry('soon', 'watch?v=soon', views)}</feed>`
  await poll(feed(0))
  expect([await announced(), await count()]).toEqual([1, 2])
  expect(await reasons()).toEqual(['It is a Short, and Shorts are left out.'])
  await poll(feed(7))
  expect([await announced(), await count()]).toEqual([2, 3])
})

it('asks as seldom as the publisher wishes, also when nothing has changed', async () => {
  const body = `<rss version="2.0"><channel><title>Salt</title><ttl>300</ttl>${archive(9, 'a').join('')}</channel></rss>`
  for (let n = 0; n < 2; n += 1) {
    await poll(body, { etag: '"1"' })
    const minutes = (Number((await findSource(ground.db, source.id))?.nextCheckAt) - +now) / 60_000
    expect(minutes).toBeGreaterThanOrEqual(300)
    expect(minutes).toBeLessThanOrEqual(330)
  }
})
