import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FakeClock } from '../../src/platform/clock.ts'
import type { JobRequest } from '../../src/store/jobs/job.ts'
import { findOwner } from '../../src/store/readers.ts'
import { type SmtpSink, startSmtpSink } from '../ground/smtp-sink.ts'
import { bootProduct, configOf, makeFolder, type Product, settingsOf } from './boot-product.ts'
import { renderFeed, renderTranscript, threeEpisodes, transcriptPath } from './example-show.ts'
import { type LocalSite, serveSite } from './serve-site.ts'
import { type Visitor, visitSite } from './visit-site.ts'
import { waitUntil } from './wait-until.ts'

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
const TIMES = ['first', 'second', 'third', 'fourth']

const closing = new AsyncDisposableStack()
const clock = new FakeClock(`${TOMORROW}T10:00:00Z`)
let site: LocalSite
let sink: SmtpSink
let product: Product
let visitor: Visitor

beforeAll(async () => {
  const folder = closing.use(makeFolder())
  site = closing.use(await serveSite())
  sink = closing.use(await startSmtpSink())
  const episodes = threeEpisodes(new Date(`${TOMORROW}T05:00:00Z`))
  const body = renderFeed({ title: 'Workshop Hours', origin: site.origin }, episodes)
  site.put('/feed.xml', { body, type: 'application/rss+xml' })
  for (const episode of episodes) site.put(transcriptPath(episode), renderTranscript(episode))
  const settings = await settingsOf(folder.path, {
    MURMURCAST_FETCH_ALLOW: site.hostPort,
    SMTP_URL: `smtp://${sink.host}:${sink.port}`,
    MAIL_FROM: 'Murmurcast <digest@murmurcast.example>',
  })
  product = closing.use(await bootProduct(configOf(settings), clock))
  visitor = visitSite(product.serving.url)
  const link = new URL(product.serving.ownerLink ?? '').pathname
  await visitor.submit(link, link)
  await visitor.submit('/settings', '/settings', {
    ...{ displayName: 'You', email: 'reader@mail.example', language: 'en' },
    // The clock stands at ten: nothing is due by itself.
    ...{ timeZone: 'UTC', digestAt: '23:00' },
  })
}, 60_000)

afterAll(() => closing.disposeAsync(), 30_000)

/** Puts in the same work as often as there are `TIMES`, so that several hands take it at once. */
async function enqueueAll(requests: readonly JobRequest[]): Promise<void> {
  const { db, queue } = product.house
  await db.transaction().execute(async (tx) => {
    for (const request of requests) {
      for (const detail of TIMES) await queue.enqueue(tx, { ...request, detail })
    }
  })
}

/** How often a step has ended for an item, however it did. */
async function countOutcomes(step: string): Promise<number> {
  const rows = await product.house.db
    .selectFrom('step_outcomes')
    .select('id')
    .where('step', '=', step)
    .execute()
  return rows.length
}

/** Jobs that nobody has finished. */
async function countWaiting(): Promise<number> {
  const { rows } = await sql`
    select id from jobs.job where state in ('created', 'retry', 'active')`.execute(product.house.db)
  return rows.length
}

type Table = 'sources' | 'episodes' | 'transcripts' | 'summaries' | 'digests' | 'deliveries'

async function listIds(table: Table | 'subscriptions'): Promise<string[]> {
  return (await product.house.db.selectFrom(table).select('id').execute()).map(({ id }) => id)
}

describe('the same work done more than once', () => {
  it('follows one source, however often it is added at once', async () => {
    const url = `${site.origin}/feed.xml`
    const { text } = await visitor.submit('/', '/sources/check', { url })
    const formToken = /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const answers = await Promise.all(TIMES.map(() => visitor.post('/sources', { url, formToken })))
    expect(answers.map(({ location }) => location)).toEqual(TIMES.map(() => '/sources?done=added'))
    expect(await listIds('sources')).toHaveLength(1)
    expect(await listIds('subscriptions')).toHaveLength(1)
  })

  it('reads and summarises each episode once', async () => {
    await waitUntil(async () => expect(await countOutcomes('summarise-episode')).toBe(3))
    const [sourceId = ''] = await listIds('sources')
    await enqueueAll([{ step: 'discover-episodes', itemId: sourceId }])
    const episodeIds = await listIds('episodes')
    for (const step of ['fetch-content', 'get-transcript', 'summarise-episode'] as const) {
      await enqueueAll(episodeIds.map((itemId) => ({ step, itemId })))
    }
    await waitUntil(async () => {
      expect(await countOutcomes('discover-episodes')).toBeGreaterThanOrEqual(5)
      expect(await countOutcomes('summarise-episode')).toBeGreaterThanOrEqual(15)
      expect(await countWaiting()).toBe(0)
    })
    const counts = await Promise.all(
      (['episodes', 'transcripts', 'summaries'] as const).map(async (table) => [
        table,
        (await listIds(table)).length,
      ]),
    )
    expect(Object.fromEntries(counts)).toEqual({ episodes: 3, transcripts: 3, summaries: 3 })
  }, 20_000)

  it('makes one digest and sends one message', async () => {
    const page = await visitor.get('/')
    const formToken = /name="formToken" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    await Promise.all(TIMES.map(() => visitor.post('/digests/now', { formToken })))
    await waitUntil(() => expect(sink.messages).toHaveLength(1))
    const [deliveryId = ''] = await listIds('deliveries')
    const owner = await findOwner(product.house.db)
    const { db, queue } = product.house
    await db.transaction().execute(async (tx) => {
      await queue.enqueue(tx, {
        step: 'build-digest',
        itemId: owner?.id ?? '',
        detail: TOMORROW,
      })
    })
    await enqueueAll([{ step: 'send-digest', itemId: deliveryId }])
    await waitUntil(async () => {
      expect(await countOutcomes('build-digest')).toBeGreaterThanOrEqual(2)
      expect(await countOutcomes('send-digest')).toBe(5)
      expect(await countWaiting()).toBe(0)
    })
    expect(await listIds('digests')).toHaveLength(1)
    expect(await listIds('deliveries')).toHaveLength(1)
    expect({ sent: sink.messages.length, tried: sink.attempts }).toEqual({ sent: 1, tried: 1 })
  }, 20_000)

  it('has logged nothing that anybody would have to look at', () => {
    expect(product.trouble).toEqual([])
  })
})
