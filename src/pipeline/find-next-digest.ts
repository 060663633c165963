import {
  digestInstant,
  localDateOf,
  type NextDigest,
  nextDigestAt,
} from '../digests/next-digest-at.ts'
import type { Edition } from '../model/digest.ts'
import type { Reader } from '../model/reader.ts'
import type { Db } from '../store/database.ts'
import { findLastDigestDate } from '../store/digests.ts'
import { getDigestSettings } from '../store/readers.ts'

/** When this reader's next digest is due, and for which of their dates. */
export async function findNextDigest(
  db: Db,
  reader: Reader,
  { edition, now }: { edition: Edition; now: Date },
): Promise<NextDigest> {
  const last = await findLastDigestDate(db, { readerId: reader.id, edition })
  const { createdAt, changedAt } = await getDigestSettings(db, reader.id)
  return nextDigestAt(reader, edition, {
    now,
    lastLocalDate: last ?? dateBeforeFirst(reader, createdAt),
    settingsSince: changedAt,
  })
}

/** Who comes at ten has missed nothing at seven: that day has no digest of its own accord. */
function dateBeforeFirst(reader: Reader, createdAt: Date): string | null {
  const arrival = localDateOf(createdAt, reader.timeZone).toString()
  return digestInstant(reader, arrival) <= createdAt ? arrival : null
}
