import type { Reader } from '../../model/reader.ts'
import type { OutboxMessage, OutboxPage } from '../../store/views/outbox-page.ts'

export type MailViews = {
  getOutboxPage(reader: Reader): Promise<OutboxPage>
  /** Null when there is none or it is another reader's. */
  findOutboxMessage(reader: Reader, deliveryId: string): Promise<OutboxMessage | null>
}
