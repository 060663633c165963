import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createFakeMailTransport,
  type FakeMailTransport,
} from '../../src/mail/fake-mail-transport.ts'
import { openSendJournal, readSendJournal, type SendJournal } from '../../src/mail/send-journal.ts'
import type { Delivery } from '../../src/model/digest.ts'
import type { StepOutcome } from '../../src/model/step.ts'
import { exampleJob } from '../../src/pipeline/example-job.ts'
import { recoverDeliveries } from '../../src/pipeline/recover-deliveries.ts'
import { type SendDigestDeps, sendDigestStep } from '../../src/pipeline/steps/send-digest.ts'
import { FakeClock } from '../../src/platform/clock.ts'
import { newId } from '../../src/platform/ids.ts'
import { silentLog } from '../../src/platform/log.ts'
import type { Db } from '../../src/store/database.ts'
import { findDelivery, saveDeliveryOnce } from '../../src/store/deliveries.ts'
import { listDigestCandidates, saveDigestOnce } from '../../src/store/digests.ts'
import {
  saveExampleEpisode,
  saveExampleReader,
  saveExampleSource,
  saveExampleSummary,
} from '../../src/store/example-rows.ts'
import type { LineGround } from './open-line-ground.ts'

export const RAW = Buffer.from('Subject: Good morning\r\n\r\nIt rains.\r\n')

/** One reader at `ines@x.example`, one episode, a journal and a way to send; for tests. */
export type DeliveryGround = AsyncDisposable & {
  clock: FakeClock
  transport: FakeMailTransport
  journal: SendJournal
  journalFile: string
  readerId: string
  episodeId: string
  /** A digest with the episode and its delivery, as `build-digest` leaves them; the delivery's id. */
  build: () => Promise<string>
  /** What a process knows that has just started. */
  start: (change?: Partial<SendDigestDeps>) => Promise<SendDigestDeps>
  /** One job, in a process that has just started, or in the one that is given. */
  run: (deliveryId: string, deps?: SendDigestDeps) => Promise<StepOutcome>
  recover: (isAlone?: boolean) => Promise<number>
  find: (deliveryId: string) => Promise<Delivery | undefined>
  stateOf: (deliveryId: string) => Promise<Delivery['state'] | undefined>
  /** Episodes that the next digest tells once more. */
  listCarried: () => Promise<string[]>
  /** Makes the database as it was before anything was sent, as a backup of that time does. */
  forget: (deliveryId: string) => Promise<void>
}

export async function openDeliveryGround({ db, queue }: LineGround): Promise<DeliveryGround> {
  const journalFile = join(tmpdir(), `journal-${newId()}`)
  const journal = await openSendJournal(journalFile)
  const clock = new FakeClock('2026-11-23T06:00:00Z')
  const transport = createFakeMailTransport()
  const reader = await saveExampleReader(db, { email: 'ines@x.example' })
  const episodeId = await saveExampleEpisode(db, await saveExampleSource(db, {}, [reader]))
  await saveExampleSummary(db, episodeId)
  const readJournal = () => readSendJournal(journalFile)
  const start: DeliveryGround['start'] = async (change) => ({
    ...{ db, transport, isRepeatable: false, journal, clock, records: await readJournal() },
    envelopeFrom: 'digest@x.example',
    ...change,
  })
  return {
    ...{ clock, transport, journal, journalFile, readerId: reader.id, episodeId, start },
    build: () => build(db, reader.id, episodeId),
    run: async (itemId, deps) =>
      sendDigestStep(deps ?? (await start()), exampleJob(db, { step: 'send-digest', itemId })),
    recover: (isAlone = true) =>
      recoverDeliveries(
        { db, queue, clock, log: silentLog, isRepeatable: false, isAlone, readJournal },
        new Date(clock.now().getTime() + 1),
      ),
    find: (id) => findDelivery(db, id),
    stateOf: async (id) => (await findDelivery(db, id))?.state,
    listCarried: async () => {
      const since = new Date('2026-11-10')
      const about = { readerId: reader.id, edition: 'daily', since, limit: 9 } as const
      const found = await listDigestCandidates(db, about)
      return found.filter(({ isCarried }) => isCarried).map((each) => each.episodeId)
    },
    forget: async (id) => {
      const before = { attempts: 0, claimed_at: null, last_answer: null, sent_at: null }
      await db
        .updateTable('deliveries')
        .set({ state: 'built', ...before })
        .where('id', '=', id)
        .execute()
    },
    async [Symbol.asyncDispose]() {
      await journal[Symbol.asyncDispose]()
      await rm(journalFile)
    },
  }
}

async function build(db: Db, readerId: string, episodeId: string): Promise<string> {
  const [id, digestId, messageId] = [newId(), newId(), `<${newId()}@x.example>`]
  await db.transaction().execute(async (tx) => {
    await saveDigestOnce(tx, {
      ...{ id: digestId, readerId, edition: 'daily', localDate: '2026-11-23' },
      ...{ content: { stories: [] }, missing: [], episodeIds: [episodeId], carriedEpisodeIds: [] },
    })
    const address = 'ines@x.example'
    await saveDeliveryOnce(tx, { id, digestId, address, messageId, subject: 'Hi', raw: RAW })
  })
  return id
}
