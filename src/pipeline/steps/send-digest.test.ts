import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createTestDatabase,
  openTestQueue,
  type TestDatabase,
} from '../../../tests/ground/create-test-database.ts'
import { clearJobs, listQueuedJobs } from '../../../tests/ground/list-queued-jobs.ts'
import { createFakeMailTransport, type FakeMailTransport } from '../../mail/fake-mail-transport.ts'
import type { MailTransport, SendOutcome } from '../../mail/mail-transport.ts'
import { openSendJournal, readSendJournal, type SendJournal } from '../../mail/send-journal.ts'
import type { StepOutcome } from '../../model/step.ts'
import { FakeClock } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { silentLog } from '../../platform/log.ts'
import { findDelivery, revokeClaim, saveDeliveryOnce } from '../../store/deliveries.ts'
import { listDigestCandidates, saveDigestOnce } from '../../store/digests.ts'
import {
  saveExampleEpisode,
  saveExampleReader,
  saveExampleSource,
  saveExampleSummary,
} from '../../store/example-rows.ts'
import type { JobQueue } from '../../store/jobs/job-queue.ts'
import { saveWantsDigest } from '../../store/readers.ts'
import { exampleJob } from '../example-job.ts'
import { recoverDeliveries } from '../recover-deliveries.ts'
import { resumeLine } from '../resume-line.ts'
import { type SendDigestDeps, sendDigestStep } from './send-digest.ts'

const NOW = '2026-11-23T06:00:00Z'
const MINUTE_MS = 60_000
const RAW = Buffer.from('Subject: Good morning\r\n\r\nIt rains.\r\n')

const closing = new AsyncDisposableStack()
let database: TestDatabase
let queue: JobQueue
let folder: string
let journalFile: string
let journal: SendJournal
let clock: FakeClock
let transport: FakeMailTransport
let readerId: string
let episodeId: string

beforeAll(async () => {
  database = closing.use(await createTestDatabase())
  queue = closing.use(await openTestQueue(database, { works: false }))
  folder = await mkdtemp(join(tmpdir(), 'send-'))
  closing.defer(() => rm(folder, { recursive: true }))
})
afterAll(() => closing.disposeAsync())

beforeEach(async () => {
  await database.db.deleteFrom('readers').execute()
  await clearJobs(database.db)
  journalFile = join(folder, newId())
  journal = await openSendJournal(journalFile)
  clock = new FakeClock(NOW)
  transport = createFakeMailTransport()
  const reader = await saveExampleReader(database.db, { email: 'ines@x.example' })
  readerId = reader.id
  const source = await saveExampleSource(database.db, {}, [reader])
  episodeId = await saveExampleEpisode(database.db, source)
  await saveExampleSummary(database.db, episodeId)
  return () => journal[Symbol.asyncDispose]()
})

/** A digest with one episode and its delivery, as `build-digest` leaves them. */
async function build(address = 'ines@x.example'): Promise<string> {
  const [id, digestId] = [newId(), newId()]
  await database.db.transaction().execute(async (tx) => {
    await saveDigestOnce(tx, {
      ...{ id: digestId, readerId, edition: 'daily', localDate: '2026-11-23' },
      ...{ content: { stories: [] }, missing: [], episodeIds: [episodeId], carriedEpisodeIds: [] },
    })
    const messageId = `<${id}@x.example>`
    await saveDeliveryOnce(tx, { id, digestId, address, messageId, subject: 'Hi', raw: RAW })
  })
  return id
}

/** What a process knows that has just started. */
const start = async (change: Partial<SendDigestDeps> = {}): Promise<SendDigestDeps> => ({
  ...{ db: database.db, transport, isRepeatable: false, journal, clock },
  records: await readSendJournal(journalFile),
  envelopeFrom: 'digest@x.example',
  ...change,
})

const jobOf = (itemId: string) => exampleJob(database.db, { step: 'send-digest', itemId })
const run = async (id: string, deps?: SendDigestDeps): Promise<StepOutcome> =>
  sendDigestStep(deps ?? (await start()), jobOf(id))

