import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LineGround, openLineGround } from '../../tests/ground/open-line-ground.ts'
import type { Reader } from '../model/reader.ts'
import { FakeClock } from '../platform/clock.ts'
import { idOf, newId } from '../platform/ids.ts'
import { silentLog } from '../platform/log.ts'
import { saveDigestOnce } from '../store/digests.ts'
import {
  saveExampleEpisode,
  saveExampleReader,
  saveExampleSource,
  saveExampleSummary,
} from '../store/example-rows.ts'
import { saveReaderSettings, saveWantsDigest } from '../store/readers.ts'
import { saveStepOutcome } from '../store/step-outcomes.ts'
import { enqueueDueChecks } from './enqueue-due-checks.ts'
import { enqueueDueDigests } from './enqueue-due-digests.ts'
import { findNextDigest } from './find-next-digest.ts'

let ground: LineGround
const clock = new FakeClock('2026-11-23T06:00:00Z')
beforeAll(async () => {
  ground = await openLineGround()
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(async () => {
  await ground.db.deleteFrom('readers').execute()
  await ground.db.deleteFrom('sources').execute()
  await ground.clearJobs()
})

/** A reader in Zurich, an hour ahead of UTC in winter, who came at that time. */
async function arrive(at = '2026-11-20T12:00:00Z', change: Partial<Reader> = {}): Promise<Reader> {
  const reader = await saveExampleReader(ground.db, change)
  await ground.db
    .updateTable('readers')
    .set({ created_at: new Date(at) })
    .where('id', '=', reader.id)
    .execute()
  return reader
}

async function publish(reader: Reader, summarisedAt = '2026-11-22T12:00:00Z'): Promise<string> {
  const source = await saveExampleSource(ground.db, {}, [reader])
  const id = await saveExampleEpisode(ground.db, source)
  await saveExampleSummary(ground.db, id, { now: new Date(summarisedAt) })
  return id
}

const dueAt = async (now: string): Promise<string[]> => {
  clock.moveTo(now)
  await ground.clearJobs()
  await enqueueDueDigests({ db: ground.db, queue: ground.queue, clock, log: silentLog })
  return (await ground.listJobs()).map(({ step, itemId, detail }) => `${step} ${itemId} ${detail}`)
}
const jobFor = (reader: Reader, date: string) => [`build-digest ${reader.id} ${date}`]
const make = (reader: Reader, localDate: string, episodeIds: string[]) =>
  ground.db.transaction().execute((tx) =>
    saveDigestOnce(tx, {
      ...{ id: idOf(reader.id, localDate), readerId: reader.id, edition: 'daily', localDate },
      ...{ content: { stories: [] }, missing: [], episodeIds, carriedEpisodeIds: [] },
    }),
  )

describe('due digests', () => {
  it('are put in at the hour, once, and not again once made', async () => {
    const reader = await arrive()
    const id = await publish(reader)
    expect(await dueAt('2026-11-23T05:59:59Z')).toEqual([])
    expect(await dueAt('2026-11-23T06:00:00Z')).toEqual(jobFor(reader, '2026-11-23'))
    await enqueueDueDigests({ db: ground.db, queue: ground.queue, clock, log: silentLog })
    expect(await ground.listJobs()).toHaveLength(1)
    await make(reader, '2026-11-23', [id])
    await publish(reader)
    expect(await dueAt('2026-11-23T06:00:20Z')).toEqual([])
    expect(await dueAt('2026-11-24T06:00:00Z')).toEqual(jobFor(reader, '2026-11-24'))
  })

  it('wait for news, which may come later that morning and not later than that', async () => {
    const reader = await arrive()
    expect(await dueAt('2026-11-23T06:00:00Z')).toEqual([])
    await publish(reader, '2026-11-23T10:00:00Z')
    expect(await dueAt('2026-11-23T10:01:00Z')).toEqual(jobFor(reader, '2026-11-23'))
    expect(await dueAt('2026-11-23T12:00:00Z')).toEqual(jobFor(reader, '2026-11-23'))
    expect(await dueAt('2026-11-23T12:00:01Z')).toEqual([])
    expect(await dueAt('2026-11-24T06:00:00Z')).toEqual(jobFor(reader, '2026-11-24'))
  })

  it('are none for who came after the hour, until the next day', async () => {
    const reader = await arrive('2026-11-23T09:00:00Z')
    await publish(reader, '2026-11-23T09:05:00Z')
    expect(await dueAt('2026-11-23T09:10:00Z')).toEqual([])
    expect(await dueAt('2026-11-24T06:00:00Z')).toEqual(jobFor(reader, '2026-11-24'))
  })

  it('are there the same day for who came before the hour', async () => {
    const reader = await arrive('2026-11-23T05:00:00Z')
    await publish(reader, '2026-11-23T05:05:00Z')
    expect(await dueAt('2026-11-23T06:00:00Z')).toEqual(jobFor(reader, '2026-11-23'))
  })

  it('are none of the night after a long sleep: what they would tell comes in the morning', async () => {
    const reader = await arrive()
    await publish(reader)
    expect(await dueAt('2026-11-23T22:00:00Z')).toEqual([])
    expect(await dueAt('2026-11-24T06:00:00Z')).toEqual(jobFor(reader, '2026-11-24'))
  })

  it('are none for who wants none, and are of each reader alone', async () => {
    const [ines, jon] = [await arrive(), await arrive(undefined, { digestAt: '06:00' })]
    await publish(ines)
    await publish(jon)
    expect(await dueAt('2026-11-23T05:00:00Z')).toEqual(jobFor(jon, '2026-11-23'))
    expect(await dueAt('2026-11-23T06:00:00Z')).toHaveLength(2)
    await saveWantsDigest(ground.db, jon.id, false)
    expect(await dueAt('2026-11-23T06:00:00Z')).toEqual(jobFor(ines, '2026-11-23'))
  })

  it('make no heap of jobs while one cannot be built', async () => {
    const reader = await arrive()
    await publish(reader)
    const outcome = { outcome: 'failed', reason: 'It is broken.' } as const
    const failed = { id: newId(), step: 'build-digest', itemId: reader.id, outcome, ms: 1 }
    await ground.db.transaction().execute((tx) => saveStepOutcome(tx, failed))
    const at = new Date('2026-11-23T06:00:00Z')
    await ground.db.updateTable('step_outcomes').set({ at }).execute()
    expect(await dueAt('2026-11-23T06:00:20Z')).toEqual([])
    expect(await dueAt('2026-11-23T06:30:00Z')).toEqual(jobFor(reader, '2026-11-23'))
  })
})

describe('findNextDigest', () => {
  it.each([
    ['2026-11-23T05:00:00Z', '2026-11-23', false],
    ['2026-11-23T06:00:00Z', '2026-11-23', true],
    ['2026-11-23T13:00:00Z', '2026-11-24', false],
  ])('at %s names %s, due: %s', async (now, localDate, isDue) => {
    const reader = await arrive()
    const next = await findNextDigest(ground.db, reader, { edition: 'daily', now: new Date(now) })
    expect(next).toMatchObject({ localDate, isDue })
  })

  it('counts lateness from the moment at which the hour was changed', async () => {
    const reader = await arrive()
    await make(reader, '2026-11-22', [])
    const moved = { ...reader, timeZone: 'Asia/Tokyo', digestAt: '07:00' }
    await saveReaderSettings(ground.db, moved, new Date('2026-11-23T05:00:00Z'))
    const now = new Date('2026-11-23T06:00:00Z')
    const next = await findNextDigest(ground.db, moved, { edition: 'daily', now })
    expect(next).toMatchObject({ localDate: '2026-11-23', isDue: true })
  })
})

describe('due checks', () => {
  const due = async (now: string) => {
    clock.moveTo(now)
    return enqueueDueChecks({ db: ground.db, queue: ground.queue, clock })
  }

  it('are put in once, all of them, and given out again when nobody reports back', async () => {
    const reader = await arrive()
    const at = new Date('2026-11-23T06:00:00Z')
    for (let n = 0; n < 103; n += 1)
      await saveExampleSource(ground.db, { nextCheckAt: at }, [reader])
    await saveExampleSource(ground.db, { nextCheckAt: at })
    await saveExampleSource(ground.db, { nextCheckAt: at, state: 'gone' }, [reader])
    expect(await due('2026-11-23T05:59:00Z')).toBe(0)
    const both = await Promise.all([due('2026-11-23T06:00:00Z'), due('2026-11-23T06:00:00Z')])
    expect(both[0] + both[1]).toBe(103)
    expect(await ground.listJobs()).toHaveLength(103)
    expect(await due('2026-11-23T06:29:00Z')).toBe(0)
    expect(await due('2026-11-23T06:30:00Z')).toBe(103)
  })
})
