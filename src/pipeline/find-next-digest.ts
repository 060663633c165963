import { type NextDigest, nextDigestAt } from '../digests/next-digest-at.ts'
import type { Edition } from '../model/digest.ts'
import type { Reader } from '../model/reader.ts'
import type { Db } from '../store/database.ts'
import { findLastDigestDate } from '../store/digests.ts'
import { findDigestSettingsAt } from '../store/readers.ts'

/** When this reader's next digest is due, and for which of their dates. */
export async function findNextDigest(
  db: Db,
  reader: Reader,
  { edition, now }: { edition: Edition; now: Date },
): Promise<NextDigest> {
  const last = await findLastDigestDate(db, { readerId: reader.id, edition })
  const settingsSince = await findDigestSettingsAt(db, reader.id)
  return nextDigestAt(reader, edition, { now, lastLocalDate: last ?? null, settingsSince })
}
