import { countOf, formatClock, formatShare } from '../format-time.ts'
import { type Bar, STRIP_WIDTH, type StripGeometry } from '../strip-geometry.ts'

function Lane({ bars, kind }: { bars: readonly Bar[]; kind: string }) {
  return (
    <svg
      class={`lane ${kind}`}
      viewBox={`0 0 ${STRIP_WIDTH} 10`}
      preserveAspectRatio="none"
      width="100%"
      height="10"
      aria-hidden="true"
    >
      {bars.map(({ x, width }, index) => (
        <rect x={x} y="0" width={width} height="10" class={index % 2 === 0 ? 'even' : 'odd'} />
      ))}
    </svg>
  )
}

/**
 * The episode at a glance, from left to right: its chapters, who speaks when, advertising, and the
 * minutes from which something is cited. A drawing of what the page also says in words.
 */
export function Strip({ strip, unit }: { strip: StripGeometry; unit: 'time' | 'paragraph' }) {
  const end = unit === 'time' ? formatClock(strip.length) : countOf(strip.length, 'paragraph')
  return (
    <figure class="strip">
      <figcaption class="visually-hidden">{describeStrip(strip, unit)}</figcaption>
      {strip.chapters.length > 1 && (
        <div class="strip-row">
          <span>Chapters</span>
          <Lane bars={strip.chapters} kind="chapters" />
        </div>
      )}
      {strip.voices.map((voice, index) => (
        <div class="strip-row">
          <span>
            {voice.label}
            {voice.share !== null && <small> {formatShare(voice.share)}</small>}
          </span>
          <Lane bars={voice.bars} kind={`voice-${index}`} />
        </div>
      ))}
      {strip.ads.length > 0 && (
        <div class="strip-row">
          <span>Advertising</span>
          <Lane bars={strip.ads} kind="ads" />
        </div>
      )}
      {strip.cited.length > 0 && (
        <div class="strip-row">
          <span>Cited here</span>
          <Lane bars={strip.cited} kind="cited" />
        </div>
      )}
      <div class="strip-row strip-scale" aria-hidden="true">
        <span />
        <span class="scale">
          <span>{unit === 'time' ? '0:00' : 'start'}</span>
          <span>{end}</span>
        </span>
      </div>
    </figure>
  )
}

/** The same in words, for those who do not see the drawing. */
export function describeStrip(strip: StripGeometry, unit: 'time' | 'paragraph'): string {
  const parts = [
    countOf(strip.chapters.length, 'chapter'),
    ...strip.voices.map(({ label, share }) =>
      share === null ? label : `${label} speaks ${formatShare(share)}`,
    ),
    strip.ads.length > 0 && `${countOf(strip.ads.length, 'stretch', 'stretches')} of advertising`,
    `something is cited from ${countOf(strip.cited.length, unit === 'time' ? 'minute' : 'paragraph')}`,
  ]
  return `The episode at a glance: ${parts.filter(Boolean).join(', ')}.`
}
