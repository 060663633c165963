import type { DigestContent } from '../../digests/digest-content.ts'
import { digestInstant, localDateOf, MAX_LATENESS_MS } from '../../digests/next-digest-at.ts'
import { renderDigest } from '../../digests/render-digest.ts'
import { composeMessage } from '../../mail/compose-message.ts'
import { createMessageId } from '../../mail/message-id.ts'
import { OUTBOX } from '../../mail/outbox-transport.ts'
import type { Edition } from '../../model/digest.ts'
import type { Reader } from '../../model/reader.ts'
import { done, type StepOutcome, skipped } from '../../model/step.ts'
import type { Clock } from '../../platform/clock.ts'
import { idOf } from '../../platform/ids.ts'
import type { Db, Tx } from '../../store/database.ts'
import { saveDeliveryOnce } from '../../store/deliveries.ts'
import { saveDigestOnce } from '../../store/digests.ts'
import type { Job } from '../../store/jobs/job.ts'
import type { JobQueue } from '../../store/jobs/job-queue.ts'
import { findReader } from '../../store/readers.ts'
import { loadDigestContent, settingsUrl } from '../load-digest-content.ts'

export type DigestMail = {
  from: { name: string; address: string }
  /** Derives Message-IDs; see `createMessageId`. */
  messageIdKey: Uint8Array
  /** True when there is a mail server; otherwise messages are kept in the outbox. */
  sendsMail: boolean
}

export type BuildDigestDeps = {
  db: Db
  queue: JobQueue
  clock: Clock
  /** Absolute, without a slash at its end. */
  baseUrl: string
  mail: DigestMail
  /** The address of the page on which a reader can stop these e-mails. */
  unsubscribeUrl: (readerId: string) => string
}

const EDITION: Edition = 'daily'

/**
 * Makes one reader's digest of one date: `job.itemId` is the reader, `job.detail` the date. Items,
 * bytes and delivery are frozen in one transaction, so a second run finds them and does nothing.
 */
export async function buildDigestStep(deps: BuildDigestDeps, job: Job): Promise<StepOutcome> {
  const reader = await findReader(deps.db, job.itemId)
  const localDate = job.detail
  if (reader === undefined || localDate === null) return skipped('The reader is gone.')
  if (isOver(reader, localDate, deps.clock.now())) {
    return skipped('Its day is over; what it would have told comes with the next digest.')
  }
  const digestId = idOf('digest', reader.id, EDITION, localDate)
  const content = await loadDigestContent(deps.db, {
    reader,
    edition: EDITION,
    localDate,
    digestId,
    now: deps.clock.now(),
    baseUrl: deps.baseUrl,
    unsubscribeUrl: deps.unsubscribeUrl(reader.id),
  })
  if (content.items.length === 0) return skipped('There was nothing new to tell.')
  const delivery = await composeDelivery(deps, { reader, digestId, content })
  return job.commit(done, (tx) =>
    saveDigest(tx, deps.queue, { reader, digestId, content, delivery }),
  )
}

/** True when the date has passed where the reader is, and its digest would be too late as well. */
function isOver(reader: Reader, localDate: string, now: Date): boolean {
  const lateMs = now.getTime() - digestInstant(reader, localDate).getTime()
  return localDate < localDateOf(now, reader.timeZone).toString() && lateMs > MAX_LATENESS_MS
}

type Built = {
  reader: Reader
  digestId: string
  content: DigestContent
  delivery: Parameters<typeof saveDeliveryOnce>[1]
}

async function composeDelivery(
  { mail, clock, baseUrl, unsubscribeUrl }: BuildDigestDeps,
  { reader, digestId, content }: Omit<Built, 'delivery'>,
): Promise<Built['delivery']> {
  const address = mail.sendsMail && reader.email !== null ? reader.email : OUTBOX
  const id = idOf('delivery', digestId, address)
  const { subject, html, text } = renderDigest(content)
  const domain = mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1)
  const messageId = createMessageId(mail.messageIdKey, id, domain)
  const raw = await composeMessage({
    from: mail.from,
    to: reader.email ?? `you@${domain}`,
    replyTo: null,
    subject,
    html,
    text,
    messageId,
    date: clock.now(),
    list: {
      id: `${EDITION}.digest.${domain.includes('.') ? domain : `${domain}.local`}`,
      unsubscribeUrl: unsubscribeUrl(reader.id),
      helpUrl: settingsUrl(baseUrl),
      feedbackId: null,
    },
  })
  return { id, digestId, address, messageId, subject, raw }
}

async function saveDigest(
  tx: Tx,
  queue: JobQueue,
  { reader, digestId, content, delivery }: Built,
): Promise<void> {
  const isNew = await saveDigestOnce(tx, {
    id: digestId,
    readerId: reader.id,
    edition: content.edition,
    localDate: content.localDate,
    content,
    missing: content.missing,
    episodeIds: content.items.map((item) => item.episodeId),
    carriedEpisodeIds: content.carriedEpisodeIds,
  })
  if (!isNew) return
  await saveDeliveryOnce(tx, delivery)
  await queue.enqueue(tx, { step: 'send-digest', itemId: delivery.id })
}
