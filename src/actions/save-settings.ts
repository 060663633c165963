import { Failure } from '../model/failure.ts'
import type { Reader } from '../model/reader.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../store/database.ts'
import { saveReaderSettings } from '../store/readers.ts'

/** What a reader may set about their own digest. */
export type Settings = Pick<Reader, 'displayName' | 'email' | 'timeZone' | 'digestAt' | 'language'>

const UNIQUE_VIOLATION = '23505'

/** Saves a reader's own settings. Throws `email-taken` when another reader has the address. */
export async function saveSettings(
  { db, clock }: { db: Db; clock: Clock },
  reader: Pick<Reader, 'id'>,
  settings: Settings,
): Promise<void> {
  try {
    await saveReaderSettings(db, { id: reader.id, ...settings }, clock.now())
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error
    const message = 'Another reader here has this e-mail address. Give a different one.'
    throw new Failure('email-taken', 'caller', message, { cause: error })
  }
}
