import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inviteOwner } from '../../src/actions/invite-owner.ts'
import type { Summary } from '../../src/model/summary.ts'
import { FakeClock } from '../../src/platform/clock.ts'
import { findOwner } from '../../src/store/readers.ts'
import { findSummary } from '../../src/store/summaries.ts'
import { launchChromium } from '../ground/chromium.ts'
import { type ReadMail, readMail } from '../ground/read-mail.ts'
import { type SmtpSink, startSmtpSink } from '../ground/smtp-sink.ts'
import { bootProduct, configOf, makeFolder, type Product, settingsOf } from './boot-product.ts'
import {
  renderFeed,
  renderTranscript,
  type ShowEpisode,
  threeEpisodes,
  transcriptPath,
} from './example-show.ts'
import { findQuoteFaults } from './find-quote-faults.ts'
import { type LocalSite, serveSite } from './serve-site.ts'
import { type Visitor, visitSite } from './visit-site.ts'
import { waitUntil } from './wait-until.ts'

const DAY_MS = 86_400_000
/** Tomorrow: what the database dates by itself, today, then lies in the past. */
const TOMORROW = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)
const ADDRESS = 'reader@mail.example'

const closing = new AsyncDisposableStack()
const clock = new FakeClock(`${TOMORROW}T06:30:00Z`)
const episodes = threeEpisodes(new Date(`${TOMORROW}T05:00:00Z`))
let site: LocalSite
let sink: SmtpSink
let product: Product
let visitor: Visitor
let mail: ReadMail

beforeAll(async () => {
  const folder = closing.use(makeFolder())
  site = closing.use(await serveSite())
  sink = closing.use(await startSmtpSink())
  publish(episodes, '"v1"')
  const settings = await settingsOf(folder.path, {
    MURMURCAST_FETCH_ALLOW: site.hostPort,
    SMTP_URL: `smtp://${sink.host}:${sink.port}`,
    MAIL_FROM: 'Murmurcast <digest@murmurcast.example>',
  })
  product = closing.use(await bootProduct(configOf(settings), clock))
  visitor = visitSite(product.serving.url)
}, 60_000)

afterAll(() => closing.disposeAsync(), 30_000)

function publish(shown: readonly ShowEpisode[], etag: string): void {
  const body = renderFeed({ title: 'Workshop Hours', origin: site.origin }, shown)
  site.put('/feed.xml', { body, type: 'application/rss+xml', etag })
  for (const episode of shown) site.put(transcriptPath(episode), renderTranscript(episode))
}

async function readSummaries(): Promise<
  { guid: string; id: string; summary: Summary | undefined }[]
> {
  const rows = await product.house.db.selectFrom('episodes').select(['id', 'guid']).execute()
  return Promise.all(
    rows.map(async ({ id, guid }) => ({
      ...{ guid, id },
      summary: await findSummary(product.house.db, id),
    })),
  )
}

/** Resolves when the timetable has looked for due digests and due checks twice more. */
async function letTimetableLook(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1200))
}