const stateOf = async (id: string) => (await findDelivery(database.db, id))?.state

const listCarried = async () => {
  const about = { readerId, edition: 'daily', since: new Date('2026-11-10'), limit: 9 } as const
  const found = await listDigestCandidates(database.db, about)
  return found.filter(({ isCarried }) => isCarried).map((each) => each.episodeId)
}

const recover = (isAlone = true, isRepeatable = false) =>
  recoverDeliveries(
    {
      ...{ db: database.db, queue, clock, log: silentLog, isRepeatable, isAlone },
      readJournal: () => readSendJournal(journalFile),
    },
    new Date(clock.now().getTime() + 1),
  )

/** The database as it was before: what a backup of that time brings back. */
const forget = (id: string) =>
  database.db
    .updateTable('deliveries')
    .set({ state: 'built', attempts: 0, claimed_at: null, last_answer: null, sent_at: null })
    .where('id', '=', id)
    .execute()

describe('send-digest', () => {
  it('sends the bytes that were frozen, once, and writes the answer down twice', async () => {
    const id = await build()
    expect(await run(id)).toEqual({ outcome: 'done' })
    expect(transport.accepted).toHaveLength(1)
    const [message] = transport.accepted
    expect(message).toMatchObject({ to: 'ines@x.example', envelopeFrom: 'digest@x.example' })
    expect(Buffer.from(message?.raw ?? []).equals(RAW)).toBe(true)
    expect(await findDelivery(database.db, id)).toMatchObject({
      ...{ state: 'sent', attempts: 1, lastAnswer: '250 kept in memory', sentAt: new Date(NOW) },
    })
    expect((await readSendJournal(journalFile)).get(id)).toMatchObject({ accepted: true })
    expect(await run(id)).toMatchObject({ outcome: 'skipped' })
    expect(transport.attempts).toHaveLength(1)
  })

  it('is sent once, however many try', async () => {
    const id = await build()
    const deps = await start()
    const ends = await Promise.all(Array.from({ length: 20 }, () => run(id, deps)))
    expect(ends.filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
    expect(transport.attempts).toHaveLength(1)
  })

  const NOT_TAKEN: [string, SendOutcome][] = [
    ['4xx', { outcome: 'refused', code: 451, answer: '451 later', permanent: false }],
    ['no connection', { outcome: 'not-sent', reason: 'Connection refused.' }],
  ]
  it.each(NOT_TAKEN)('waits after %s and sends the same bytes later', async (_what, outcome) => {
    const id = await build()
    transport.next.push(outcome, outcome)
    const first = await run(id)
    expect(first).toMatchObject({ outcome: 'wait', retryAt: new Date('2026-11-23T06:01:00Z') })
    expect('reason' in first && first.reason).toMatch(/451 later|Connection refused/)
    expect(await stateOf(id)).toBe('built')
    expect(await run(id)).toMatchObject({ retryAt: new Date('2026-11-23T06:02:00Z') })
    expect(await run(id)).toEqual({ outcome: 'done' })
    const sent = transport.attempts.map(({ raw, messageId }) => [Buffer.from(raw), messageId])
    expect(new Set(sent.map(String)).size).toBe(1)
    expect(await findDelivery(database.db, id)).toMatchObject({ state: 'sent', attempts: 3 })
  })

  it('waits no longer than an hour between tries', async () => {
    const id = await build()
    await database.db.updateTable('deliveries').set({ attempts: 40 }).execute()
    transport.next.push({ outcome: 'not-sent', reason: 'x' })
    expect(await run(id)).toMatchObject({ retryAt: new Date('2026-11-23T07:00:00Z') })
  })

  it('gives up after 5xx', async () => {
    const id = await build()
    transport.next.push({ outcome: 'refused', code: 550, answer: '550 no', permanent: true })
    expect(await run(id)).toEqual({ outcome: 'gave-up', reason: '550 no' })
    expect(await stateOf(id)).toBe('failed')
    expect(await run(id)).toMatchObject({ outcome: 'skipped' })
    expect(transport.attempts).toHaveLength(1)
  })

  it('never sends again what may have arrived; its items come once more', async () => {
    const id = await build()
    transport.next.push({ outcome: 'uncertain', reason: 'No answer came.' })
    expect(await run(id)).toEqual({ outcome: 'gave-up', reason: 'No answer came.' })
    expect(await stateOf(id)).toBe('uncertain')
    expect(await run(id)).toMatchObject({ outcome: 'skipped' })
    await resumeLine({ db: database.db, queue })
    expect(await recover()).toBe(0)
    expect(transport.attempts).toHaveLength(1)
    expect(await listCarried()).toEqual([episodeId])
  })

  it.each([
    ['wants no more', () => saveWantsDigest(database.db, readerId, false)],
    ['has moved', () => database.db.updateTable('readers').set({ email: 'a@b.example' }).execute()],
  ])('sends nothing to a reader who %s', async (_what, change) => {
    const id = await build()
    await change()
    expect(await run(id)).toMatchObject({ outcome: 'skipped' })
    expect(await stateOf(id)).toBe('cancelled')
    expect(transport.attempts).toEqual([])
    expect((await readSendJournal(journalFile)).size).toBe(0)
    expect(await listCarried()).toEqual([episodeId])
  })

  it('sends nothing when its reader was deleted', async () => {
    const id = await build()
    await database.db.deleteFrom('readers').execute()
    expect(await run(id)).toMatchObject({ outcome: 'skipped' })
    expect(transport.attempts).toEqual([])
  })
})

describe('a database that forgets', () => {
  const ENDS: [string, SendOutcome, StepOutcome['outcome'], string][] = [
    ['accepted', { outcome: 'accepted', answer: '250 ok' }, 'done', 'sent'],
    ['uncertain', { outcome: 'uncertain', reason: 'No answer.' }, 'gave-up', 'uncertain'],
    [
      'refused for good',
      { outcome: 'refused', code: 550, answer: '550 no', permanent: true },
      ...(['gave-up', 'failed'] as const),
    ],
  ]
  it.each(ENDS)('does not send again what was %s', async (_what, end, outcome, state) => {
    const id = await build()
    transport.next.push(end)
    await run(id)
    await forget(id)
    expect(await run(id)).toMatchObject({ outcome })
    expect(await stateOf(id)).toBe(state)
    expect(transport.attempts).toHaveLength(1)
  })

  it('sends what the journal knows was refused for now', async () => {
    const id = await build()
    transport.next.push({ outcome: 'refused', code: 451, answer: '451', permanent: false })
    await run(id)
    await forget(id)
    expect(await run(id)).toEqual({ outcome: 'done' })
    expect(transport.accepted).toHaveLength(1)
  })

  it('is not sent again when the second life ends in the middle of sending', async () => {
    const id = await build()
    transport.next.push({ outcome: 'refused', code: 451, answer: '451', permanent: false })
    await run(id)
    await forget(id)
    const dies: MailTransport = { ...transport, send: () => Promise.reject(new Error('killed')) }
    await expect(run(id, await start({ transport: dies }))).rejects.toThrow('killed')
    expect(await recover()).toBe(1)
    expect(await stateOf(id)).toBe('uncertain')
  })
})

describe('a sender that dies', () => {
  const killed = { send: () => Promise.reject(new Error('killed')) }
  const nothing = () => Promise.resolve()

  it('before it noted its intent costs nothing: the next sends', async () => {
    const id = await build()
    const recordIntent = () => Promise.reject(new Error('killed'))
    const broken = { recordIntent, recordAnswer: nothing } as unknown as SendJournal
    await expect(run(id, await start({ journal: broken }))).rejects.toThrow('killed')
    expect(await run(id)).toMatchObject({ outcome: 'skipped' })
    expect(await recover()).toBe(1)
    expect(await listQueuedJobs(database.db)).toMatchObject([{ step: 'send-digest', itemId: id }])
    expect(await run(id)).toEqual({ outcome: 'done' })
    expect(transport.accepted).toHaveLength(1)
  })

  it('on another machine may have sent: absence from this journal proves nothing', async () => {
    const id = await build()
    const recordIntent = () => Promise.reject(new Error('killed'))
    const broken = { recordIntent, recordAnswer: nothing } as unknown as SendJournal
    await expect(run(id, await start({ journal: broken }))).rejects.toThrow('killed')
    expect(await recover(false)).toBe(1)
    expect(await stateOf(id)).toBe('uncertain')
    expect(await listCarried()).toEqual([episodeId])
  })

  it('after it noted its intent leaves it uncertain, or to be kept again in the outbox', async () => {
    const id = await build()
    const dying = await start({ transport: { ...transport, ...killed } })
    await expect(run(id, dying)).rejects.toThrow('killed')
    expect(await recover()).toBe(1)
    expect(await findDelivery(database.db, id)).toMatchObject({
      ...{ state: 'uncertain', lastAnswer: expect.stringMatching(/ended while/) },
    })
    await forget(id)
    expect(await run(id, await start({ isRepeatable: true }))).toEqual({ outcome: 'done' })
  })

  it.each([
    [{ outcome: 'accepted', answer: '250 ok' }, 'sent'],
    [{ outcome: 'refused', code: 550, answer: '550 no', permanent: true }, 'failed'],
    [{ outcome: 'refused', code: 451, answer: '451 no', permanent: false }, 'built'],
  ] as [SendOutcome, string][])('after the answer %j leaves it %s', async (end, state) => {
    const id = await build()
    transport.next.push(end)
    const dies = { commit: () => Promise.reject(new Error('killed')) }
    const job = exampleJob(database.db, { step: 'send-digest', itemId: id }, dies)
    await expect(sendDigestStep(await start(), job)).rejects.toThrow('killed')
    expect(await recover()).toBe(1)
    expect(await stateOf(id)).toBe(state)
  })

  it('is left alone while it may still live', async () => {
    const id = await build()
    const dying = await start({ transport: { ...transport, ...killed } })
    await expect(run(id, dying)).rejects.toThrow('killed')
    clock.moveBy(-MINUTE_MS)
    expect(await recover()).toBe(0)
    expect(await stateOf(id)).toBe('sending')
  })
})

describe('a sender that only slept', () => {
  it('before its intent sends nothing once its claim was revoked', async () => {
    const id = await build()
    const deps = await start()
    const asleep = {
      recordIntent: async (...args: Parameters<SendJournal['recordIntent']>) => {
        // Others take it for dead, give the delivery back, and send it.
        expect(await recover()).toBe(1)
        expect(await run(id)).toEqual({ outcome: 'done' })
        await journal.recordIntent(...args)
      },
      recordAnswer: journal.recordAnswer.bind(journal),
    } as unknown as SendJournal
    const late = await run(id, { ...deps, journal: asleep })
    expect(late).toMatchObject({ outcome: 'wait' })
    expect(transport.attempts).toHaveLength(1)
    expect(await stateOf(id)).toBe('sent')
  })

  it('in the middle of sending changes nothing of what was settled for it', async () => {
    const id = await build()
    const slow: MailTransport = {
      ...transport,
      send: async (message) => {
        expect(await recover()).toBe(1)
        return transport.send(message)
      },
    }
    await run(id, await start({ transport: slow }))
    expect(await stateOf(id)).toBe('uncertain')
    expect(transport.attempts).toHaveLength(1)
  })

  it('does not take the claim of the one who came after it', async () => {
    const id = await build()
    transport.next.push({ outcome: 'not-sent', reason: 'Connection refused.' })
    const slow: MailTransport = {
      ...transport,
      send: async (message) => {
        await revokeClaim(database.db, { id, attempt: 1 })
        return transport.send(message)
      },
    }
    expect(await run(id, await start({ transport: slow }))).toMatchObject({ outcome: 'wait' })
    expect(await stateOf(id)).toBe('sending')
  })
})
