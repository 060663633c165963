import type { EpisodeCard, KeyMoment } from '../../store/views/episode-card.ts'
import { formatLength } from '../format-time.ts'
import { Badge, Badges } from './badge.tsx'
import { Quote } from './quote.tsx'
import { SourceMark } from './source-mark.tsx'
import { Day } from './time.tsx'

/** Source, date, length and reading time on one line. */
export function Byline(
  props: Pick<EpisodeCard, 'source' | 'publishedAt' | 'durationSeconds' | 'readingMinutes'>,
) {
  return (
    <p class="byline">
      <span class="byline-source">{props.source.title}</span>
      {props.publishedAt !== null && <Day at={props.publishedAt} />}
      {props.durationSeconds !== null && <span>{formatLength(props.durationSeconds)}</span>}
      {props.readingMinutes !== null && <span>{props.readingMinutes} min read</span>}
    </p>
  )
}

/** An episode in a list. `level` is its heading's place in the page. */
export function Card(props: { card: EpisodeCard; isCarried?: boolean; level?: 2 | 3 }) {
  const { card } = props
  const href = `/episodes/${card.id}`
  const Heading = props.level === 2 ? 'h2' : 'h3'
  return (
    <article class="card">
      <SourceMark {...card.source} />
      <div class="card-body">
        <Byline {...card} />
        <Heading class="card-title">
          <a href={href}>{card.title}</a>
        </Heading>
        {props.isCarried === true && (
          <Badge icon="retry">Told again: the last digest may not have arrived</Badge>
        )}
        {card.description !== '' && <p class="card-text">{card.description}</p>}
        <CardMoments moments={card.moments} href={href} />
        <Badges words={card.badges} />
      </div>
    </article>
  )
}

function CardMoments({ moments, href }: { moments: readonly KeyMoment[]; href: string }) {
  if (moments.length === 0) return null
  return (
    <div class="listing">
      {moments.map((moment) => (
        <Quote
          unit={moment.unit}
          start={moment.start}
          quote={moment.quote}
          speaker={moment.speaker}
          find={(start) => `${href}?at=${Math.floor(start)}`}
        />
      ))}
    </div>
  )
}

/** Cards under each other. */
export function Cards({ cards, level }: { cards: readonly EpisodeCard[]; level?: 2 | 3 }) {
  return (
    <div class="cards">
      {cards.map((card) => (
        <Card card={card} level={level ?? 3} />
      ))}
    </div>
  )
}
