import { sql } from 'kysely'
import type { Reader } from '../../model/reader.ts'
import type { Db } from '../database.ts'
import { dataVersion } from './data-version.ts'
import type { OutboxPage, OutboxRow } from './outbox-page.ts'

const LIST_LIMIT = 100

/** The reader's own messages, newest first. */
export async function getOutboxPage(
  db: Db,
  reader: Reader,
  sendsMail: boolean,
): Promise<OutboxPage> {
  const messages = await ownMessages(db, reader)
    .orderBy('deliveries.created_at', 'desc')
    .limit(LIST_LIMIT)
    .execute()
  const page = { sendsMail, messages: messages.map(toRow) }
  return { ...page, version: dataVersion(page) }
}

/** One message of this reader's with its bytes; null when there is none or it is another's. */
export async function findOutboxBytes(
  db: Db,
  reader: Reader,
  deliveryId: string,
): Promise<(OutboxRow & { raw: Uint8Array; messageId: string }) | null> {
  const row = await ownMessages(db, reader)
    .select(['deliveries.raw', 'deliveries.message_id'])
    .where('deliveries.id', '=', deliveryId)
    .executeTakeFirst()
  return row === undefined ? null : { ...toRow(row), raw: row.raw, messageId: row.message_id }
}

function ownMessages(db: Db, reader: Reader) {
  return db
    .selectFrom('deliveries')
    .innerJoin('digests', 'digests.id', 'deliveries.digest_id')
    .where('digests.reader_id', '=', reader.id)
    .select([
      'deliveries.id',
      'deliveries.digest_id',
      'deliveries.subject',
      'deliveries.address',
      'deliveries.state',
      'deliveries.created_at',
      'deliveries.sent_at',
      'deliveries.last_answer',
      sql<number>`length(deliveries.raw)`.as('bytes'),
    ])
}

function toRow(
  row: Awaited<ReturnType<ReturnType<typeof ownMessages>['execute']>>[number],
): OutboxRow {
  return {
    id: row.id,
    digestId: row.digest_id,
    subject: row.subject,
    address: row.address,
    state: row.state,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    lastAnswer: row.last_answer,
    bytes: row.bytes,
  }
}
