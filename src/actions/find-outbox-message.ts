import { type ReadMessage, readMessage } from '../mail/read-message.ts'
import type { Reader } from '../model/reader.ts'
import type { Db } from '../store/database.ts'
import { findOutboxBytes } from '../store/views/list-outbox.ts'
import type { OutboxRow } from '../store/views/outbox-page.ts'

/** Finds one of a reader's own messages and opens it; null when it is another's or none. */
export async function findOutboxMessage(
  db: Db,
  reader: Reader,
  deliveryId: string,
): Promise<(OutboxRow & ReadMessage & { raw: Uint8Array; messageId: string }) | null> {
  const kept = await findOutboxBytes(db, reader, deliveryId)
  return kept === null ? null : { ...kept, ...(await readMessage(kept.raw)) }
}
