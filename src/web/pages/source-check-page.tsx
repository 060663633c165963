import type { SourceLook } from '../../actions/look-at-source.ts'
import { countOf, formatLength } from '../format-time.ts'
import type { PageFrame } from '../page-frame.ts'
import { Badge } from '../parts/badge.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { ExternalLink, siteOf } from '../parts/external-link.tsx'
import { Notice } from '../parts/notice.tsx'
import { PostForm } from '../parts/post-form.tsx'
import { SourceMark } from '../parts/source-mark.tsx'
import { Day } from '../parts/time.tsx'
import { Layout } from './layout.tsx'
import { AddSourceForm } from './welcome-page.tsx'

type Found = Extract<SourceLook, { found: true }>

const KINDS: Readonly<Record<Found['kind'], string>> = {
  podcast: 'Podcast',
  youtube: 'YouTube channel',
  newsletter: 'Newsletter',
  blog: 'Blog',
}

/** What a look at an address found: the reader decides with it before them. */
export function SourceCheckPage(props: { frame: PageFrame; asked: string; check: SourceLook }) {
  const { frame, asked, check } = props
  if (!check.found) {
    return (
      <Layout frame={frame} title="Not found" class="narrow">
        <h1>There is nothing to follow there yet</h1>
        <Notice kind="error">
          <p>{check.reason}</p>
        </Notice>
        <section class="panel" aria-label="Try another address">
          <AddSourceForm frame={frame} url={asked} />
        </section>
      </Layout>
    )
  }
  return (
    <Layout frame={frame} title={check.title} class="narrow">
      <p class="kicker">Is this it?</p>
      <FoundSource check={check} />
      {check.isFollowed ? (
        <Notice kind="info">
          <p>
            You follow this already. <a href="/sources">See all your sources</a>
          </p>
        </Notice>
      ) : (
        <div class="answer">
          <PostForm action="/sources" formToken={frame.formToken}>
            <input type="hidden" name="url" value={check.url} />
            <Button kind="primary" icon="add" busyLabel="Adding…">
              Follow it
            </Button>
          </PostForm>
          <ButtonLink href="/sources" kind="quiet">
            No, look again
          </ButtonLink>
        </div>
      )}
    </Layout>
  )
}

function FoundSource({ check }: { check: Found }) {
  return (
    <article class="found">
      <SourceMark {...check} size="large" />
      <div>
        <h1>{check.title}</h1>
        <p class="byline">
          <span>{KINDS[check.kind]}</span>
          {check.author !== null && check.author !== check.title && <span>{check.author}</span>}
          <span>{countOf(check.episodeCount, 'episode')}</span>
          {check.siteUrl !== null && (
            <span>
              <ExternalLink href={check.siteUrl}>{siteOf(check.siteUrl)}</ExternalLink>
            </span>
          )}
        </p>
        {check.description !== '' && <p class="card-text">{check.description}</p>}
        <h2 class="section-title">{check.latest.length === 0 ? 'No episodes yet' : 'Latest'}</h2>
        <ul class="found-latest">
          {check.latest.map((episode) => (
            <li>
              <span class="found-title">{episode.title}</span>
              <span class="byline">
                {episode.publishedAt !== null && <Day at={episode.publishedAt} />}
                {episode.durationSeconds !== null && (
                  <span>{formatLength(episode.durationSeconds)}</span>
                )}
                {episode.hasTranscript && (
                  <span>
                    <Badge tone="good" icon="check">
                      Transcript offered
                    </Badge>
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </article>
  )
}
