import type { Db } from '../../src/store/database.ts'
import type { LedgerLine } from '../ground/smtp-sink.ts'

/** What the product has written down about what it made and sent. */
export type MailRecords = {
  episodes: { id: string; guid: string; isSummarised: boolean }[]
  deliveries: {
    messageId: string
    state: string
    readerId: string
    localDate: string
    episodeIds: string[]
  }[]
}

/** Each list is empty when all is well; sentences otherwise. */
export type Verdict = { duplicates: string[]; lost: string[] }

/**
 * Compares what the mail server has accepted with what the product knows and with what the
 * publisher has published. Duplicate: two accepted messages for one delivery, or for one reader and
 * date. Lost: an episode that no accepted message has told, a delivery called sent that nobody
 * accepted, or an accepted message that the product knows nothing of.
 */
export function judgeMail(
  accepted: readonly Pick<LedgerLine, 'messageId'>[],
  { episodes, deliveries }: MailRecords,
  publishedGuids: readonly string[],
): Verdict {
  const known = new Map(deliveries.map((delivery) => [delivery.messageId, delivery]))
  const ids = accepted.map(({ messageId }) => messageId ?? 'none')
  const dates = ids.map((id) => {
    const delivery = known.get(id)
    return delivery === undefined ? id : `${delivery.readerId} ${delivery.localDate}`
  })
  const told = new Set(ids.flatMap((id) => known.get(id)?.episodeIds ?? []))
  const byGuid = new Map(episodes.map((episode) => [episode.guid, episode]))
  return {
    duplicates: [
      ...repeated(ids).map((id) => `message ${id} was accepted more than once`),
      ...repeated(dates).map((date) => `more than one message was accepted for ${date}`),
    ],
    lost: [
      ...publishedGuids.flatMap((guid) => describeLoss(guid, byGuid.get(guid), told)),
      ...deliveries
        .filter(({ state, messageId }) => state === 'sent' && !ids.includes(messageId))
        .map(({ messageId }) => `message ${messageId} is called sent and was never accepted`),
      ...ids.filter((id) => !known.has(id)).map((id) => `message ${id} is known to nobody`),
    ],
  }
}

function describeLoss(
  guid: string,
  episode: MailRecords['episodes'][number] | undefined,
  told: ReadonlySet<string>,
): string[] {
  if (episode === undefined) return [`episode ${guid} was never found`]
  if (!episode.isSummarised) return [`episode ${guid} was never summarised`]
  return told.has(episode.id) ? [] : [`episode ${guid} is in no accepted message`]
}

const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
]

/** Reads the records of the product's own database. */
export async function readMailRecords(db: Db): Promise<MailRecords> {
  const episodes = await db.selectFrom('episodes').select(['id', 'guid', 'summary_id']).execute()
  const items = await db.selectFrom('digest_episodes').select(['digest_id', 'episode_id']).execute()
  const deliveries = await db
    .selectFrom('deliveries')
    .innerJoin('digests', 'digests.id', 'deliveries.digest_id')
    .select(['message_id', 'state', 'digest_id', 'reader_id', 'local_date'])
    .execute()
  return {
    episodes: episodes.map(({ id, guid, summary_id }) => ({
      ...{ id, guid },
      isSummarised: summary_id !== null,
    })),
    deliveries: deliveries.map((row) => ({
      messageId: row.message_id,
      state: row.state,
      readerId: row.reader_id,
      localDate: row.local_date,
      episodeIds: items.filter((i) => i.digest_id === row.digest_id).map((i) => i.episode_id),
    })),
  }
}
