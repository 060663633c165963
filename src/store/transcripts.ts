import { type SqlBool, sql } from 'kysely'
import type { Transcript } from '../model/transcript.ts'
import type { Db, Tx } from './database.ts'
import { toJson } from './to-json.ts'

/** Gives an episode its transcript, in place of one it had. */
export async function saveTranscript(
  tx: Tx,
  { id, episodeId, transcript }: { id: string; episodeId: string; transcript: Transcript },
): Promise<void> {
  const previous = await tx
    .selectFrom('episodes')
    .select('transcript_id')
    .where('id', '=', episodeId)
    // Two that replace it at once: the second must see the first one's, or nobody removes it.
    .forUpdate()
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('transcripts')
    .values({
      id,
      language: transcript.language,
      origin: transcript.origin,
      word_count: countWords(transcript),
      segments: toJson(transcript.segments),
    })
    .execute()
  await tx
    .updateTable('episodes')
    .set({ transcript_id: id, version: sql<string>`version + 1` })
    .where('id', '=', episodeId)
    .execute()
  if (previous.transcript_id !== null) await deleteTranscripts(tx, [previous.transcript_id])
}

export async function deleteTranscripts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('transcripts')
    .where(sql<SqlBool>`id = any(${[...ids]}::uuid[])`)
    .execute()
}

/** Finds the transcript of an episode; undefined when it has none yet. */
export async function findTranscript(db: Db, episodeId: string): Promise<Transcript | undefined> {
  const row = await db
    .selectFrom('episodes')
    .innerJoin('transcripts', 'transcripts.id', 'episodes.transcript_id')
    .select(['transcripts.language', 'transcripts.origin', 'transcripts.segments'])
    .where('episodes.id', '=', episodeId)
    .executeTakeFirst()
  return row && { language: row.language, origin: row.origin, segments: row.segments }
}

function countWords(transcript: Transcript): number {
  let words = 0
  for (const segment of transcript.segments) words += segment.text.match(/\S+/g)?.length ?? 0
  return words
}
