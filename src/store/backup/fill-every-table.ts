import { sql } from 'kysely'
import type { Db } from '../database.ts'

const id = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/** Lines that other programs cut at, quotes, a letter of four bytes, and right-to-left. */
const AWKWARD = 'a\u2028b\u2029c\r\nd\te "f" \\u0041 \\ \' 😀 שלום é e\u0301 \u007f'
const JSON_TEXT = JSON.stringify({
  text: AWKWARD,
  none: null,
  empty: [{}, [], ''],
  [AWKWARD]: true,
})
/** Digits that a JavaScript number would lose, and an exponent that it would turn to infinity. */
const EXACT = '{"exact": [12345678901234567890.123456789, 1.10, 1e400, -0.0]}'

/** Puts rows with awkward values into every table of the product, for tests of backups. */
export async function fillEveryTable(db: Db): Promise<void> {
  const run = async (query: ReturnType<typeof sql>) => void (await query.execute(db))
  await run(sql`insert into readers (id, role, email, display_name, time_zone, digest_at, language,
      created_at, digest_settings_at) values
    (${id(1)}, 'owner', null, ${AWKWARD}, 'Asia/Kathmandu', '07:00', 'en',
      '9999-12-31 23:59:59.999999+00', 'infinity'),
    (${id(2)}, 'member', 'a@x.example', '', 'UTC', '23:59', 'de', '0044-03-15 BC', null)`)
  await run(sql`insert into sign_in_tokens (token_hash, reader_id, expires_at, used_at) values
    ('\\x00ff0d0a5c78'::bytea, ${id(1)}, null, now()), (''::bytea, ${id(2)}, now(), null)`)
  await run(sql`insert into sessions (token_hash, reader_id, expires_at)
    values (decode(repeat('00ff', 64), 'hex'), ${id(1)}, '9999-12-31')`)
  await run(sql`insert into sources (id, kind, url, title, audience, audience_reader_ids, failures)
    values (${id(3)}, 'podcast', 'https://x.example', ${AWKWARD}, 'readers',
      array[${id(1)}, ${id(2)}]::uuid[], 2147483647),
    (${id(4)}, 'newsletter', 'news:x', '', 'readers', '{}', 0)`)
  await run(sql`insert into subscriptions (id, reader_id, source_id)
    values (${id(5)}, ${id(1)}, ${id(3)})`)
  await run(sql`insert into transcripts (id, language, origin, word_count, segments)
    values (${id(6)}, 'und', 'text', 0, '[]'), (${id(7)}, 'en', 'captions', 3, ${JSON_TEXT}::jsonb)`)
  await run(sql`insert into summaries (id, content_hash, language, prompt_version, tier, body)
    values (${id(8)}, 'h', 'en', '1', 'embedded', ${EXACT}::jsonb)`)
  await run(sql`insert into episodes (id, source_id, guid, kind, title, published_at,
      duration_seconds, transcript_id, summary_id, version) values
    (${id(9)}, ${id(3)}, ${AWKWARD}, 'podcast', ${AWKWARD}, '9999-12-31', 0.1, ${id(7)}, ${id(8)},
      9223372036854775807),
    (${id(10)}, ${id(3)}, '', 'podcast', '', null, 'NaN', null, null, 1)`)
  await run(sql`insert into episode_contents (episode_id, discovered, notes)
    values (${id(9)}, ${JSON_TEXT}::jsonb, null), (${id(10)}, '{}', ${JSON_TEXT}::jsonb)`)
  await run(sql`insert into stories (id, title) values (${id(11)}, ${AWKWARD})`)
  await run(sql`insert into story_episodes (story_id, episode_id) values (${id(11)}, ${id(9)})`)
  await run(sql`insert into digests (id, reader_id, edition, local_date, content) values
    (${id(12)}, ${id(1)}, 'daily', '9999-12-31', ${JSON_TEXT}::jsonb),
    (${id(13)}, ${id(1)}, 'weekly', '0001-01-01', ${EXACT}::jsonb)`)
  await run(sql`insert into digest_episodes (digest_id, reader_id, edition, episode_id, position)
    values (${id(12)}, ${id(1)}, 'daily', ${id(9)}, 0)`)
  await run(sql`insert into deliveries (id, digest_id, address, message_id, subject, raw)
    values (${id(14)}, ${id(12)}, 'outbox', '<1@x>', ${AWKWARD}, decode('000d0aff1f8b2e', 'hex'))`)
  await run(sql`insert into corrections (id, heard, shown, state, reason)
    values (${id(15)}, 'Freeberg', ${AWKWARD}, 'applied', '')`)
  await run(sql`insert into ledger (id, stage, tier, provider, model, state, cost_usd)
    values (${id(16)}, 's', 'frontier', 'p', 'm', 'recorded', 123456.12345678),
    (${id(17)}, 's', 'open', 'p', 'm', 'released', 0.00000001),
    (${id(18)}, 's', 'open', 'p', 'm', 'released', null)`)
  await run(sql`insert into step_outcomes (id, step, item_id, outcome, ms)
    values (${id(19)}, 's', ${id(9)}, 'done', 0)`)
}
