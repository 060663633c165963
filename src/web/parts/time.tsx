import { createContext, useContext } from 'hono/jsx'
import { formatDay, formatMoment } from '../format-time.ts'

/** The zone in which the page tells times: the reader's own, else UTC. */
export const ReaderZone = createContext('UTC')

/** The day of an instant, such as when something was published. */
export function Day({ at }: { at: Date }) {
  const zone = useContext(ReaderZone)
  return <time datetime={at.toISOString()}>{formatDay(at, zone)}</time>
}

/**
 * An instant in the reader's zone. The browser adds how long ago or ahead it is, and keeps that
 * right while the page stays open; the server does not, or every page would age.
 */
export function Moment({ at }: { at: Date }) {
  const zone = useContext(ReaderZone)
  return (
    <relative-time>
      <time datetime={at.toISOString()}>{formatMoment(at, zone)}</time>
    </relative-time>
  )
}
