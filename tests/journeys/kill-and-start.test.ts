import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { followSource } from '../../src/actions/follow-source.ts'
import { saveSettings } from '../../src/actions/save-settings.ts'
import { openHouse } from '../../src/app.ts'
import { FakeClock } from '../../src/platform/clock.ts'
import { newId } from '../../src/platform/ids.ts'
import { silentLog } from '../../src/platform/log.ts'
import { bundleAssets } from '../../src/web/testing/bundle-assets.ts'
import { bundleScript } from '../ground/bundle-script.ts'
import { readLedger, type SmtpSink, startSmtpSink } from '../ground/smtp-sink.ts'
import { configOf, makeFolder, settingsOf } from './boot-product.ts'
import { numberedEpisode, renderFeed, renderTranscript, transcriptPath } from './example-show.ts'
import { judgeMail, type MailRecords, readMailRecords, type Verdict } from './judge-mail.ts'
import { runChild, type ServeChild } from './run-child.ts'
import { type LocalSite, serveSite } from './serve-site.ts'
import { waitUntil } from './wait-until.ts'

const CYCLES = process.env.MURMURCAST_LONG_TESTS === undefined ? 10 : 50
const SEED = Number(process.env.MURMURCAST_TEST_SEED ?? Date.now() % 1_000_000)
const DAY_MS = 86_400_000
/** Eight in the morning of tomorrow: what the database dates by itself, today, lies before it. */
const FIRST_MORNING = Math.ceil(Date.now() / DAY_MS) * DAY_MS + 8 * 3_600_000
const EPISODES_A_DAY = 2
const LATEST_KILL_MS = 2500
const LONGEST_REPLY_MS = 400
/** A day is over when its work is; much less than this unless something hangs. */
const DAY_ENDS_MS = 20_000

const random = createRandom(SEED)
const closing = new AsyncDisposableStack()
let site: LocalSite
let sink: SmtpSink
let settings: Record<string, string>
let ledgerPath: string
let script: string
let assetsDir: string
let published = 0
let day = 0

beforeAll(async () => {
  const folder = closing.use(makeFolder())
  ledgerPath = join(folder.path, 'ledger.jsonl')
  site = closing.use(await serveSite())
  sink = closing.use(await startSmtpSink({ ledgerPath }))
  sink.behave = () => ({ kind: 'delay', ms: Math.floor(random() * LONGEST_REPLY_MS) })
  const bundled = closing.use(await bundleScript(join(import.meta.dirname, 'serve-child.ts')))
  script = bundled.path
  assetsDir = closing.use(await bundleAssets()).dir
  settings = await settingsOf(join(folder.path, 'house'), {
    MURMURCAST_FETCH_ALLOW: site.hostPort,
    SMTP_URL: `smtp://${sink.host}:${sink.port}`,
    MAIL_FROM: 'Murmurcast <digest@murmurcast.example>',
  })
  publishDay()
  await prepareHouse()
}, 60_000)

afterAll(async () => {
  // Joins what a killed child has left and shuts it down, as the last to leave does.
  await (await openDatabaseOfHouse())[Symbol.asyncDispose]()
  await closing.disposeAsync()
}, 30_000)

describe('killed at any moment and started again', () => {
  it(
    `loses nothing and sends nothing twice in ${CYCLES} cycles (seed ${SEED})`,
    async () => {
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        if (cycle > 0) publishDay()
        await using child = startDay()
        // One in three dies while it starts, the others in the middle of their work.
        if (cycle % 3 === 0) await sleep(random() * LATEST_KILL_MS)
        else await child.serving.then(() => sleep(random() * LATEST_KILL_MS))
        await child.kill()
      }
      await runUntilQuiet()
      expect(await judge()).toEqual({ duplicates: [], lost: [] })
      const { deliveries, episodes } = await readRecords()
      expect(deliveries.every(isSettled)).toBe(true)
      const uncertain = deliveries.filter(({ state }) => state === 'uncertain').length
      console.log(
        `${CYCLES} kills (seed ${SEED}): ${episodes.length} episodes, ${deliveries.length} deliveries, ` +
          `${uncertain} of them uncertain and carried over, 0 lost, 0 duplicate`,
      )
    },
    CYCLES * 12_000 + 90_000,
  )

  it('is not misled by a database that has forgotten what was sent', async () => {
    await forgetLastDelivery()
    await runUntilQuiet()
    expect(await judge()).toEqual({ duplicates: [], lost: [] })
  }, 60_000)

  it('is caught by this very test once both its guards are gone', async () => {
    await forgetLastDelivery()
    await writeFile(join(settings.MURMURCAST_DATA ?? '', 'send-journal.jsonl'), '')
    await runUntilQuiet()
    const { duplicates, lost } = await judge()
    expect(duplicates).toHaveLength(2)
    expect(lost).toEqual([])
  }, 60_000)
})

