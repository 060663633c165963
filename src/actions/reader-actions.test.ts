import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LineGround, openLineGround } from '../../tests/ground/open-line-ground.ts'
import { readersOnly } from '../model/audience.ts'
import type { Reader } from '../model/reader.ts'
import { FakeClock } from '../platform/clock.ts'
import { idOf, newId } from '../platform/ids.ts'
import { saveDigestOnce } from '../store/digests.ts'
import { findEpisode } from '../store/episodes.ts'
import {
  saveExampleEpisode,
  saveExampleReader,
  saveExampleSource,
  saveExampleSummary,
} from '../store/example-rows.ts'
import { findReader, listDigestReaders } from '../store/readers.ts'
import { findSessionReader, saveSignInToken } from '../store/sessions.ts'
import { buildDigestNow } from './build-digest-now.ts'
import { changeDigestWish, unsubscribePath } from './change-digest-wish.ts'
import { inviteOwner, makeOwner } from './invite-owner.ts'
import { retryEpisode } from './retry-episode.ts'
import { saveSettings } from './save-settings.ts'
import { signIn } from './sign-in.ts'

let ground: LineGround
let reader: Reader
const clock = new FakeClock('2026-11-23T20:00:00Z')
beforeAll(async () => {
  ground = await openLineGround()
})
afterAll(() => ground[Symbol.asyncDispose]())
beforeEach(async () => {
  await ground.db.deleteFrom('readers').execute()
  await ground.clearJobs()
  clock.moveTo('2026-11-23T20:00:00Z')
  reader = await saveExampleReader(ground.db, { email: 'ines@x.example' })
})
const deps = () => ({ db: ground.db, queue: ground.queue, clock })

describe('signIn', () => {
  const invite = async (expiresAt: Date | null = null): Promise<string> => {
    const token = newId()
    await saveSignInToken(ground.db, { token, readerId: reader.id, expiresAt })
    return token
  }
  const use = (oneTimeToken: string, sessionToken = newId()) =>
    signIn(deps(), { oneTimeToken, sessionToken })

  it('opens a session by a link, once, for half a year', async () => {
    const token = await invite()
    expect(await use(token, 'session')).toMatchObject({ signedIn: true, reader: { id: reader.id } })
    const at = (date: string) => findSessionReader(ground.db, 'session', new Date(date))
    expect(await at('2027-05-22T19:00:00Z')).toMatchObject({ id: reader.id })
    expect(await at('2027-05-22T21:00:00Z')).toBeUndefined()
    expect(await use(token)).toEqual({ signedIn: false, reason: 'used' })
  })

  it('lets exactly one of many in', async () => {
    const token = await invite()
    const answers = await Promise.all(Array.from({ length: 12 }, () => use(token)))
    expect(answers.filter(({ signedIn }) => signedIn)).toHaveLength(1)
  })

  it('lets nobody in with what is unknown or too old', async () => {
    expect(await use('never given')).toEqual({ signedIn: false, reason: 'unknown' })
    const token = await invite(new Date('2026-11-23T19:59:00Z'))
    expect(await use(token)).toEqual({ signedIn: false, reason: 'expired' })
  })

  it('makes one owner, who is invited by a path that signs them in', async () => {
    const defaults = { timeZone: 'Europe/Zurich', digestAt: '07:00', language: 'en' }
    const owners = await Promise.all(
      [newId(), newId()].map((id) => makeOwner(ground.db, { id, ...defaults })),
    )
    expect(owners[0]).toEqual(owners[1])
    const path = await inviteOwner(ground.db, owners[0]?.id ?? '')
    expect(path).toMatch(/^\/welcome\/[\w-]{43}$/)
    expect(await use(path.slice('/welcome/'.length))).toMatchObject({ reader: { role: 'owner' } })
  })
})

