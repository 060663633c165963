import { segmentId } from '../../model/segment-place.ts'
import type { Segment } from '../../model/transcript.ts'
import { formatPosition } from '../format-time.ts'

/** A paragraph grows to about this many characters before the next sentence starts a new one. */
const PARAGRAPH_CHARACTERS = 480
/** And is cut here even where nobody set a full stop, as in automatic captions. */
const MAX_PARAGRAPH_CHARACTERS = 900

export type NumberedSegment = Segment & { index: number }
export type Turn = { speaker: string | null; paragraphs: NumberedSegment[][] }

/** Joins segments to turns of one speaker, and long turns into paragraphs that can be read. */
export function groupTurns(segments: readonly Segment[], isText: boolean): Turn[] {
  const turns: Turn[] = []
  let length = 0
  segments.forEach((segment, index) => {
    const numbered = { ...segment, index }
    const turn = turns.at(-1)
    if (turn === undefined || turn.speaker !== segment.speaker) {
      turns.push({ speaker: segment.speaker, paragraphs: [[numbered]] })
      length = segment.text.length
      return
    }
    const last = turn.paragraphs.at(-1)
    const endsHere = /[.?!…"”’)]$/.test(last?.at(-1)?.text ?? '')
    const isFull = (length > PARAGRAPH_CHARACTERS && endsHere) || length > MAX_PARAGRAPH_CHARACTERS
    if (isText || isFull || last === undefined) {
      turn.paragraphs.push([numbered])
      length = 0
    } else last.push(numbered)
    length += segment.text.length
  })
  return turns
}

/** The words of the episode, each segment where links and the player find it. */
export function Transcript(props: { segments: readonly Segment[]; isText: boolean }) {
  const turns = groupTurns(props.segments, props.isText)
  const voices = new Map<string, number>()
  for (const { speaker } of turns) {
    if (speaker !== null && !voices.has(speaker)) voices.set(speaker, voices.size)
  }
  return (
    <div class="transcript" id="transcript-text" data-timed={props.isText ? 'false' : 'true'}>
      {turns.map((turn) => (
        <section class="turn">
          {turn.speaker !== null && <h3 class="speaker">{turn.speaker}</h3>}
          {turn.paragraphs.map((paragraph) => (
            <Paragraph segments={paragraph} isText={props.isText} />
          ))}
        </section>
      ))}
    </div>
  )
}

function Paragraph({ segments, isText }: { segments: NumberedSegment[]; isText: boolean }) {
  const first = segments[0]
  if (first === undefined) return null
  const position = formatPosition(isText ? 'paragraph' : 'time', first.start)
  const seek = isText ? {} : { 'data-seek': String(first.start) }
  return (
    <div class="listing-row">
      <div class="listing-time">
        <a class="moment" href={`#${segmentId(first.index)}`} {...seek}>
          {position}
        </a>
      </div>
      <p>
        {segments.map(({ index, start, text }) => (
          <>
            <span class="segment" id={segmentId(index)} data-start={isText ? undefined : start}>
              {text}
            </span>{' '}
          </>
        ))}
      </p>
    </div>
  )
}
