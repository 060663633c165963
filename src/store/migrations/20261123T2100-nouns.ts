import { type Kysely, sql } from 'kysely'

/**
 * The product's nouns. Large texts lie in tables of their own so that the hot rows stay small, and
 * are compressed by lz4 where the server was built with it; Postgres's own pglz is slower.
 *
 * An audience is two columns, `audience` and `audience_reader_ids`: one row tells all of it, and an
 * id of a reader who is gone lets nobody in, because ids are never used twice.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const compression = (await hasLz4(db)) ? 'compression lz4' : ''
  for (const statement of statements(compression)) await sql.raw(statement).execute(db)
}

async function hasLz4(db: Kysely<unknown>): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select 1 from pg_settings
    where name = 'default_toast_compression' and 'lz4' = any(enumvals)) as found`.execute(db)
  return rows[0]?.found === true
}

const AUDIENCE = `
  audience text not null default 'public' check (audience in ('public', 'members', 'readers')),
  audience_reader_ids uuid[] not null default '{}',
  check (audience = 'readers' or audience_reader_ids = '{}')`

const statements = (compression: string): string[] => [
  `create table readers (
    id uuid primary key,
    role text not null check (role in ('owner', 'member')),
    email text unique,
    display_name text not null,
    time_zone text not null,
    digest_at text not null,
    -- When the zone or the time of the digest was last changed: lateness counts from then.
    digest_settings_at timestamptz,
    language text not null,
    wants_digest boolean not null default true,
    created_at timestamptz not null default now()
  )`,
  // One owner: the house belongs to somebody from its first start.
  `create unique index readers_one_owner on readers (role) where role = 'owner'`,

  `create table sign_in_tokens (
    token_hash bytea primary key,
    reader_id uuid not null references readers on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    used_at timestamptz
  )`,

  `create table sessions (
    token_hash bytea primary key,
    reader_id uuid not null references readers on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`,
  `create index sessions_by_reader on sessions (reader_id)`,

  `create table sources (
    id uuid primary key,
    kind text not null check (kind in ('podcast', 'youtube', 'newsletter', 'blog')),
    url text not null unique,
    title text not null,
    description text not null default '',
    site_url text,
    image_url text,
    author text,
    language text,
    ${AUDIENCE},
    state text not null default 'new' check (state in ('new', 'ok', 'failing', 'gone', 'paused')),
    state_reason text,
    etag text,
    last_modified text,
    body_hash text,
    failures int not null default 0,
    last_checked_at timestamptz,
    next_check_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  `create index sources_due on sources (next_check_at) where next_check_at is not null`,

  `create table subscriptions (
    id uuid primary key,
    reader_id uuid not null references readers on delete cascade,
    source_id uuid not null references sources on delete cascade,
    priority text not null default 'normal' check (priority in ('low', 'normal', 'high')),
    paused boolean not null default false,
    created_at timestamptz not null default now(),
    unique (reader_id, source_id)
  )`,
  `create index subscriptions_by_source on subscriptions (source_id)`,

  `create table transcripts (
    id uuid primary key,
    language text not null,
    origin text not null check (origin in ('publisher', 'captions', 'speech-to-text', 'text')),
    word_count int not null,
    segments jsonb ${compression} not null,
    created_at timestamptz not null default now()
  )`,

  `create table summaries (
    id uuid primary key,
    content_hash text not null,
    language text not null,
    prompt_version text not null,
    tier text not null check (tier in ('embedded', 'open', 'frontier')),
    body jsonb ${compression} not null,
    created_at timestamptz not null default now(),
    unique (content_hash, language, prompt_version)
  )`,

  `create table episodes (
    id uuid primary key,
    source_id uuid not null references sources on delete cascade,
    guid text not null,
    kind text not null check (kind in ('podcast', 'youtube', 'newsletter', 'blog')),
    title text not null,
    link text,
    published_at timestamptz,
    duration_seconds double precision,
    image_url text,
    language text,
    ${AUDIENCE},
    stage text not null default 'discovered'
      check (stage in ('discovered', 'fetched', 'transcribed', 'summarised', 'grouped')),
    stage_reason text,
    retry_at timestamptz,
    -- False for what was published before anybody followed the source: known, but not on the line.
    is_wanted boolean not null default true,
    transcript_id uuid references transcripts on delete set null,
    summary_id uuid references summaries on delete set null,
    discovered_at timestamptz not null default now(),
    summarised_at timestamptz,
    -- Counts up with every change that a page could show: pages make their ETag of it.
    version bigint not null default 1,
    unique (source_id, guid)
  )`,
  `create index episodes_newest on episodes (source_id, published_at desc nulls last)`,
  `create index episodes_by_transcript on episodes (transcript_id)`,
  `create index episodes_by_summary on episodes (summary_id)`,
  `create index episodes_summarised on episodes (summarised_at) where summarised_at is not null`,

  `create table episode_contents (
    episode_id uuid primary key references episodes on delete cascade,
    discovered jsonb ${compression} not null,
    notes jsonb ${compression},
    given_chapters jsonb,
    transcript_attempts jsonb
  )`,

  `create table stories (
    id uuid primary key,
    title text not null,
    differences jsonb not null default '[]',
    created_at timestamptz not null default now()
  )`,
  `create table story_episodes (
    story_id uuid not null references stories on delete cascade,
    episode_id uuid not null references episodes on delete cascade,
    primary key (story_id, episode_id)
  )`,
  `create index story_episodes_by_episode on story_episodes (episode_id)`,

  `create table digests (
    id uuid primary key,
    reader_id uuid not null references readers on delete cascade,
    edition text not null check (edition in ('daily', 'weekly')),
    local_date date not null,
    content jsonb ${compression} not null,
    missing jsonb not null default '[]',
    created_at timestamptz not null default now(),
    unique (reader_id, edition, local_date)
  )`,
  `create table digest_episodes (
    digest_id uuid not null references digests on delete cascade,
    reader_id uuid not null references readers on delete cascade,
    edition text not null,
    episode_id uuid not null references episodes on delete cascade,
    position int not null,
    carried boolean not null default false,
    primary key (digest_id, episode_id)
  )`,
  // The database itself refuses to tell a reader the same thing twice. What is carried over from a
  // digest of uncertain arrival is the one exception, and is labelled so.
  `create unique index digest_episodes_once on digest_episodes (reader_id, edition, episode_id)
    where not carried`,
  `create index digest_episodes_by_episode on digest_episodes (episode_id)`,

  `create table deliveries (
    id uuid primary key,
    digest_id uuid not null references digests on delete cascade,
    address text not null,
    state text not null default 'built'
      check (state in ('built', 'sending', 'sent', 'uncertain', 'failed', 'cancelled')),
    message_id text not null unique,
    subject text not null,
    raw bytea ${compression} not null,
    attempts int not null default 0,
    last_answer text,
    claimed_at timestamptz,
    sent_at timestamptz,
    created_at timestamptz not null default now(),
    unique (digest_id, address)
  )`,
  `create index deliveries_open on deliveries (state) where state in ('built', 'sending')`,

  `create table corrections (
    id uuid primary key,
    source_id uuid references sources on delete cascade,
    reader_id uuid references readers on delete set null,
    heard text not null,
    shown text not null,
    state text not null check (state in ('suggested', 'applied', 'undone')),
    reason text not null,
    created_at timestamptz not null default now(),
    decided_at timestamptz
  )`,
  `create index corrections_by_source on corrections (source_id)`,

  `create table ledger (
    id uuid primary key,
    at timestamptz not null default now(),
    stage text not null,
    tier text not null check (tier in ('embedded', 'open', 'frontier')),
    provider text not null,
    model text not null,
    episode_id uuid references episodes on delete set null,
    source_id uuid references sources on delete set null,
    reader_id uuid references readers on delete set null,
    state text not null check (state in ('reserved', 'recorded', 'released')),
    tokens_in int not null default 0,
    tokens_cached int not null default 0,
    tokens_out int not null default 0,
    audio_minutes double precision not null default 0,
    price_version text,
    -- Null says that the price was not known, which is not the same as free.
    cost_usd numeric(14, 8),
    latency_ms int,
    outcome text,
    reason text
  )`,
  `create index ledger_by_time on ledger (at)`,

  `create table step_outcomes (
    id uuid primary key,
    step text not null,
    item_id uuid not null,
    outcome text not null check (outcome in ('done', 'skipped', 'wait', 'gave-up', 'failed')),
    reason text,
    retry_at timestamptz,
    ms int not null,
    at timestamptz not null default now()
  )`,
  `create index step_outcomes_by_item on step_outcomes (item_id, at desc)`,
  `create index step_outcomes_by_time on step_outcomes (at)`,
]
