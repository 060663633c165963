import type { EpisodePage } from '../../store/views/episode-page.ts'
import { formatLength } from '../format-time.ts'
import type { PageFrame } from '../page-frame.ts'
import { Badges } from '../parts/badge.tsx'
import { ExternalLink, siteOf } from '../parts/external-link.tsx'
import { Player } from '../parts/player.tsx'
import { SourceMark } from '../parts/source-mark.tsx'
import { Strip } from '../parts/strip.tsx'
import { Day } from '../parts/time.tsx'
import { isWorthDrawing, layOutStrip } from '../strip-geometry.ts'
import { EpisodeAside } from './episode-aside.tsx'
import { MoreFromSource, Stories } from './episode-elsewhere.tsx'
import { EpisodeNotes } from './episode-notes.tsx'
import { chaptersOf, momentFinderOf, unitOf } from './episode-shape.ts'
import { EpisodeStanding } from './episode-standing.tsx'
import { EpisodeSummary } from './episode-summary.tsx'
import { EpisodeTranscript } from './episode-transcript.tsx'
import { Layout } from './layout.tsx'

/** Everything that is known about one episode, each claim with its moment. */
export function EpisodePageView({ frame, view }: { frame: PageFrame; view: EpisodePage }) {
  const find = momentFinderOf(view)
  const chapters = chaptersOf(view)
  const segments = view.transcript.state === 'shown' ? view.transcript.segments : []
  const unit = unitOf(view)
  const { summary, durationSeconds } = view
  const strip = layOutStrip({ summary, chapters, segments, unit, durationSeconds })
  const description = view.summary?.description ?? ''
  return (
    <Layout
      frame={frame}
      title={view.title}
      class="episode"
      {...(view.audience === 'public'
        ? { publicDescription: description || `An episode of ${view.source.title}.` }
        : {})}
    >
      <article>
        <EpisodeHead view={view} description={description} />
        {isWorthDrawing(strip) && <Strip strip={strip} unit={unit} />}
        <div class="columns">
          <div class="column-main">
            <EpisodeStanding view={view} frame={frame} />
            {view.summary !== null && <EpisodeSummary summary={view.summary} find={find} />}
            <Stories stories={view.stories} />
            <EpisodeNotes notes={view.notes} link={view.link} find={find} />
          </div>
          <EpisodeAside view={view} chapters={chapters} find={find} unit={unit} />
        </div>
        <EpisodeTranscript view={view} />
        {view.player !== null && <Player player={view.player} />}
      </article>
      <MoreFromSource view={view} />
    </Layout>
  )
}

function EpisodeHead({ view, description }: { view: EpisodePage; description: string }) {
  return (
    <header class="episode-head">
      <div class="episode-source">
        <SourceMark {...view.source} />
        <p class="byline">
          <span class="byline-source">{view.source.title}</span>
          {view.publishedAt !== null && <Day at={view.publishedAt} />}
          {view.durationSeconds !== null && <span>{formatLength(view.durationSeconds)}</span>}
          {view.readingMinutes !== null && <span>{view.readingMinutes} min read</span>}
          {view.link !== null && (
            <span>
              <ExternalLink href={view.link}>{siteOf(view.link)}</ExternalLink>
            </span>
          )}
        </p>
      </div>
      <h1>{view.title}</h1>
      {description !== '' && <p class="lead">{description}</p>}
      <Badges words={view.summary?.badges ?? []} />
    </header>
  )
}
