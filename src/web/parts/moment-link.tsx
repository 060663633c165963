import { findSegmentAt, segmentId } from '../../model/segment-place.ts'
import type { Evidence } from '../../model/summary.ts'
import type { Segment } from '../../model/transcript.ts'
import { formatPosition } from '../format-time.ts'

/** Knows where on the page, or at the publisher's, a moment of the episode is. */
export type MomentFinder = (start: number) => string | null

/** Moments of a transcript that is on the page. */
export function findInTranscript(segments: readonly Segment[]): MomentFinder {
  return (start) => {
    const index = findSegmentAt(segments, start)
    return segments.length === 0 ? null : `#${segmentId(Math.max(0, index))}`
  }
}

/** Moments of a video at its publisher's, where the address can name one. */
export function findInVideo(link: string | null): MomentFinder {
  const url = link === null ? null : URL.parse(link)
  const isYoutube = url !== null && /(^|\.)(youtube\.com|youtu\.be)$/.test(url.hostname)
  if (!isYoutube || url.protocol !== 'https:') return () => null
  return (start) => {
    const at = new URL(url)
    at.searchParams.set('t', `${Math.floor(start)}s`)
    return at.href
  }
}

/**
 * A time (or a paragraph's number) that leads to the moment. The player, where there is one, starts
 * from there.
 */
export function MomentLink(props: {
  unit: Evidence['unit']
  start: number
  find: MomentFinder
  /** What a listener hears in place of the bare time. */
  label?: string
}) {
  const text = formatPosition(props.unit, props.start)
  const href = props.find(props.start)
  if (href === null) return <span class="moment">{text}</span>
  const seek =
    props.unit === 'time' && href.startsWith('#') ? { 'data-seek': String(props.start) } : {}
  return (
    <a
      class="moment"
      href={href}
      {...seek}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
    >
      {text}
    </a>
  )
}
