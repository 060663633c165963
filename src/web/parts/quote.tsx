import type { Evidence } from '../../model/summary.ts'
import { type MomentFinder, MomentLink } from './moment-link.tsx'

/** Words of the source with their speaker and the moment they were said, as a line of a listing. */
export function Quote(props: {
  unit: Evidence['unit']
  start: number
  quote: string
  speaker: string | null
  find: MomentFinder
  id?: string
}) {
  return (
    <div class="listing-row quote" {...(props.id === undefined ? {} : { id: props.id })}>
      <div class="listing-time">
        <MomentLink unit={props.unit} start={props.start} find={props.find} />
      </div>
      <figure>
        <blockquote>
          <p>{props.quote}</p>
        </blockquote>
        {props.speaker !== null && <figcaption>{props.speaker}</figcaption>}
      </figure>
    </div>
  )
}
