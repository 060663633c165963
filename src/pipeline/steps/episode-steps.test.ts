import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LineGround, openLineGround } from '../../../tests/ground/open-line-ground.ts'
import type { Source } from '../../model/source.ts'
import type { Transcript } from '../../model/transcript.ts'
import { FakeClock } from '../../platform/clock.ts'
import { createFakeGuardedFetch } from '../../platform/http/fake-guarded-fetch.ts'
import { newId } from '../../platform/ids.ts'
import { findChaptersOrigin, findEpisode } from '../../store/episodes.ts'
import {
  exampleSummary,
  exampleTranscript,
  saveExampleEpisode,
  saveExampleSource,
} from '../../store/example-rows.ts'
import { findSummary } from '../../store/summaries.ts'
import { findTranscript } from '../../store/transcripts.ts'
import type { SummaryInput } from '../../summaries/summary-input.ts'
import { createFakeTranscriptProvider } from '../../transcripts/fake-transcript-provider.ts'
import type { TranscriptAnswer } from '../../transcripts/transcript-provider.ts'
import { exampleJob } from '../example-job.ts'
import { resumeLine } from '../resume-line.ts'
import { fetchContentStep } from './fetch-content.ts'
import { getTranscriptStep, SECOND_LOOK } from './get-transcript.ts'
import { summariseEpisodeStep } from './summarise-episode.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const LATER = new Date('2026-11-23T13:00:00Z')
const CHAPTERS = 'https://shows.example/chapters.json'
const NOTES = '<p>What a wall costs.</p><p>00:00 Start</p><p>05:00 The wall</p>'

