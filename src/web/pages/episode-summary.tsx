import type {
  Disagreement,
  Evidence,
  Insight,
  Paragraph,
  Stance,
  Summary,
} from '../../model/summary.ts'
import { countOf, formatPosition } from '../format-time.ts'
import { Badge } from '../parts/badge.tsx'
import { type MomentFinder, MomentLink } from '../parts/moment-link.tsx'
import { Quote } from '../parts/quote.tsx'

type Known = { evidence: ReadonlyMap<string, Evidence>; find: MomentFinder }

/** What the episode says, each claim with the moment that it rests on. */
export function EpisodeSummary({ summary, find }: { summary: Summary; find: MomentFinder }) {
  const known = { evidence: new Map(summary.evidence.map((item) => [item.id, item])), find }
  return (
    <>
      <SummaryText summary={summary} known={known} />
      <Insights insights={summary.insights} known={known} />
      <Disagreements items={summary.disagreements} known={known} />
      <EvidenceList summary={summary} find={find} />
    </>
  )
}

function SummaryText({ summary, known }: { summary: Summary; known: Known }) {
  if (summary.paragraphs.length === 0) return null
  const isQuoted = summary.tier === 'embedded'
  return (
    <section aria-labelledby="summary">
      <h2 id="summary" class="section-title">
        Summary
      </h2>
      {isQuoted && (
        <p class="section-note">
          The source’s own sentences, word for word, in the order they were said.
        </p>
      )}
      <div class="prose" lang={summary.language}>
        {summary.paragraphs.map((paragraph) =>
          isQuoted ? (
            <QuotedParagraph paragraph={paragraph} known={known} />
          ) : (
            <p>
              <Sentences sentences={paragraph.sentences} known={known} />
            </p>
          ),
        )}
      </div>
    </section>
  )
}

function Sentences(props: { sentences: Paragraph['sentences']; known: Known; isQuoted?: boolean }) {
  return (
    <>
      {props.sentences.map(({ text, evidenceIds }) => (
        <>
          {props.isQuoted === true ? <q>{quoteOf({ text, evidenceIds }, props.known)}</q> : text}
          <Marks ids={evidenceIds} known={props.known} />{' '}
        </>
      ))}
    </>
  )
}

/** Sentences that are quotes stand as quotes, under the name of whoever says them. */
function QuotedParagraph({ paragraph, known }: { paragraph: Paragraph; known: Known }) {
  const runs: { speaker: string | null; sentences: Paragraph['sentences'] }[] = []
  for (const sentence of paragraph.sentences) {
    const speaker = known.evidence.get(sentence.evidenceIds[0] ?? '')?.speaker ?? null
    const last = runs.at(-1)
    if (last !== undefined && last.speaker === speaker) last.sentences.push(sentence)
    else runs.push({ speaker, sentences: [sentence] })
  }
  return (
    <>
      {runs.map(({ speaker, sentences }) => (
        <p>
          {speaker !== null && <span class="speaker-name run-in">{speaker}</span>}
          <Sentences sentences={sentences} known={known} isQuoted />
        </p>
      ))}
    </>
  )
}

/** The moments behind a sentence, set small after it. */
function Marks({ ids, known }: { ids: readonly string[]; known: Known }) {
  return (
    <span class="marks">
      {ids.map((id) => {
        const item = known.evidence.get(id)
        if (item === undefined) return null
        const position = formatPosition(item.unit, item.start)
        const href = known.find(item.start) ?? `#e-${item.id}`
        const seek = item.unit === 'time' ? { 'data-seek': String(item.start) } : {}
        return (
          <a
            class="mark"
            href={href}
            aria-label={`Evidence at ${position}`}
            title={item.quote}
            {...seek}
          >
            {position}
          </a>
        )
      })}
    </span>
  )
}

const STANCES: Readonly<Record<Stance, string>> = {
  fact: 'told as a fact',
  opinion: 'an opinion',
  forecast: 'a forecast',
  report: 'passed on from others',
}

function Insights({ insights, known }: { insights: readonly Insight[]; known: Known }) {
  if (insights.length === 0) return null
  const isQuoted = insights.every(({ check }) => check === 'quoted')
  return (
    <section aria-labelledby="insights">
      <h2 id="insights" class="section-title">
        {isQuoted ? 'Key moments, in their words' : 'Key insights'}
      </h2>
      <p class="section-note">
        {isQuoted
          ? 'Picked out by the program and left word for word. The time leads to the moment.'
          : 'Each was checked against the words it rests on. The time leads to the moment.'}
      </p>
      <ol class="listing insights">
        {insights.map((insight) => (
          <InsightItem insight={insight} known={known} />
        ))}
      </ol>
    </section>
  )
}

/** What stands in quotation marks is what was said, to the letter. */
function quoteOf(
  { text, evidenceIds }: { text: string; evidenceIds: readonly string[] },
  { evidence }: Known,
): string {
  const quotes = evidenceIds.flatMap((id) => evidence.get(id)?.quote ?? [])
  return quotes.length === 0 ? text : quotes.join(' … ')
}

function InsightItem({ insight, known }: { insight: Insight; known: Known }) {
  const pieces = insight.evidenceIds
    .map((id) => known.evidence.get(id))
    .filter((item) => item !== undefined)
  return (
    <li class="listing-row" id={`i-${insight.id}`}>
      <div class="listing-time">
        {pieces.map((item) => (
          <MomentLink unit={item.unit} start={item.start} find={known.find} />
        ))}
      </div>
      <div>
        {insight.label !== '' && <h3 class="insight-label">{insight.label}</h3>}
        {insight.check === 'quoted' ? (
          <blockquote>
            <p>{quoteOf(insight, known)}</p>
          </blockquote>
        ) : (
          <p class="insight-text">{insight.text}</p>
        )}
        <p class="byline">
          {insight.speaker !== null && <span class="speaker-name">{insight.speaker}</span>}
          {insight.stance !== null && <span>{STANCES[insight.stance]}</span>}
        </p>
      </div>
    </li>
  )
}

function Disagreements({ items, known }: { items: readonly Disagreement[]; known: Known }) {
  if (items.length === 0) return null
  return (
    <section aria-labelledby="disagreements">
      <h2 id="disagreements" class="section-title">
        Where they disagree
      </h2>
      {items.map(({ point, sides }) => (
        <div class="disagreement">
          <h3>{point}</h3>
          <div class="sides">
            {sides.map((side) => (
              <div class="side">
                {side.speaker !== null && <p class="speaker-name">{side.speaker}</p>}
                <p>
                  {side.text}
                  <Marks ids={side.evidenceIds} known={known} />
                </p>
              </div>
            ))}
          </div>
        </div>
      ))}
    </section>
  )
}

/** Every quote that something on the page rests on, in order of time. */
function EvidenceList({ summary, find }: { summary: Summary; find: MomentFinder }) {
  if (summary.evidence.length === 0 || summary.paragraphs.length === 0) return null
  const inOrder = [...summary.evidence].sort((a, b) => a.start - b.start)
  return (
    <details class="evidence">
      <summary>The words behind it</summary>
      <p class="section-note">
        {countOf(inOrder.length, 'quote')}, exactly as in the transcript, in the order they were
        said. <Badge icon="check">Found by program</Badge>
      </p>
      <div class="listing">
        {inOrder.map((item) => (
          <Quote {...item} id={`e-${item.id}`} find={find} />
        ))}
      </div>
    </details>
  )
}
