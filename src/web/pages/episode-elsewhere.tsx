import type { EpisodePage, StoryView } from '../../store/views/episode-page.ts'
import { Cards } from '../parts/card.tsx'
import { MomentLink } from '../parts/moment-link.tsx'

/** The same stories as others tell them, and the points on which they differ. */
export function Stories({ stories, title }: { stories: readonly StoryView[]; title?: string }) {
  if (stories.length === 0) return null
  return (
    <section class="stories" aria-labelledby="stories">
      <h2 id="stories" class="section-title">
        {title ?? 'The same story elsewhere'}
      </h2>
      {stories.map((story) => (
        <div class="story">
          <h3>{story.title}</h3>
          {story.differences.map((difference) => (
            <Difference difference={difference} />
          ))}
          <p class="told-by">
            Told by{' '}
            {story.others.map((card, index) => (
              <>
                {index > 0 && ' and '}
                <a href={`/episodes/${card.id}`}>{card.source.title}</a>
              </>
            ))}
            .
          </p>
        </div>
      ))}
    </section>
  )
}

function Difference({ difference }: { difference: StoryView['differences'][number] }) {
  return (
    <div class="disagreement">
      <h4>
        {difference.kind === 'number' ? 'The figures differ: ' : 'The judgements differ: '}
        {difference.point}
      </h4>
      <div class="sides">
        {difference.sides.map((side) => (
          <figure class="side">
            <blockquote>
              <p>{side.quote}</p>
            </blockquote>
            <figcaption>
              {side.speaker !== null && `${side.speaker}, `}
              {side.sourceTitle},{' '}
              <MomentLink
                unit={side.unit}
                start={side.start}
                find={(start) => `/episodes/${side.episodeId}?at=${Math.floor(start)}`}
              />
            </figcaption>
          </figure>
        ))}
      </div>
    </div>
  )
}

/** Other episodes of the same source. */
export function MoreFromSource({ view }: { view: EpisodePage }) {
  if (view.moreFromSource.length === 0) return null
  return (
    <section class="more" aria-labelledby="more">
      <h2 id="more" class="section-title">
        More from {view.source.title}
      </h2>
      <Cards cards={view.moreFromSource} />
    </section>
  )
}