let ground: LineGround
let source: Source
let episodeId: string
const clock = new FakeClock(NOW)
beforeAll(async () => {
  ground = await openLineGround()
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(async () => {
  await ground.clearJobs()
  await ground.db.deleteFrom('summaries').execute()
  summarised.length = 0
  source = await saveExampleSource(ground.db)
  episodeId = await saveExampleEpisode(ground.db, source, { notesRaw: NOTES })
})

const jobOf = (step: 'fetch-content' | 'get-transcript' | 'summarise-episode', detail?: string) =>
  exampleJob(ground.db, { step, itemId: episodeId, ...(detail && { detail }) })
const fetchContent = (body?: string) => {
  const fetch = createFakeGuardedFetch(body === undefined ? {} : { [CHAPTERS]: { body } })
  return fetchContentStep({ db: ground.db, queue: ground.queue, fetch }, jobOf('fetch-content'))
}
const found = (change: Partial<Transcript> = {}): TranscriptAnswer => ({
  ...{ found: true, reason: 'It was there.', transcript: exampleTranscript(change) },
})
const notYet = (retryAt: Date | null): TranscriptAnswer => ({
  ...{ found: false, reason: 'It is not out yet.', retryAt },
})
const getTranscript = (answer: TranscriptAnswer | Error, detail?: string) => {
  const providers = [createFakeTranscriptProvider(answer)]
  const deps = { db: ground.db, queue: ground.queue, clock, providers, newId }
  return getTranscriptStep(deps, jobOf('get-transcript', detail))
}
const summarised: SummaryInput[] = []
const summarise = async (input: SummaryInput) => {
  summarised.push(input)
  return exampleSummary({ description: input.transcript.segments[0]?.text ?? '' })
}
const summariseEpisode = () => {
  const deps = { db: ground.db, queue: ground.queue, clock, newId, summarise }
  return summariseEpisodeStep(deps, jobOf('summarise-episode'))
}
const episode = () => findEpisode(ground.db, episodeId)

describe('fetch-content', () => {
  it('cleans the notes, finds their chapters and hands on', async () => {
    expect(await fetchContent()).toEqual({ outcome: 'done' })
    const saved = await episode()
    expect(saved).toMatchObject({
      stage: 'fetched',
      notes: { text: expect.stringContaining('What a wall costs') },
    })
    expect(saved?.givenChapters).toMatchObject([{ start: 0 }, { start: 300 }])
    expect(await findChaptersOrigin(ground.db, episodeId)).toBe('notes')
    expect(await ground.listJobs()).toMatchObject([{ step: 'get-transcript', itemId: episodeId }])
  })

  it.each([
    [
      'takes the publisher’s own chapters first',
      '{"version":"1.2.0","chapters":[{"startTime":0,"title":"One"},{"startTime":9,"title":"Two"}]}',
      'publisher',
    ],
    ['goes on with the notes when the file is no such file', '<html>', 'notes'],
  ])('%s', async (_what, body, origin) => {
    episodeId = await saveExampleEpisode(ground.db, source, {
      notesRaw: NOTES,
      chaptersUrl: CHAPTERS,
    })
    await fetchContent(body)
    expect(await findChaptersOrigin(ground.db, episodeId)).toBe(origin)
    expect((await episode())?.givenChapters).toHaveLength(2)
  })
})

describe('get-transcript', () => {
  it('keeps the text with the attempts, and hands on', async () => {
    await fetchContent()
    await ground.clearJobs()
    expect(await getTranscript(found())).toEqual({ outcome: 'done' })
    expect(await findTranscript(ground.db, episodeId)).toEqual(exampleTranscript({}))
    expect(await episode()).toMatchObject({ stage: 'transcribed', stageReason: null })
    expect(await ground.listJobs()).toMatchObject([
      { step: 'summarise-episode', itemId: episodeId },
    ])
  })

  it('goes on with the notes, whatever way there is no transcript', async () => {
    await fetchContent()
    await getTranscript(new Error('the provider is broken'))
    expect(await findTranscript(ground.db, episodeId)).toMatchObject({ origin: 'text' })
  })

  it('loses no better text to a worse one', async () => {
    await fetchContent()
    await getTranscript(found())
    expect(await getTranscript(notYet(null))).toEqual({ outcome: 'done' })
    expect(await findTranscript(ground.db, episodeId)).toMatchObject({ origin: 'publisher' })
  })

  it('looks once more for what may come, and a better text goes down the line again', async () => {
    await fetchContent()
    await ground.clearJobs()
    await getTranscript(notYet(LATER))
    await summariseEpisode()
    const before = await findSummary(ground.db, episodeId)
    const [summariseJob, secondLook] = (await ground.listJobs()).toSorted((a, b) =>
      b.step.localeCompare(a.step),
    )
    expect(summariseJob).toMatchObject({ step: 'summarise-episode' })
    expect(secondLook).toMatchObject({ step: 'get-transcript', detail: SECOND_LOOK })
    expect(secondLook?.startAfter).toEqual(LATER)
    await ground.clearJobs()
    expect(await getTranscript(found(), SECOND_LOOK)).toEqual({ outcome: 'done' })
    expect(await ground.listJobs()).toMatchObject([{ step: 'summarise-episode' }])
    await summariseEpisode()
    const after = await findSummary(ground.db, episodeId)
    expect(after?.description).toBe('The wall costs more each year.')
    expect(before?.description).not.toBe(after?.description)
  })

  it('looks no third time, and leaves all as it is when nothing better has come', async () => {
    await fetchContent()
    await getTranscript(notYet(LATER))
    await summariseEpisode()
    await ground.clearJobs()
    const outcome = await getTranscript(notYet(LATER), SECOND_LOOK)
    expect(outcome).toMatchObject({ outcome: 'skipped' })
    expect(await episode()).toMatchObject({ stage: 'summarised' })
    expect(await ground.listJobs()).toEqual([])
  })

  it('waits no longer than two days for a second look', async () => {
    await fetchContent()
    await ground.clearJobs()
    await getTranscript(notYet(new Date('2031-01-01')))
    const look = (await ground.listJobs()).find(({ detail }) => detail === SECOND_LOOK)
    expect(look?.startAfter).toEqual(new Date('2026-11-25T12:00:00Z'))
  })
})

describe('summarise-episode', () => {
  it('summarises the same words once, whoever asks', async () => {
    await fetchContent()
    await getTranscript(found())
    expect(await summariseEpisode()).toEqual({ outcome: 'done' })
    expect(await summariseEpisode()).toEqual({ outcome: 'done' })
    expect(summarised).toHaveLength(1)
    expect(await episode()).toMatchObject({ stage: 'summarised' })
    // Another source that published the same: the work is shared, whatever its id.
    const twin = await saveExampleSource(ground.db)
    episodeId = await saveExampleEpisode(ground.db, twin, { notesRaw: NOTES })
    await fetchContent()
    await getTranscript(found())
    await summariseEpisode()
    expect(summarised).toHaveLength(1)
    expect(await findSummary(ground.db, episodeId)).toBeDefined()
  })

  it('ends with one summary when two summarise at once', async () => {
    await fetchContent()
    await getTranscript(found())
    await Promise.all([summariseEpisode(), summariseEpisode()])
    expect(await ground.db.selectFrom('summaries').select('id').execute()).toHaveLength(1)
    expect(await episode()).toMatchObject({ stage: 'summarised' })
  })

  it('gives up with its reason on the episode where there is no text, and stays so', async () => {
    await fetchContent()
    await ground.db
      .updateTable('episodes')
      .set({ stage: 'transcribed' })
      .where('id', '=', episodeId)
      .execute()
    await ground.clearJobs()
    expect(await summariseEpisode()).toMatchObject({ outcome: 'gave-up' })
    expect(await episode()).toMatchObject({ stageReason: expect.stringContaining('no text') })
    await resumeLine({ db: ground.db, queue: ground.queue })
    expect((await ground.listJobs()).filter(({ itemId }) => itemId === episodeId)).toEqual([])
  })

  it.each([
    ['fetch-content', () => fetchContent()],
    ['get-transcript', () => getTranscript(found())],
    ['summarise-episode', () => summariseEpisode()],
  ])('%s gives up on an episode that was removed', async (_step, run) => {
    episodeId = newId()
    expect(await run()).toMatchObject({ outcome: 'gave-up', reason: 'The episode was removed.' })
  })
})

describe('resume-line', () => {
  it('puts in what each unfinished episode waits for, once, and no earlier than it waits', async () => {
    const ids: Record<string, string> = {}
    const stages = {
      discovered: 'fetch-content',
      fetched: 'get-transcript',
      transcribed: 'summarise-episode',
    }
    await ground.db.deleteFrom('episodes').execute()
    for (const stage of [...Object.keys(stages), 'summarised'] as const) {
      ids[stage] = await saveExampleEpisode(ground.db, source)
      const change = {
        stage: stage as 'discovered',
        ...(stage === 'fetched' && { stage_reason: 'Not yet.', retry_at: LATER }),
      }
      await ground.db.updateTable('episodes').set(change).where('id', '=', ids[stage]).execute()
    }
    const unwanted = await saveExampleEpisode(ground.db, source)
    await ground.db
      .updateTable('episodes')
      .set({ is_wanted: false })
      .where('id', '=', unwanted)
      .execute()
    const stopped = await saveExampleEpisode(ground.db, source)
    await ground.db
      .updateTable('episodes')
      .set({ stage_reason: 'It is broken.' })
      .where('id', '=', stopped)
      .execute()
    expect(await resumeLine({ db: ground.db, queue: ground.queue })).toBe(3)
    expect(await resumeLine({ db: ground.db, queue: ground.queue })).toBe(3)
    const jobs = await ground.listJobs()
    expect(jobs.map(({ step, itemId }) => [step, itemId]).toSorted()).toEqual(
      Object.entries(stages)
        .map(([stage, step]) => [step, ids[stage]])
        .toSorted(),
    )
    expect(jobs.find(({ step }) => step === 'get-transcript')?.startAfter).toEqual(LATER)
  })
})
