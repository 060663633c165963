import type { ColumnType, Generated, Kysely, Transaction } from 'kysely'
import type { DeliveryState, Edition, MissingItem } from '../model/digest.ts'
import type { CleanNotes, DiscoveredEpisode, EpisodeStage } from '../model/episode.ts'
import type { ReaderRole } from '../model/reader.ts'
import type { SourceKind, SourceState } from '../model/source.ts'
import type { Priority } from '../model/subscription.ts'
import type { Summary } from '../model/summary.ts'
import type { Segment, TranscriptOrigin } from '../model/transcript.ts'
import type { Tier } from '../model/usage.ts'

/** A jsonb column: read as a value, written as text, so that an array is not taken for a list. */
type Json<T> = ColumnType<T, string, string>
type Timestamp = ColumnType<Date, Date, Date>
/** A column that the database fills when a row is made, and that may be set later. */
type DefaultTimestamp = ColumnType<Date, Date | undefined, Date>

type AudienceColumns = {
  audience: ColumnType<AudienceKind, AudienceKind | undefined, AudienceKind>
  audience_reader_ids: ColumnType<string[], string[] | undefined, string[]>
}
export type AudienceKind = 'public' | 'members' | 'readers'

export type Database = {
  readers: {
    id: string
    role: ReaderRole
    email: string | null
    display_name: string
    time_zone: string
    digest_at: string
    digest_settings_at: Timestamp | null
    language: string
    wants_digest: Generated<boolean>
    created_at: DefaultTimestamp
  }
  sign_in_tokens: {
    token_hash: Buffer
    reader_id: string
    created_at: DefaultTimestamp
    expires_at: Timestamp | null
    used_at: Timestamp | null
  }
  sessions: {
    token_hash: Buffer
    reader_id: string
    created_at: DefaultTimestamp
    expires_at: Timestamp
  }
  sources: AudienceColumns & {
    id: string
    kind: SourceKind
    url: string
    title: string
    description: Generated<string>
    site_url: string | null
    image_url: string | null
    author: string | null
    language: string | null
    state: Generated<SourceState>
    state_reason: string | null
    etag: string | null
    last_modified: string | null
    body_hash: string | null
    /** Where the last readings in a row were redirected to for good, and how many they were. */
    moved_to: string | null
    moved_seen: Generated<number>
    /** How long, and in which hours of GMT, the publisher asks not to be polled. */
    ttl_minutes: number | null
    skip_hours: ColumnType<number[], number[] | undefined, number[]>
    failures: Generated<number>
    last_checked_at: Timestamp | null
    next_check_at: Timestamp | null
    created_at: DefaultTimestamp
  }
  subscriptions: {
    id: string
    reader_id: string
    source_id: string
    priority: Generated<Priority>
    paused: Generated<boolean>
    created_at: DefaultTimestamp
  }
  transcripts: {
    id: string
    language: string
    origin: TranscriptOrigin
    word_count: number
    segments: Json<Segment[]>
    created_at: DefaultTimestamp
  }
  summaries: {
    id: string
    content_hash: string
    language: string
    prompt_version: string
    tier: Tier
    body: Json<Summary>
    created_at: DefaultTimestamp
  }
  episodes: AudienceColumns & {
    id: string
    source_id: string
    guid: string
    kind: SourceKind
    title: string
    link: string | null
    published_at: Timestamp | null
    duration_seconds: number | null
    image_url: string | null
    language: string | null
    stage: Generated<EpisodeStage>
    stage_reason: string | null
    retry_at: Timestamp | null
    is_wanted: Generated<boolean>
    transcript_id: string | null
    summary_id: string | null
    discovered_at: DefaultTimestamp
    summarised_at: Timestamp | null
    version: Generated<string>
  }
  episode_contents: {
    episode_id: string
    discovered: Json<StoredDiscovery>
    notes: Json<CleanNotes> | null
    given_chapters: Json<StoredChapters> | null
    transcript_attempts: Json<StoredAttempt[]> | null
  }
  stories: {
    id: string
    title: string
    differences: Json<unknown[]>
    created_at: DefaultTimestamp
  }
  story_episodes: { story_id: string; episode_id: string }
  digests: {
    id: string
    reader_id: string
    edition: Edition
    /** `YYYY-MM-DD`; see `pool.ts`, which keeps dates as text. */
    local_date: string
    content: Json<StoredDigest>
    missing: Json<MissingItem[]>
    created_at: DefaultTimestamp
  }
  digest_episodes: {
    digest_id: string
    reader_id: string
    edition: Edition
    episode_id: string
    position: number
    carried: Generated<boolean>
  }
  deliveries: {
    id: string
    digest_id: string
    address: string
    state: Generated<DeliveryState>
    message_id: string
    subject: string
    raw: Buffer
    attempts: Generated<number>
    last_answer: string | null
    claimed_at: Timestamp | null
    sent_at: Timestamp | null
    created_at: DefaultTimestamp
  }
  corrections: {
    id: string
    source_id: string | null
    reader_id: string | null
    heard: string
    shown: string
    state: 'suggested' | 'applied' | 'undone'
    reason: string
    created_at: DefaultTimestamp
    decided_at: Timestamp | null
  }
  ledger: {
    id: string
    at: DefaultTimestamp
    stage: string
    tier: Tier
    provider: string
    model: string
    episode_id: string | null
    source_id: string | null
    reader_id: string | null
    state: 'reserved' | 'recorded' | 'released'
    tokens_in: Generated<number>
    tokens_cached: Generated<number>
    tokens_out: Generated<number>
    audio_minutes: Generated<number>
    price_version: string | null
    cost_usd: string | null
    latency_ms: number | null
    outcome: string | null
    reason: string | null
  }
  step_outcomes: {
    id: string
    step: string
    item_id: string
    outcome: 'done' | 'skipped' | 'wait' | 'gave-up' | 'failed'
    reason: string | null
    retry_at: Timestamp | null
    ms: number
    at: DefaultTimestamp
  }
}

/** What pages read of a digest's frozen content; the mail is rendered from more than this. */
export type StoredDigest = { stories: readonly StoredStory[] }
export type StoredStory = {
  title: string
  episodeIds: readonly string[]
  differences: readonly {
    point: string
    kind: 'number' | 'stance'
    sides: readonly {
      episodeId: string
      show: string
      speaker: string | null
      quote: string
      at: { unit: 'time' | 'paragraph'; start: number }
    }[]
  }[]
}

/** What the feed said, without the date, which has a column of its own. */
export type StoredDiscovery = Omit<DiscoveredEpisode, 'publishedAt'>
export type StoredChapters = {
  origin: 'notes' | 'publisher'
  chapters: { title: string; start: number }[]
}
export type StoredAttempt = { provider: string; outcome: string; reason: string; ms: number }

/** The database, or a transaction on it: what every query takes. */
export type Db = Kysely<Database>
/** Asked for where several writes belong together, or where a row lock must last. */
export type Tx = Transaction<Database>
