import { expect, it } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { bootProduct, configOf, makeFolder, settingsOf } from './boot-product.ts'
import { visitSite } from './visit-site.ts'
import { waitUntil } from './wait-until.ts'

/** A third of what a newcomer has in all: the rest is for the clone and for reading. */
const LIMIT_SECONDS = 60

it('goes from the first start by the sample library to a digest in the outbox', async () => {
  using folder = makeFolder()
  const config = configOf(await settingsOf(folder.path))
  const startedAt = performance.now()
  await using product = await bootProduct(config, systemClock)
  const started = seconds(startedAt)
  const visitor = visitSite(product.serving.url)
  const link = new URL(product.serving.ownerLink ?? '').pathname
  expect((await visitor.submit(link, link)).status).toBe(303)
  expect((await visitor.submit('/', '/samples')).location).toBe('/?done=samples')
  await waitUntil(async () => expect(await countUnread()).toBe(0), LIMIT_SECONDS * 1000)
  const read = seconds(startedAt)
  expect((await visitor.submit('/', '/digests/now')).location).toBe('/?done=digest')
  const message = await waitUntil(async () => {
    const { text } = await visitor.get('/outbox')
    const [, path = ''] = /href="(\/outbox\/[0-9a-f-]{36})"/.exec(text) ?? []
    expect(path).not.toBe('')
    return path
  })
  const total = seconds(startedAt)
  console.log(
    `first start ${started} s, sample library read ${read} s, digest in outbox ${total} s`,
  )
  expect(total).toBeLessThan(LIMIT_SECONDS)

  const eml = await visitor.get(`${message}/message.eml`)
  expect(eml).toMatchObject({ status: 200 })
  const html = await visitor.get(`${message}/html`)
  const links = [...html.text.matchAll(/href="(http:\/\/localhost[^"]+)"/g)].map(([, href]) => href)
  expect(links.length).toBeGreaterThan(5)
  for (const href of new Set(links)) {
    const { pathname, search } = new URL((href ?? '').replaceAll('&amp;', '&'))
    expect([href, (await visitor.get(pathname + search)).status]).toEqual([href, 200])
  }
  const today = await visitor.get('/')
  expect(today.text).toContain('The daily digest')
  expect(product.trouble).toEqual([])

  /** Episodes of the library that are on the line still; 1 before any is there. */
  async function countUnread(): Promise<number> {
    const rows = await product.house.db
      .selectFrom('episodes')
      .select(['summary_id', 'is_wanted'])
      .execute()
    const wanted = rows.filter((row) => row.is_wanted)
    return wanted.length === 0 ? 1 : wanted.filter((row) => row.summary_id === null).length
  }
}, 90_000)

const seconds = (startedAt: number): number =>
  Math.round((performance.now() - startedAt) / 100) / 10
