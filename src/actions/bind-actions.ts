import type { Reader } from '../model/reader.ts'
import type { Clock } from '../platform/clock.ts'
import { shownUrlOf } from '../platform/http/display-url.ts'
import type { GuardedFetch } from '../platform/http/guarded-fetch.ts'
import type { SampleFile, SampleSource } from '../sources/sample-library.ts'
import type { Db } from '../store/database.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import { saveWantsDigest } from '../store/readers.ts'
import { deleteSession, findSessionReader } from '../store/sessions.ts'
import { buildDigestNow } from './build-digest-now.ts'
import { changeDigestWish } from './change-digest-wish.ts'
import {
  pauseSource,
  resumeSource,
  retrySource,
  unfollowNamed,
  unfollowSource,
} from './change-following.ts'
import { exportOpml } from './export-opml.ts'
import { findOutboxMessage } from './find-outbox-message.ts'
import { followSampleLibrary } from './follow-sample-library.ts'
import { followSource } from './follow-source.ts'
import { importOpml } from './import-opml.ts'
import { lookAtSource } from './look-at-source.ts'
import { retryEpisode } from './retry-episode.ts'
import { type Settings, saveSettings } from './save-settings.ts'
import { signIn } from './sign-in.ts'

export type ActionDeps = {
  db: Db
  queue: JobQueue
  clock: Clock
  newId: () => string
  fetch: GuardedFetch
  /** Signs links that act without signing in. */
  linkKey: Uint8Array
  samples: {
    sources: readonly SampleSource[]
    findFile: (path: string) => Promise<SampleFile | undefined>
  }
}

/** Everything that a signed-in reader can ask for, as the doors of the house call it. */
export function bindActions(deps: ActionDeps) {
  const { db, clock, samples } = deps
  return {
    retryEpisode: (reader: Reader, episodeId: string) =>
      retryEpisode(deps, { readerId: reader.id, episodeId }),
    buildDigestNow: (reader: Reader) => buildDigestNow(deps, reader),
    saveSettings: (reader: Reader, settings: Settings) => saveSettings(deps, reader, settings),
    checkSource: (reader: Reader, url: string) =>
      lookAtSource({ ...deps, now: clock.now() }, reader, url),
    addSource: async (reader: Reader, address: string) => {
      const source = await followSource(deps, { readerId: reader.id, address })
      const url = shownUrlOf(source.url, source.audience.kind === 'readers')
      return { sourceId: source.id, title: source.title, url }
    },
    importOpml: (reader: Reader, text: string) => importOpml(deps, { readerId: reader.id, text }),
    exportOpml: (reader: Reader) => exportOpml(deps, reader.id),
    addSampleLibrary: (reader: Reader) =>
      followSampleLibrary({ ...deps, samples: samples.sources }, reader.id),
    pauseSource: (reader: Reader, sourceId: string) =>
      pauseSource(deps, { readerId: reader.id, sourceId }),
    resumeSource: (reader: Reader, sourceId: string) =>
      resumeSource(deps, { readerId: reader.id, sourceId }),
    removeSource: (reader: Reader, sourceId: string) =>
      unfollowSource(deps, { readerId: reader.id, sourceId }),
    removeSourceNamed: (reader: Reader, which: string) =>
      unfollowNamed(deps, { readerId: reader.id, which }),
    retrySource: (reader: Reader, sourceId: string) =>
      retrySource(deps, { readerId: reader.id, sourceId }),
    findOutboxMessage: (reader: Reader, deliveryId: string) =>
      findOutboxMessage(db, reader, deliveryId),
    startDigests: async (reader: Reader) => void (await saveWantsDigest(db, reader.id, true)),
    changeDigestWish: (token: string, wantsDigest: boolean) =>
      changeDigestWish({ db, key: deps.linkKey }, { token, wantsDigest }),
    findSampleFile: async (path: string) => (await samples.findFile(path)) ?? null,
  }
}

/** Who is who, as the web asks for it. */
export function bindSessions(deps: Pick<ActionDeps, 'db' | 'clock'>) {
  const { db, clock } = deps
  return {
    start: (oneTimeToken: string, sessionToken: string) =>
      signIn(deps, { oneTimeToken, sessionToken }),
    find: async (token: string) => (await findSessionReader(db, token, clock.now())) ?? null,
    end: (token: string) => deleteSession(db, token),
  }
}
