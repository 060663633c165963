import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LineGround, openLineGround } from '../../../tests/ground/open-line-ground.ts'
import { readMail } from '../../../tests/ground/read-mail.ts'
import { readersOnly } from '../../model/audience.ts'
import type { Reader } from '../../model/reader.ts'
import type { Source } from '../../model/source.ts'
import { FakeClock } from '../../platform/clock.ts'
import { idOf, newId } from '../../platform/ids.ts'
import { settleDelivery } from '../../store/deliveries.ts'
import { saveStage } from '../../store/episodes.ts'
import {
  exampleTranscript,
  saveExampleEpisode,
  saveExampleReader,
  saveExampleSource,
  saveExampleSummary,
} from '../../store/example-rows.ts'
import { saveTranscript } from '../../store/transcripts.ts'
import { exampleJob } from '../example-job.ts'
import { type BuildDigestDeps, buildDigestStep } from './build-digest.ts'

const DATE = '2026-11-23'

let ground: LineGround
let clock: FakeClock
let reader: Reader
let source: Source
beforeAll(async () => {
  ground = await openLineGround()
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(async () => {
  await ground.db.deleteFrom('readers').execute()
  await ground.clearJobs()
  clock = new FakeClock('2026-11-23T06:00:00Z')
  reader = await saveExampleReader(ground.db, { email: 'ines@x.example' })
  source = await saveExampleSource(ground.db, {}, [reader])
})

/** An episode that has come down the line. */
async function ready(title: string, of: Source = source): Promise<string> {
  const id = await saveExampleEpisode(ground.db, of, { title })
  const transcript = exampleTranscript({})
  await ground.db.transaction().execute(async (tx) => {
    await saveTranscript(tx, { id: newId(), episodeId: id, transcript })
    await saveStage(tx, id, { stage: 'summarised', reason: null, retryAt: null })
  })
  await saveExampleSummary(ground.db, id)
  return id
}

const mail = {
  from: { name: 'murmurcast', address: 'digest@m.example' },
  messageIdKey: new Uint8Array(32).fill(7),
  sendsMail: true,
}
const build = (
  { to = reader, date = DATE }: { to?: { id: string }; date?: string } = {},
  change: Partial<BuildDigestDeps> = {},
) => {
  const deps: BuildDigestDeps = {
    ...{ db: ground.db, queue: ground.queue, clock, mail, baseUrl: 'https://m.example' },
    unsubscribeUrl: (id) => `https://m.example/unsubscribe/${id}`,
    ...change,
  }
  const request = { step: 'build-digest', itemId: to.id, detail: date } as const
  return buildDigestStep(deps, exampleJob(ground.db, request))
}

const deliveries = () =>
  ground.db.selectFrom('deliveries').selectAll().orderBy('created_at').execute()
const told = async (digestId: string) => {
  const rows = ground.db.selectFrom('digest_episodes').selectAll().where('digest_id', '=', digestId)
  return (await rows.orderBy('position').execute()).map((row) => row.episode_id)
}
const idFor = (to: { id: string }, date = DATE) => idOf('digest', to.id, 'daily', date)

describe('build-digest', () => {
  it('freezes items and bytes, and puts the sending in', async () => {
    const id = await ready('The price of a wall')
    expect(await build()).toEqual({ outcome: 'done' })
    expect(await told(idFor(reader))).toEqual([id])
    const [delivery] = await deliveries()
    expect(delivery).toMatchObject({ address: 'ines@x.example', state: 'built', attempts: 0 })
    expect(await ground.listJobs()).toMatchObject([{ step: 'send-digest', itemId: delivery?.id }])
    const message = await readMail(delivery?.raw ?? new Uint8Array())
    expect(message.html).toContain('The price of a wall')
    expect(message.html).toContain(`https://m.example/unsubscribe/${reader.id}`)
    expect(message.html).toContain(`https://m.example/episodes/${id}`)
    expect(message.headers).toContainEqual({
      ...{ name: 'list-id', value: '<daily.digest.m.example>' },
    })
  })

  it('does nothing the second time, whatever is new by then', async () => {
    await ready('First')
    await build()
    const [before] = await deliveries()
    await ready('Second')
    expect(await build()).toEqual({ outcome: 'done' })
    expect(await deliveries()).toEqual([before])
    expect(await told(idFor(reader))).toHaveLength(1)
  })

  it('is made once, however many make it', async () => {
    await ready('First')
    await Promise.all([build(), build(), build()])
    expect(await deliveries()).toHaveLength(1)
    expect(await ground.listJobs()).toHaveLength(1)
  })

  it('makes nothing of a day without news', async () => {
    expect(await build()).toMatchObject({ outcome: 'skipped' })
    await ready('Told today')
    await build()
    clock.moveBy(86_400_000)
    expect(await build({ date: '2026-11-24' })).toMatchObject({ outcome: 'skipped' })
    expect(await deliveries()).toHaveLength(1)
  })

  it('never holds what is private to another, nor what its reader does not follow', async () => {
    const other = await saveExampleReader(ground.db)
    const audience = readersOnly([other.id])
    const secret = await saveExampleSource(ground.db, { audience }, [reader, other])
    const elsewhere = await saveExampleSource(ground.db, {}, [other])
    const ours = await ready('Ours')
    const theirs = [await ready('Secret', secret), await ready('Elsewhere', elsewhere)]
    await build()
    expect(await told(idFor(reader))).toEqual([ours])
    await build({ to: other })
    expect((await told(idFor(other))).toSorted()).toEqual(theirs.toSorted())
    const [first] = await deliveries()
    expect(Buffer.from(first?.raw ?? []).toString()).not.toMatch(/Secret|Elsewhere/)
  })

  it('tells once more, and says so, what may not have arrived', async () => {
    const id = await ready('Uncertain')
    await build()
    const [first] = await deliveries()
    const now = clock.now()
    await ground.db
      .transaction()
      .execute((tx) =>
        settleDelivery(tx, { id: first?.id ?? '', state: 'uncertain', answer: '?', now }),
      )
    for (const date of ['2026-11-24', '2026-11-25']) {
      clock.moveBy(86_400_000)
      await build({ date })
    }
    expect(await told(idFor(reader, '2026-11-24'))).toEqual([id])
    expect(await told(idFor(reader, '2026-11-25'))).toEqual([])
    const [, second] = await deliveries()
    const { text } = await readMail(second?.raw ?? new Uint8Array())
    expect(text).toContain('in case it did not arrive')
  })

  it('says what is missing and why', async () => {
    await ready('Here')
    const stopped = await saveExampleEpisode(ground.db, source, { title: 'Not here' })
    await ground.db.transaction().execute((tx) =>
      saveStage(tx, stopped, {
        stage: 'fetched',
        reason: 'Its transcript is broken.',
        retryAt: null,
      }),
    )
    await build()
    const [delivery] = await deliveries()
    const { text } = await readMail(delivery?.raw ?? new Uint8Array())
    expect(text).toContain('Not here')
    expect(text).toContain('Its transcript is broken.')
  })

  it.each([
    ['without a mail server', { mail: { ...mail, sendsMail: false } }, 'ines@x.example'],
    ['without an address', {}, null],
  ])('keeps it in the outbox %s', async (_what, change, email) => {
    await ground.db.updateTable('readers').set({ email }).execute()
    await ready('First')
    await build({}, change)
    expect(await deliveries()).toMatchObject([{ address: 'outbox' }])
  })

  it.each([
    ['the same evening', '2026-11-23T22:30:00Z', 'done'],
    ['after midnight, still in time', '2026-11-23T23:30:00Z', 'done', '23:00'],
    ['the next day', '2026-11-24T08:00:00Z', 'skipped'],
  ])('%s it is %s: %s', async (_when, now, outcome, digestAt = '07:00') => {
    await ground.db.updateTable('readers').set({ digest_at: digestAt }).execute()
    await ready('First')
    clock.moveTo(now)
    expect(await build()).toMatchObject({ outcome })
  })

  it('skips a reader who is gone', async () => {
    expect(await build({ to: { id: newId() } })).toMatchObject({ outcome: 'skipped' })
  })
})
