import { type Kysely, sql } from 'kysely'

/**
 * One row for a source however its address is spelled: scheme, `www.` and a last slash do not make
 * two of it. Only the publisher knows which spelling answers, so the address itself is kept as it
 * was found. And where a permanent redirect leads, with how often in a row it was seen.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const URL_KEY = `regexp_replace(regexp_replace(url, '^https?://(www[.])?', ''), '/+([?].*)?$', '\\1')`

const STATEMENTS = [
  // Rows that were two by their spelling alone become the older one.
  `create temporary table doubled as
    select id, first_value(id) over (partition by ${URL_KEY} order by created_at, id) as kept
    from sources`,
  `insert into subscriptions (id, reader_id, source_id, priority, paused, created_at)
    select distinct on (reader_id, kept) gen_random_uuid(), reader_id, kept, priority, paused, created_at
    from subscriptions join doubled on doubled.id = source_id
    where doubled.id <> kept
    on conflict (reader_id, source_id) do nothing`,
  `delete from sources using doubled where doubled.id = sources.id and doubled.id <> kept`,
  `drop table doubled`,
  `create unique index sources_by_url_key on sources ((${URL_KEY}))`,
  `alter table sources
    add column moved_to text,
    add column moved_seen int not null default 0`,
]