/** Repeatable numbers from 0 to 1 (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The next day breaks, and the publisher has news. */
function publishDay(): void {
  published += EPISODES_A_DAY
  const episodes = Array.from({ length: published }, (_, index) =>
    numberedEpisode(
      index + 1,
      new Date(FIRST_MORNING + Math.floor(index / 2) * DAY_MS - 3_600_000),
    ),
  )
  const body = renderFeed({ title: 'Logbook', origin: site.origin }, episodes)
  site.put('/feed.xml', { body, type: 'application/rss+xml', etag: `"${published}"` })
  for (const episode of episodes) site.put(transcriptPath(episode), renderTranscript(episode))
}

function startDay(): ServeChild {
  const clockStart = new Date(FIRST_MORNING + day * DAY_MS)
  day += 1
  return runChild(script, { settings, clockStart, assetsDir })
}

const openDatabaseOfHouse = () => openHouse(configOf(settings), { as: 'command', log: silentLog })

async function prepareHouse(): Promise<void> {
  const clock = new FakeClock(new Date(FIRST_MORNING - 2 * 3_600_000))
  await using house = await openHouse(configOf(settings), { as: 'command', log: silentLog, clock })
  const { db, queue, owner, outside } = house
  await saveSettings({ db, clock }, owner, { ...owner, email: 'reader@mail.example' })
  const address = `${site.origin}/feed.xml`
  const { fetch } = outside
  await followSource({ db, queue, clock, newId, fetch }, { readerId: owner.id, address })
}

async function readRecords(): Promise<MailRecords> {
  await using house = await openDatabaseOfHouse()
  return await readMailRecords(house.db)
}

async function judge(): Promise<Verdict> {
  const guids = Array.from({ length: published }, (_, index) => `log-${index + 1}`)
  return judgeMail(await readLedger(ledgerPath), await readRecords(), guids)
}

const isSettled = ({ state }: { state: string }): boolean => !['built', 'sending'].includes(state)

/** Lets whole days go by, undisturbed, until everything published was told; four are enough. */
async function runUntilQuiet(): Promise<void> {
  for (let days = 0; days < 4; days += 1) {
    await using child = startDay()
    await child.serving
    await using house = await openDatabaseOfHouse()
    const today = new Date(FIRST_MORNING + (day - 1) * DAY_MS).toISOString().slice(0, 10)
    const records = await waitUntil(async () => {
      const found = await readMailRecords(house.db)
      expect(found.episodes).toHaveLength(published)
      expect(found.episodes.every(({ isSummarised }) => isSummarised)).toBe(true)
      expect(found.deliveries.every(isSettled)).toBe(true)
      const isTold = await isEverythingTold(found)
      expect(isTold || found.deliveries.some(({ localDate }) => localDate === today)).toBe(true)
      return found
    }, DAY_ENDS_MS)
    expect(await child.stop(), child.errors()).toBe(0)
    if (await isEverythingTold(records)) return
  }
}

async function isEverythingTold({ episodes, deliveries }: MailRecords): Promise<boolean> {
  const accepted = new Set((await readLedger(ledgerPath)).map(({ messageId }) => messageId))
  const told = deliveries.filter(({ messageId }) => accepted.has(messageId))
  const ids = new Set(told.flatMap(({ episodeIds }) => episodeIds))
  return episodes.every(({ id }) => ids.has(id))
}

/** Puts the last delivery back to where it was before it was sent, as an old backup would. */
async function forgetLastDelivery(): Promise<void> {
  await using house = await openDatabaseOfHouse()
  const last = await house.db
    .selectFrom('deliveries')
    .select('id')
    .where('state', '=', 'sent')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  await house.db
    .updateTable('deliveries')
    .set({ state: 'built', claimed_at: null, sent_at: null })
    .where('id', '=', last.id)
    .execute()
}
