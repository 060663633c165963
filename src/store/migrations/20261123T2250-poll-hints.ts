import { type Kysely, sql } from 'kysely'

/** What a publisher asks of those who poll: an unchanged feed is not read again to say it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sources
    add column ttl_minutes int,
    add column skip_hours int[] not null default '{}'`.execute(db)
}