describe('from a podcast to the e-mail', () => {
  it('takes the owner in by the one-time link, in a real browser', async () => {
    await using chromium = await launchChromium()
    const page = await chromium.open(product.serving.ownerLink ?? '')
    await page.getByRole('button', { name: 'Come in' }).click()
    await page.getByLabel('Paste a link').fill(`${site.origin}/feed.xml`)
    await page.getByRole('button', { name: 'Look it up' }).click()
    await page.getByRole('heading', { name: 'Workshop Hours' }).waitFor()
    await page.getByRole('button', { name: 'Follow it' }).click()
    await page.getByText('Added.').waitFor()
    await page.goto(`${product.serving.url}/settings`)
    await page.getByLabel('E-mail address').fill(ADDRESS)
    await page.getByLabel('Digest at').fill('07:00')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    const cookies = await page.context().cookies()
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Lax' }])
    expect(page.complaints).toEqual([])
    const owner = await findOwner(product.house.db)
    expect(owner).toMatchObject({ email: ADDRESS, digestAt: '07:00', timeZone: 'UTC' })
  }, 40_000)

  it('lets the link in once', async () => {
    const path = new URL(product.serving.ownerLink ?? '').pathname
    const second = await visitor.submit(path, path)
    expect(second).toMatchObject({ status: 403 })
    expect(second.text).toContain('has been used already')
    const link = new URL(await inviteAgain()).pathname
    expect(await visitor.submit(link, link)).toMatchObject({ status: 303, location: '/' })
    expect((await visitor.get('/sources')).status).toBe(200)
  })

  it('reads all three kinds of transcript and quotes them word by word', async () => {
    await waitUntil(async () => {
      const found = await readSummaries()
      expect(found.filter(({ summary }) => summary !== undefined)).toHaveLength(3)
    })
    for (const { guid, summary } of await readSummaries()) {
      const said = episodes.find((episode) => episode.guid === guid)?.said ?? []
      expect(summary?.evidence.length).toBeGreaterThan(0)
      expect(summary && findQuoteFaults(summary, said)).toEqual([])
      expect(summary?.transcriptOrigin).toBe('publisher')
    }
  }, 20_000)

  it('sends nothing before the hour and one message at it', async () => {
    await letTimetableLook()
    expect(sink.messages).toHaveLength(0)
    clock.moveTo(`${TOMORROW}T07:00:05Z`)
    await waitUntil(() => expect(sink.messages).toHaveLength(1))
    const [message] = sink.messages
    expect(message).toMatchObject({ from: 'digest@murmurcast.example', to: [ADDRESS] })
    mail = await readMail(message?.raw ?? new Uint8Array())
  }, 20_000)

  it('has the headers of a good list and one message id', () => {
    const valuesOf = (name: string): string[] =>
      mail.headers.filter((header) => header.name === name).map(({ value }) => value)
    expect(mail.to).toBe(ADDRESS)
    expect(valuesOf('list-id')).toEqual(['<daily.digest.murmurcast.example>'])
    expect(valuesOf('list-unsubscribe')).toHaveLength(1)
    expect(valuesOf('list-unsubscribe')[0]).toContain(`<${product.config.web.baseUrl}/unsubscribe/`)
    expect(valuesOf('message-id')).toEqual([sink.messages[0]?.messageId])
    expect(mail.messageId).toMatch(/^<[^@]+@murmurcast\.example>$/)
    expect(valuesOf('auto-submitted')).toEqual(['auto-generated'])
  })

  it('tells the same in text and in HTML', () => {
    const plain = mail.html.replaceAll('&#39;', "'").replaceAll('&amp;', '&')
    for (const { title } of episodes) {
      expect(mail.text).toContain(title)
      expect(plain).toContain(title)
    }
    const textLinks = [...new Set(mail.text.match(/https?:\/\/[^\s)>\]]+/g))]
    expect(textLinks.toSorted()).toEqual(mail.links.toSorted())
  })

  it('leads with every link to a page that is there', async () => {
    expect(mail.links.length).toBeGreaterThan(5)
    const statuses = await Promise.all(
      mail.links.map(async (link) => {
        const { origin, pathname, search } = new URL(link)
        expect(origin).toBe(product.config.web.baseUrl)
        return [link, (await visitor.get(pathname + search)).status]
      }),
    )
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([])
  })

  it('leads with every link to a moment to the words that are quoted', async () => {
    const moments = mail.links.map((link) => new URL(link)).filter(({ search }) => search !== '')
    expect(moments.length).toBeGreaterThan(2)
    for (const { pathname, search } of moments) {
      const { text, target } = await visitor.get(pathname + search)
      const [, id] = /#(s\d+)$/.exec(target ?? '') ?? []
      const [, start] = new RegExp(`id="${id}" data-start="([\\d.]+)"`).exec(text) ?? []
      expect(start).toBe(new URLSearchParams(search).get('at'))
    }
  })

  it('quotes only what was said', () => {
    const said = episodes.flatMap((episode) => episode.said.map(({ text }) => text)).join(' ')
    const quotes = [...mail.text.replace(/\s+/g, ' ').matchAll(/“([^”]+)”/g)].map(
      ([, q]) => q ?? '',
    )
    expect(quotes.length).toBeGreaterThan(2)
    expect(quotes.filter((quote) => !said.includes(quote.replace(/…$/, '')))).toEqual([])
  })

  it('asks an unchanged feed by its ETag and makes no work of it', async () => {
    const before = await countWork()
    const asked = site.answers.length
    clock.moveBy(3 * 3_600_000)
    await waitUntil(() => {
      const polls = site.answers.slice(asked).filter(({ path }) => path === '/feed.xml')
      expect(polls.map(({ status }) => status)).toEqual([304])
    })
    await letTimetableLook()
    expect(site.answers.slice(asked)).toEqual([{ path: '/feed.xml', status: 304 }])
    expect(await countWork()).toEqual(before)
  }, 20_000)

  it('makes no second digest on the same day, asked or not', async () => {
    const more = { ...episodes[0], guid: 'wh-4', title: 'Late news' } as ShowEpisode
    publish([...episodes, { ...more, publishedAt: clock.now() }], '"v2"')
    clock.moveBy(2 * 3_600_000)
    await waitUntil(async () => {
      const found = await readSummaries()
      expect(found.filter(({ summary }) => summary !== undefined)).toHaveLength(4)
    })
    const answer = await visitor.submit('/', '/digests/now')
    expect(answer.location).toContain('done=digest-there')
    await letTimetableLook()
    expect(sink.messages).toHaveLength(1)
    expect(sink.attempts).toBe(1)
  }, 30_000)

  it('stops by one click without signing in, and not by a look', async () => {
    const link = mail.links.find((href) => href.includes('/unsubscribe/')) ?? ''
    const stranger = visitSite(product.serving.url)
    const { status, text } = await stranger.get(new URL(link).pathname)
    expect({ status, isOffered: text.includes('Stop the e‑mails') }).toEqual({
      status: 200,
      isOffered: true,
    })
    clock.moveTo(
      new Date(clock.now().getTime() + DAY_MS).toISOString().replace(/T.*/, 'T07:00:05Z'),
    )
    await waitUntil(() => expect(sink.messages).toHaveLength(2))
    const oneClick = await fetch(new URL(new URL(link).pathname, product.serving.url), {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    })
    expect(oneClick.status).toBe(200)
    publish(
      [...episodes, { ...(episodes[1] as ShowEpisode), guid: 'wh-5', title: 'Later' }],
      '"v3"',
    )
    clock.moveBy(DAY_MS)
    await waitUntil(async () => {
      const found = await readSummaries()
      expect(found.filter(({ summary }) => summary !== undefined)).toHaveLength(5)
    })
    await letTimetableLook()
    expect(sink.messages).toHaveLength(2)
  }, 40_000)

  it('has logged nothing that anybody would have to look at', () => {
    expect(product.trouble).toEqual([])
  })
})

async function inviteAgain(): Promise<string> {
  const owner = await findOwner(product.house.db)
  return product.serving.url + (await inviteOwner(product.house.db, owner?.id ?? ''))
}

async function countWork(): Promise<Record<string, number>> {
  const { db } = product.house
  const count = async (table: 'episodes' | 'transcripts' | 'summaries' | 'digests') => {
    const rows = await db.selectFrom(table).select('id').execute()
    return rows.length
  }
  return {
    episodes: await count('episodes'),
    transcripts: await count('transcripts'),
    summaries: await count('summaries'),
    digests: await count('digests'),
  }
}
