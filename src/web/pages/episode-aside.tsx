import type { SourceKind } from '../../model/source.ts'
import type { Chapter, Summary } from '../../model/summary.ts'
import type { EpisodePage } from '../../store/views/episode-page.ts'
import { countOf, formatShare } from '../format-time.ts'
import { type MomentFinder, MomentLink } from '../parts/moment-link.tsx'
import type { EpisodeChapter } from './episode-shape.ts'
import { describeOrigin } from './episode-transcript.tsx'

type AsideProps = {
  view: EpisodePage
  chapters: readonly EpisodeChapter[]
  find: MomentFinder
  unit: 'time' | 'paragraph'
}

/** What helps to find one's way: chapters, people, topics, and what was checked. */
export function EpisodeAside({ view, chapters, find, unit }: AsideProps) {
  return (
    <aside class="column-side" aria-label="Chapters, people and checks">
      <Chapters
        chapters={chapters}
        find={find}
        unit={unit}
        origin={view.summary?.chapters[0]?.origin}
      />
      {view.summary !== null && (
        <>
          <Topics topics={view.summary.topics} />
          <People summary={view.summary} />
          <Checks summary={view.summary} unit={unit} kind={view.source.kind} />
        </>
      )}
    </aside>
  )
}

const CHAPTER_ORIGINS: Readonly<Record<Chapter['origin'], string>> = {
  notes: 'From the times in the show notes.',
  publisher: 'From the publisher’s chapters.',
  detected: 'Found by the program where the subject changes.',
}

function Chapters(props: Omit<AsideProps, 'view'> & { origin: Chapter['origin'] | undefined }) {
  if (props.chapters.length === 0) return null
  return (
    <section aria-labelledby="chapters">
      <h2 id="chapters" class="section-title">
        Chapters
      </h2>
      <ol class="listing chapters">
        {props.chapters.map(({ title, start }) => (
          <li class="listing-row">
            <div class="listing-time">
              <MomentLink unit={props.unit} start={start} find={props.find} />
            </div>
            <span>{title}</span>
          </li>
        ))}
      </ol>
      {props.origin !== undefined && <p class="section-note">{CHAPTER_ORIGINS[props.origin]}</p>}
    </section>
  )
}

function Topics({ topics }: { topics: readonly string[] }) {
  if (topics.length === 0) return null
  return (
    <section aria-labelledby="topics">
      <h2 id="topics" class="section-title">
        Topics
      </h2>
      <ul class="topics">
        {topics.map((topic) => (
          <li>{topic}</li>
        ))}
      </ul>
    </section>
  )
}

function People({ summary }: { summary: Summary }) {
  if (summary.people.length === 0) return null
  const shares = new Map(summary.speakers.map(({ name, label, share }) => [name ?? label, share]))
  return (
    <section aria-labelledby="people">
      <h2 id="people" class="section-title">
        People
      </h2>
      <ul class="people">
        {summary.people.map(({ name, role }) => {
          const share = shares.get(name)
          return (
            <li>
              <span class="person">{name}</span>
              <span class="byline">
                {role !== null && <span>{role}</span>}
                {share !== undefined && <span>{formatShare(share)} of the words</span>}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Who wrote it, from what, how much of it is used, and what was checked. */
function Checks(props: { summary: Summary; unit: 'time' | 'paragraph'; kind: SourceKind }) {
  const { summary, unit, kind } = props
  const { checks, coverage } = summary
  const found = checks.passed + checks.quoted
  return (
    <section aria-labelledby="checks">
      <h2 id="checks" class="section-title">
        Where this comes from
      </h2>
      <dl class="facts">
        <dt>Words</dt>
        <dd>{describeOrigin(summary.transcriptOrigin, kind)}</dd>
        <dt>Checked</dt>
        <dd>{describeChecks(summary, found)}</dd>
        <dt>Covered</dt>
        <dd>
          All {countOf(coverage.wordsIn, 'word')} were read; something is cited from{' '}
          {countOf(coverage.minutesCited.length, unit === 'time' ? 'minute' : 'paragraph')}.
        </dd>
        <dt>Written by</dt>
        <dd>{TIER_SENTENCES[summary.tier]}</dd>
      </dl>
      <Dropped dropped={checks.dropped} />
      <Names names={summary.names} />
    </section>
  )
}

const TIER_SENTENCES: Readonly<Record<Summary['tier'], string>> = {
  embedded: 'The program itself, with no model. Everything is the source’s own words.',
  open: 'An open-weight model, with each claim checked by the program.',
  frontier: 'A paid model, with each claim checked by the program.',
}

function describeChecks({ checks, tier }: Summary, found: number): string {
  const what =
    tier === 'embedded' ? countOf(checks.claims, 'quote') : countOf(checks.claims, 'claim')
  return `${found} of ${what} found in the transcript.`
}

function Dropped({ dropped }: { dropped: Summary['checks']['dropped'] }) {
  if (dropped.length === 0) return null
  return (
    <details>
      <summary>Left out ({dropped.length})</summary>
      <ul class="plain-list">
        {dropped.map(({ text, reason }) => (
          <li>
            “{text}” <span class="quiet-text">{reason}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Names({ names }: { names: Summary['names'] }) {
  if (names.length === 0) return null
  return (
    <details>
      <summary>Names put right ({names.length})</summary>
      <ul class="plain-list">
        {names.map(({ heard, shown, reason, count }) => (
          <li>
            <del>{heard}</del> is <strong>{shown}</strong>, {countOf(count, 'time')}.{' '}
            <span class="quiet-text">{reason}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
