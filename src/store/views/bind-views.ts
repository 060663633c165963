import type { Reader } from '../../model/reader.ts'
import type { Db } from '../database.ts'
import { wantsDigest } from '../readers.ts'
import { findDigestPage } from './find-digest-page.ts'
import { findEpisodePage } from './find-episode-page.ts'
import { getSourcesPage } from './get-sources-page.ts'
import { getTodayPage } from './get-today-page.ts'
import { getOutboxPage } from './list-outbox.ts'

export type ViewDeps = {
  db: Db
  /** True when a mail server is configured. */
  sendsMail: boolean
  /** When a reader's next digest is due, by the timetable's rule. */
  nextDigestAt: (reader: Reader) => Promise<Date>
}

/** Every page-shaped read, as the web calls it. */
export function bindViews({ db, sendsMail, ...deps }: ViewDeps) {
  const nextDigestAt = async (reader: Reader): Promise<Date | null> =>
    (await wantsDigest(db, reader.id)) ? deps.nextDigestAt(reader) : null
  return {
    getTodayPage: async (reader: Reader) => getTodayPage(db, reader, await nextDigestAt(reader)),
    findEpisodePage: (reader: Reader | null, id: string) => findEpisodePage(db, reader, id),
    findDigestPage: (reader: Reader, id: string) => findDigestPage(db, reader, id),
    getSourcesPage: (reader: Reader) => getSourcesPage(db, reader),
    getOutboxPage: (reader: Reader) => getOutboxPage(db, reader, sendsMail),
    getSettingsPage: async (reader: Reader) => ({
      settings: reader,
      sendsMail,
      nextDigestAt: await nextDigestAt(reader),
      wantsDigest: await wantsDigest(db, reader.id),
    }),
  }
}
