import type { DigestPage } from '../../store/views/digest-page.ts'
import { countOf, formatLocalDate } from '../format-time.ts'
import type { PageFrame } from '../page-frame.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Icon } from '../parts/icons.tsx'
import { EmptyState } from '../parts/notice.tsx'
import { Moment } from '../parts/time.tsx'
import { DELIVERY_WORDS } from './delivery-words.ts'
import { Stories } from './episode-elsewhere.tsx'
import { Layout } from './layout.tsx'

/** One digest on the web. */
export function DigestPageView({ frame, view }: { frame: PageFrame; view: DigestPage }) {
  return (
    <Layout frame={frame} title={`Digest of ${formatLocalDate(view.localDate)}`} class="digest">
      <header class="dateline">
        <p class="kicker">{view.edition === 'daily' ? 'The daily digest' : 'The weekly digest'}</p>
        <h1>{formatLocalDate(view.localDate)}</h1>
        <p class="dateline-text">{describeDigest(view)}</p>
      </header>
      <div class="columns">
        <div class="column-main">
          <Stories stories={view.stories} title="Told by more than one" />
          {view.items.length === 0 ? (
            <EmptyState icon="today" title="A day without news">
              <p>Nothing that you follow published anything for this digest.</p>
            </EmptyState>
          ) : (
            <div class="cards">
              {view.items.map((item) => (
                <Card card={item} isCarried={item.isCarried} level={2} />
              ))}
            </div>
          )}
        </div>
        <aside class="column-side" aria-label="Missing and sent">
          <MissingItems view={view} />
          <Deliveries view={view} />
        </aside>
      </div>
      <nav class="pages" aria-label="Other digests">
        {view.earlier !== null && (
          <ButtonLink href={`/digests/${view.earlier.id}`} icon="earlier" kind="quiet">
            {formatLocalDate(view.earlier.localDate)}
          </ButtonLink>
        )}
        {view.later !== null && (
          <ButtonLink href={`/digests/${view.later.id}`} icon="later" kind="quiet">
            {formatLocalDate(view.later.localDate)}
          </ButtonLink>
        )}
      </nav>
    </Layout>
  )
}

function describeDigest(view: DigestPage): string {
  const minutes = view.items.reduce(
    (sum, { durationSeconds }) => sum + (durationSeconds ?? 0) / 60,
    0,
  )
  const reading = view.items.reduce((sum, { readingMinutes }) => sum + (readingMinutes ?? 0), 0)
  const parts = [
    countOf(view.items.length, 'item'),
    minutes >= 1 && `${Math.round(minutes)} minutes to hear`,
    reading >= 1 && `${reading} minutes to read`,
  ]
  return parts.filter(Boolean).join(' · ')
}

function MissingItems({ view }: { view: DigestPage }) {
  if (view.missing.length === 0) return null
  return (
    <section aria-labelledby="missing">
      <h2 id="missing" class="section-title">
        Missing, and why
      </h2>
      <ul class="missing">
        {view.missing.map((item) => (
          <li>
            <p class="byline">{item.sourceTitle}</p>
            {item.episodeTitle !== null && <p>{item.episodeTitle}</p>}
            <p class="reason">
              <Icon name="warning" />
              <span>{item.reason}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Deliveries({ view }: { view: DigestPage }) {
  if (view.deliveries.length === 0) return null
  return (
    <section aria-labelledby="sent">
      <h2 id="sent" class="section-title">
        The e-mail
      </h2>
      <ul class="plain-list">
        {view.deliveries.map(({ id, address, state, sentAt, lastAnswer }) => (
          <li>
            <a href={`/outbox/${id}`}>{address === 'outbox' ? 'Kept in the outbox' : address}</a>
            {': '}
            {DELIVERY_WORDS[state].sentence}
            {sentAt !== null && (
              <>
                {' '}
                <Moment at={sentAt} />
              </>
            )}
            .{lastAnswer !== null && <span class="quiet-text"> The server said: {lastAnswer}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
