import { useContext } from 'hono/jsx'
import type { EpisodeStage } from '../../model/episode.ts'
import type {
  LatestDigest,
  MissingView,
  TodayPage,
  WorkItem,
} from '../../store/views/today-page.ts'
import { countOf, formatLocalDate, formatMoment } from '../format-time.ts'
import type { PageFrame } from '../page-frame.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Cards } from '../parts/card.tsx'
import { Icon } from '../parts/icons.tsx'
import { EmptyState, Progress } from '../parts/notice.tsx'
import { PostForm } from '../parts/post-form.tsx'
import { Moment, ReaderZone } from '../parts/time.tsx'
import { Stories } from './episode-elsewhere.tsx'
import { Layout } from './layout.tsx'

/** The reader's front page: the latest digest, what arrived since, what is under way or missing. */
export function TodayPageView({
  frame,
  view,
  today,
}: {
  frame: PageFrame
  view: TodayPage
  today: string
}) {
  const isBusy = view.working.length > 0
  return (
    <Layout frame={frame} title="Today" class="today">
      <header class="dateline">
        <h1>{formatLocalDate(today)}</h1>
        <NextDigest view={view} />
      </header>
      <live-page {...(isBusy ? { 'data-every-ms': '4000' } : {})}>
        <div class="columns">
          <div class="column-main">
            <Latest digest={view.latestDigest} />
            <Arrived view={view} frame={frame} />
          </div>
          <aside class="column-side" aria-label="Under way and missing">
            <Working items={view.working} />
            <Missing items={view.missing} frame={frame} />
          </aside>
        </div>
      </live-page>
    </Layout>
  )
}

function NextDigest({ view }: { view: TodayPage }) {
  const zone = useContext(ReaderZone)
  return (
    <p class="dateline-text">
      {countOf(view.sourceCount, 'source')}
      {view.nextDigestAt !== null && ` · next digest ${formatMoment(view.nextDigestAt, zone)}`}
    </p>
  )
}

function Latest({ digest }: { digest: LatestDigest | null }) {
  if (digest === null) return null
  return (
    <section aria-labelledby="latest">
      <div class="section-head">
        <h2 id="latest" class="section-title">
          {digest.edition === 'daily' ? 'The daily digest' : 'The weekly digest'}
        </h2>
        <a href={`/digests/${digest.id}`}>{formatLocalDate(digest.localDate)}</a>
      </div>
      <Stories stories={digest.stories} title="Told by more than one" />
      <Cards cards={digest.items} />
      <p>
        <ButtonLink href={`/digests/${digest.id}`} kind="secondary">
          Read the whole digest
        </ButtonLink>
      </p>
    </section>
  )
}

function Arrived({ view, frame }: { view: TodayPage; frame: PageFrame }) {
  if (view.arrived.length === 0)
    return view.latestDigest === null ? <NothingYet view={view} /> : null
  return (
    <section aria-labelledby="arrived">
      <div class="section-head">
        <h2 id="arrived" class="section-title">
          {view.latestDigest === null ? 'Ready to read' : 'Arrived since'}
        </h2>
        <PostForm action="/digests/now" formToken={frame.formToken} class="form-inline">
          <Button
            kind={view.latestDigest === null ? 'primary' : 'quiet'}
            icon="newsletter"
            busyLabel="Putting it together…"
          >
            Make a digest now
          </Button>
        </PostForm>
      </div>
      <Cards cards={view.arrived} />
    </section>
  )
}

function NothingYet({ view }: { view: TodayPage }) {
  if (view.working.length > 0) {
    return (
      <EmptyState icon="waiting" title="The first episodes are being read">
        <p>They appear here one by one. You can leave this page open, or come back later.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon="today" title="Nothing new yet">
      <p>
        Your sources are checked through the day. What they publish appears here, and in your next
        digest.
      </p>
      <p>
        <ButtonLink href="/sources" icon="add">
          Follow something more
        </ButtonLink>
      </p>
    </EmptyState>
  )
}

const STAGES: Readonly<Record<EpisodeStage, { words: string; done: number }>> = {
  discovered: { words: 'Reading the show notes', done: 1 },
  fetched: { words: 'Getting the transcript', done: 2 },
  transcribed: { words: 'Picking out what was said', done: 3 },
  summarised: { words: 'Comparing with the others', done: 4 },
  grouped: { words: 'Ready', done: 5 },
}

function Working({ items }: { items: readonly WorkItem[] }) {
  return (
    <section aria-labelledby="working">
      <h2 id="working" class="section-title">
        Under way
      </h2>
      {items.length === 0 ? (
        <p class="quiet-text">Nothing is being read at the moment.</p>
      ) : (
        <ul class="work">
          {items.map((item) => (
            <li>
              <p class="byline">{item.source.title}</p>
              <a href={`/episodes/${item.episodeId}`}>{item.title}</a>
              <Progress label={STAGES[item.stage].words} done={STAGES[item.stage].done} of={5} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Missing({ items, frame }: { items: readonly MissingView[]; frame: PageFrame }) {
  if (items.length === 0) return null
  return (
    <section aria-labelledby="missing">
      <h2 id="missing" class="section-title">
        Missing, and why
      </h2>
      <ul class="missing">
        {items.map((item) => (
          <li>
            <p class="byline">{item.source.title}</p>
            {item.episode !== null && (
              <a href={`/episodes/${item.episode.id}`}>{item.episode.title}</a>
            )}
            <p class="reason">
              <Icon name={item.retryAt === null ? 'warning' : 'waiting'} />
              <span>
                {item.reason}
                {item.retryAt !== null && (
                  <>
                    {' Next try '}
                    <Moment at={item.retryAt} />.
                  </>
                )}
              </span>
            </p>
            <RetryForm item={item} frame={frame} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function RetryForm({ item, frame }: { item: MissingView; frame: PageFrame }) {
  const action =
    item.episode === null
      ? `/sources/${item.source.id}/retry`
      : `/episodes/${item.episode.id}/retry`
  const what = item.episode?.title ?? item.source.title
  return (
    <PostForm
      action={action}
      formToken={frame.formToken}
      class="form-inline"
      label={`Try again: ${what}`}
    >
      <Button kind="quiet" icon="retry" busyLabel="Trying…">
        Try again now
      </Button>
    </PostForm>
  )
}
