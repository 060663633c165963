import type { SourceRow, SourcesPage } from '../../store/views/sources-page.ts'
import { countOf } from '../format-time.ts'
import type { PageFrame } from '../page-frame.ts'
import { Badge, SourceStateBadge } from '../parts/badge.tsx'
import { Button } from '../parts/button.tsx'
import type { IconName } from '../parts/icons.tsx'
import { EmptyState } from '../parts/notice.tsx'
import { PostForm } from '../parts/post-form.tsx'
import { SourceMark } from '../parts/source-mark.tsx'
import { Day, Moment } from '../parts/time.tsx'
import { Layout } from './layout.tsx'
import { AddSourceForm } from './welcome-page.tsx'

/** What the reader follows, how each source is doing, and the way to follow more. */
export function SourcesPageView({ frame, view }: { frame: PageFrame; view: SourcesPage }) {
  return (
    <Layout frame={frame} title="Sources" class="sources">
      <h1>Sources</h1>
      <section class="panel" aria-label="Follow something new">
        <AddSourceForm frame={frame} />
      </section>
      {view.sources.length === 0 ? (
        <EmptyState icon="sources" title="You follow nothing yet">
          <p>Paste a link above, or try the sample library.</p>
          <PostForm action="/samples" formToken={frame.formToken}>
            <Button icon="sample" busyLabel="Opening the library…">
              Try the sample library
            </Button>
          </PostForm>
        </EmptyState>
      ) : (
        <section aria-labelledby="followed">
          <div class="section-head">
            <h2 id="followed" class="section-title">
              You follow
            </h2>
            <span>{countOf(view.sources.length, 'source')}</span>
          </div>
          <ul class="source-list">
            {view.sources.map((source) => (
              <SourceItem source={source} frame={frame} />
            ))}
          </ul>
        </section>
      )}
    </Layout>
  )
}

function SourceItem({ source, frame }: { source: SourceRow; frame: PageFrame }) {
  return (
    <li class="source-item">
      <SourceMark {...source} />
      <div class="source-text">
        <h3>{source.title}</h3>
        <p class="byline">
          {source.author !== null && source.author !== source.title && <span>{source.author}</span>}
          <span>{countOf(source.episodeCount, 'episode')}</span>
          {source.isPrivate && (
            <span>
              <Badge icon="lock">Only you</Badge>
            </span>
          )}
        </p>
        {source.latest !== null && (
          <p class="latest">
            Latest: <a href={`/episodes/${source.latest.id}`}>{source.latest.title}</a>
            {source.latest.publishedAt !== null && (
              <span class="quiet-text">
                {', '}
                <Day at={source.latest.publishedAt} />
              </span>
            )}
          </p>
        )}
        <SourceHealth source={source} />
      </div>
      <SourceActions source={source} frame={frame} />
    </li>
  )
}

function SourceHealth({ source }: { source: SourceRow }) {
  const state = source.isPaused ? 'paused' : source.state
  return (
    <div class="health">
      <SourceStateBadge state={state} />
      {source.stateReason !== null && <p class="reason">{source.stateReason}</p>}
      <p class="byline">
        {source.lastCheckedAt !== null && (
          <span>
            Last check <Moment at={source.lastCheckedAt} />
          </span>
        )}
        {source.nextCheckAt !== null && !source.isPaused && (
          <span>
            Next check <Moment at={source.nextCheckAt} />
          </span>
        )}
      </p>
    </div>
  )
}

function SourceActions({ source, frame }: { source: SourceRow; frame: PageFrame }) {
  const act = (verb: string, text: string, icon: IconName) => (
    <PostForm
      action={`/sources/${source.id}/${verb}`}
      formToken={frame.formToken}
      class="form-inline"
      label={`${text}: ${source.title}`}
    >
      <Button kind="quiet" icon={icon} busyLabel={`${text}…`}>
        {text}
      </Button>
    </PostForm>
  )
  return (
    <div class="source-actions">
      {!source.isPaused && act('retry', 'Check now', 'retry')}
      {source.isPaused ? act('resume', 'Resume', 'play') : act('pause', 'Pause', 'pause')}
      <details class="confirm">
        <summary>Remove</summary>
        <div class="confirm-box">
          <p>You stop following {source.title}. Digests that you have stay as they are.</p>
          {act('remove', 'Yes, remove it', 'remove')}
        </div>
      </details>
    </div>
  )
}