describe('buildDigestNow', () => {
  const publish = async () => {
    const source = await saveExampleSource(ground.db, {}, [reader])
    await saveExampleSummary(ground.db, await saveExampleEpisode(ground.db, source))
  }

  it('has one made for today, on the reader’s own calendar', async () => {
    expect(await buildDigestNow(deps(), reader)).toBe('nothing-new')
    await publish()
    clock.moveTo('2026-11-23T23:30:00Z')
    expect(await buildDigestNow(deps(), reader)).toBe('started')
    expect(await buildDigestNow(deps(), reader)).toBe('started')
    expect(await ground.listJobs()).toMatchObject([
      { step: 'build-digest', itemId: reader.id, detail: '2026-11-24' },
    ])
  })

  it('makes no second one of a day', async () => {
    await publish()
    await ground.db.transaction().execute((tx) =>
      saveDigestOnce(tx, {
        ...{ id: idOf('d'), readerId: reader.id, edition: 'daily', localDate: '2026-11-23' },
        ...{ content: { stories: [] }, missing: [], episodeIds: [], carriedEpisodeIds: [] },
      }),
    )
    expect(await buildDigestNow(deps(), reader)).toBe('already-made')
    expect(await ground.listJobs()).toEqual([])
  })
})

describe('changeDigestWish', () => {
  const key = new Uint8Array(32).fill(3)
  const wants = async () => (await listDigestReaders(ground.db)).map(({ id }) => id)
  const change = (token: string, wantsDigest: boolean) =>
    changeDigestWish({ db: ground.db, key }, { token, wantsDigest })

  it('stops and starts the digests of who the link was made for', async () => {
    const other = await saveExampleReader(ground.db)
    const token = unsubscribePath(key, reader.id).slice('/unsubscribe/'.length)
    expect(await change(token, false)).toBe(true)
    expect(await wants()).toEqual([other.id])
    expect(await change(token, true)).toBe(true)
    expect(await wants()).toHaveLength(2)
  })

  it('believes no token of another key, nor one that was changed', async () => {
    const theirs = unsubscribePath(new Uint8Array(32).fill(4), reader.id)
    for (const token of [theirs.slice('/unsubscribe/'.length), reader.id, '', 'a.b.c']) {
      expect(await change(token, false)).toBe(false)
    }
    expect(await wants()).toHaveLength(1)
  })

  it('says so when the reader is gone', async () => {
    const token = unsubscribePath(key, newId()).slice('/unsubscribe/'.length)
    expect(await change(token, false)).toBe(false)
  })
})

describe('saveSettings', () => {
  const settings = () => ({
    ...{ displayName: 'Jon', email: 'jon@x.example', timeZone: 'Asia/Tokyo' },
    ...{ digestAt: '06:30', language: 'de' },
  })

  it('changes what is the reader’s own', async () => {
    await saveSettings(deps(), reader, settings())
    expect(await findReader(ground.db, reader.id)).toEqual({ ...reader, ...settings() })
  })

  it('takes no address of another', async () => {
    const other = await saveExampleReader(ground.db)
    const email = reader.email
    await expect(saveSettings(deps(), other, { ...settings(), email })).rejects.toMatchObject({
      ...{ code: 'email-taken', blame: 'caller' },
    })
    expect(await findReader(ground.db, other.id)).toEqual(other)
  })
})

describe('retryEpisode', () => {
  it.each([
    ['discovered', 'fetch-content'],
    ['fetched', 'get-transcript'],
    ['transcribed', 'summarise-episode'],
    ['summarised', 'get-transcript'],
  ] as const)('puts what stopped as %s back at %s', async (stage, step) => {
    const source = await saveExampleSource(ground.db, {}, [reader])
    const episodeId = await saveExampleEpisode(ground.db, source)
    const stopped = { stage, stage_reason: 'It stopped.', is_wanted: false }
    await ground.db.updateTable('episodes').set(stopped).where('id', '=', episodeId).execute()
    await retryEpisode(deps(), { readerId: reader.id, episodeId })
    expect(await ground.listJobs()).toMatchObject([{ step, itemId: episodeId, detail: null }])
    expect(await findEpisode(ground.db, episodeId)).toMatchObject({ stage, stageReason: null })
  })

  it('finds nothing of what is private to another', async () => {
    const source = await saveExampleSource(ground.db, { audience: readersOnly([newId()]) })
    const episodeId = await saveExampleEpisode(ground.db, source)
    for (const id of [episodeId, newId()]) {
      const retried = retryEpisode(deps(), { readerId: reader.id, episodeId: id })
      await expect(retried).rejects.toMatchObject({ code: 'episode-not-found' })
    }
    expect(await ground.listJobs()).toEqual([])
  })
})
